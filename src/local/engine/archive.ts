import type { Readable } from 'node:stream';
import type { Connection } from './connection';
import { EngineError } from './engine-error';
import { pathPart } from './http/http';
import { sendForNothing } from './http/json';
import { parsePathStat, type ArchivedPath, type PathStat } from './path-stat';

/** `Engine.putArchive` says what it does. */
export function putArchive(
  { http }: Connection,
  id: string,
  path: string,
  tar: Readable,
  signal: AbortSignal,
): Promise<void> {
  const query = { path, noOverwriteDirNonDir: true };
  return sendForNothing(http, { method: 'PUT', path: place(id), query, tar, silence: 'unlimited' }, signal);
}

/** It breaks off when the container is stopped or removed: however slow its reader is, nobody waits for it. */
export async function getArchive(
  connection: Connection,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<Readable> {
  const stat = await lookAt(connection, id, path, signal);
  if (!stat) throw nothingThere(path);
  const query = { path: connection.dialect.pathToRead(stat.linkTarget || path) };
  const body = await connection.http.send(
    { method: 'GET', path: place(id), query, silence: 'unlimited' },
    signal,
  );
  const ended = (): void =>
    void body.destroy(
      new EngineError('other', 'The sandbox was stopped or deleted while something was read from it.'),
    );
  body.once('close', connection.endings.whenEnding(id, ended));
  return body;
}

export async function statPath(
  connection: Connection,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<PathStat | undefined> {
  const stat = await lookAt(connection, id, path, signal);
  const followed = stat?.linkTarget ? await lookAt(connection, id, stat.linkTarget, signal) : stat;
  if (!followed) return undefined;
  const { sizeBytes, isDirectory, isSpecial, modifiedAt, mode } = followed;
  return { path: stat?.linkTarget || path, sizeBytes, isDirectory, isSpecial, modifiedAt, mode };
}

/** Engines look at a link itself and tell where it leads. Rejects `not-found` for a missing container. */
async function lookAt(
  connection: Connection,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<ArchivedPath | undefined> {
  const query = { path: connection.dialect.pathToRead(path) };
  const request = { method: 'HEAD', path: place(id), query } as const;
  const reply = await connection.http.send(request, signal).catch((error: unknown) => {
    if (error instanceof EngineError && error.kind !== 'engine-unreachable') return undefined;
    throw error;
  });
  if (!reply) return explainAbsence(connection, id, path, signal);
  reply.resume();
  try {
    const stat = parsePathStat(String(reply.headers['x-docker-container-path-stat']));
    // Podman follows no link from a pattern, and tells the pattern.
    return query.path === path ? stat : { ...stat, linkTarget: '' };
  } catch (cause) {
    throw new EngineError('other', `The container engine's description of ${path} can't be read.`, { cause });
  }
}

/** A failed HEAD tells no reason. Gives undefined when nothing is at the path, rejects with anything else. */
async function explainAbsence(
  { http, dialect }: Connection,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<undefined> {
  try {
    const query = { path: dialect.pathToRead(path) };
    (await http.send({ method: 'GET', path: place(id), query }, signal)).destroy();
  } catch (error) {
    const isNothing =
      error instanceof EngineError &&
      /not a directory|could not find the file|no such file/i.test(error.message);
    if (!isNothing) throw error;
  }
}

function place(id: string): string {
  return `/containers/${pathPart(id)}/archive`;
}

function nothingThere(path: string): EngineError {
  return new EngineError('not-found', `There is no ${path} in the sandbox.`);
}
