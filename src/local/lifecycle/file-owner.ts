import { text } from 'node:stream/consumers';
import type { Engine } from '../engine/engine';
import { EngineError } from '../engine/engine-error';
import { Failure } from '../failure';
import { firstEntry } from './first-entry';

export interface Owner {
  uid: number;
  gid: number;
}

/** The sandbox decides what lies there. */
const mostBytes = 1024 * 1024;
const root: Owner = { uid: 0, gid: 0 };

/**
 * Whom a file belongs to that is written for `user` (as in run_config: a name or number, with `:group` where wanted),
 * by the sandbox's own /etc/passwd and /etc/group. Root for nobody, and for a name that is not there. Throws Failure
 * `WriteError` where such a file is too large to be one.
 */
export async function fileOwner(
  engine: Engine,
  container: string,
  user: string,
  signal: AbortSignal,
): Promise<Owner> {
  const [name = '', group] = user.split(':');
  if (name === '' || name === 'root' || name === '0') return root;
  const entry = (await table(engine, container, '/etc/passwd', signal)).find(
    (fields) => fields[0] === name || fields[2] === name,
  );
  const uid = entry ? Number(entry[2]) : numberOf(name);
  if (uid === undefined) return root;
  const ownGroup = entry ? Number(entry[3]) : 0;
  if (!group) return { uid, gid: ownGroup };
  const groups = await table(engine, container, '/etc/group', signal);
  const listed = groups.find((fields) => fields[0] === group);
  return { uid, gid: listed ? Number(listed[2]) : (numberOf(group) ?? ownGroup) };
}

async function table(
  engine: Engine,
  container: string,
  file: string,
  signal: AbortSignal,
): Promise<string[][]> {
  const archive = await engine.getArchive(container, file, signal).catch((error: unknown) => {
    if (error instanceof EngineError && error.kind === 'not-found') return undefined;
    throw error;
  });
  if (!archive) return [];
  const { header, content } = await firstEntry(archive, signal);
  if (header.size > mostBytes) {
    content.destroy();
    throw new Failure(
      400,
      'WriteError',
      `${file} of the sandbox has more than ${mostBytes} bytes. Shorten it.`,
    );
  }
  return (await text(content)).split('\n').map((line) => line.split(':'));
}

function numberOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
