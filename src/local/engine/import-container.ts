import { z } from 'zod';
import type { Connection } from './connection';
import { EngineError } from './engine-error';
import { pathPart } from './http/http';
import { jsonLines } from './http/json-lines';

const lineShape = z.object({ error: z.string().optional() });

/** What the engine exports goes back to it as it comes, unread: links, owners and capabilities stay what they are. */
export async function importContainer(
  { http }: Connection,
  id: string,
  repository: string,
  tag: string,
  signal: AbortSignal,
): Promise<void> {
  const path = `/containers/${pathPart(id)}/export`;
  const tar = await http.send({ method: 'GET', path, silence: 'unlimited' }, signal);
  try {
    const request = {
      method: 'POST',
      path: '/images/create',
      // Podman 4 overlooks a parameter `tag`.
      query: { fromSrc: '-', repo: `${repository}:${tag}` },
      tar,
      silence: 'unlimited',
    } as const;
    const body = await http.send(request, signal);
    for await (const { error } of jsonLines(body, lineShape, http.url, signal)) {
      if (error !== undefined) throw new EngineError('other', error);
    }
  } finally {
    tar.destroy();
  }
}
