import { z } from 'zod';
import type { Connection } from './connection';
import type { CommitSpec } from './engine';
import { sendForJson } from './http/json';

export async function commitContainer(
  { http, dialect, starts }: Connection,
  id: string,
  spec: CommitSpec,
  signal: AbortSignal,
): Promise<string> {
  const { query, json } = dialect.commitConfiguration(spec);
  const request = {
    method: 'POST',
    path: '/commit',
    query: { container: id, repo: spec.repository, tag: spec.tag, pause: true, ...query },
    json,
    silence: 'unlimited',
  } as const;
  const { Id: image } = await starts.pausing(id, signal, () =>
    sendForJson(http, request, z.object({ Id: z.string() }), signal),
  );
  return image;
}
