import { text } from 'node:stream/consumers';
import type { Engine } from '../engine/engine';
import { firstEntry } from './first-entry';

export interface Owner {
  uid: number;
  gid: number;
}

const root: Owner = { uid: 0, gid: 0 };

/**
 * Whom a file belongs to that is written for `user` (as in run_config: a name or number, with `:group` where wanted),
 * by the sandbox's own /etc/passwd and /etc/group. Root for nobody, and for a name that is not there.
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
  if (!(await engine.statPath(container, file, signal))) return [];
  const { content } = await firstEntry(await engine.getArchive(container, file, signal), signal);
  return (await text(content)).split('\n').map((line) => line.split(':'));
}

function numberOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
