import { z } from 'zod';
import type { Connection } from './connection';
import type { PullOptions, RegistryAuth } from './engine';
import { EngineError } from './engine-error';
import { jsonLines } from './http/json-lines';
import { pullFailure } from './pull-failure';
import { pullProgress } from './pull-progress';

/** One line of the stream. Docker 20.10 and Podman 4 send `error`; `errorDetail` says the same. */
const lineShape = z.object({
  id: z.string().optional(),
  status: z.string().optional(),
  error: z.string().optional(),
});

/** Docker reports most failures as a status, some within the stream; Podman reports all within the stream. */
export async function pullImage(
  { http }: Connection,
  reference: string,
  { auth, onProgress, signal }: PullOptions,
): Promise<void> {
  const request = {
    method: 'POST',
    path: '/images/create',
    query: { fromImage: reference, tag: isBare(reference) ? 'latest' : undefined },
    headers: auth && { 'X-Registry-Auth': authHeader(auth) },
    silence: 'unlimited',
  } as const;
  const body = await http.send(request, signal).catch((error: unknown) => {
    throw error instanceof EngineError ? pullFailure(error, auth !== undefined) : error;
  });
  const advance = pullProgress(onProgress);
  for await (const line of jsonLines(body, lineShape, http.url, signal)) {
    if (line.error !== undefined) throw pullFailure(new EngineError('other', line.error), auth !== undefined);
    advance(line);
  }
}

/** Without a tag or digest the engine would pull every tag there is. */
function isBare(reference: string): boolean {
  return !reference.includes('@') && !reference.slice(reference.lastIndexOf('/') + 1).includes(':');
}

/** Form: `AuthConfig` of the Engine API, as base64url with padding, without which Podman 4.3 refuses it. */
function authHeader({ username, password, serverAddress }: RegistryAuth): string {
  const config = { username, password: password.reveal(), serveraddress: serverAddress };
  return Buffer.from(JSON.stringify(config)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
