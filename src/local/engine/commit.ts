import { z } from 'zod';
import type { Connection } from './connection';
import type { CommitSpec } from './engine';
import { sendForJson } from './http/json';
import { untilPauseIsHeard } from './pause-heard';

export async function commitContainer(
  connection: Connection,
  id: string,
  spec: CommitSpec,
  signal: AbortSignal,
): Promise<string> {
  const { http, dialect, starts, info } = connection;
  const { query, json } = dialect.commitConfiguration(spec);
  const request = {
    method: 'POST',
    path: '/commit',
    query: { container: id, repo: spec.repository, tag: spec.tag, pause: info.hasCgroups, ...query },
    json,
    silence: 'unlimited',
  } as const;
  try {
    const commit = () => sendForJson(http, request, z.object({ Id: z.string() }), signal);
    return (await (info.hasCgroups ? starts.pausing(id, signal, commit) : commit())).Id;
  } finally {
    if (info.hasCgroups) void untilPauseIsHeard(connection, id); // one that failed has paused it too
  }
}
