import { getBox, listBoxes } from '../api/boxes';
import { ApiError } from '../api/errors';
import type { Page } from '../api/pages';
import { listRegistries } from '../api/registries';
import { getSnapshot, listSnapshots } from '../api/snapshots';
import type { CallOptions } from '../api/transport';
import type { Box, BoxStatus, Registry, Snapshot, SnapshotStatus } from '../api/types';
import type { Resource } from './listing';
import { isId } from './names';
import type { Session } from './session';

const mostFound = 50;
const mostRegistries = 100;

/** What a typed text stands for: part of a name, or a whole id. At most 50, newest first. */
export function searchSandboxes(
  { transport }: Session,
  text: string,
  statuses: readonly BoxStatus[],
  signal: AbortSignal,
): Promise<Box[]> {
  return search(text, statuses, {
    list: (query) => listBoxes(transport, query, { signal }),
    get: isId(text) ? () => getBox(transport, text, { signal }) : undefined,
  });
}

/** As `searchSandboxes`; `name:tag` is found too. */
export function searchSnapshots(
  { transport }: Session,
  text: string,
  statuses: readonly SnapshotStatus[],
  signal: AbortSignal,
): Promise<Snapshot[]> {
  return search(text, statuses, {
    list: (query) => listSnapshots(transport, query, { signal }),
    get: isId(text) || text.includes(':') ? () => getSnapshot(transport, text, { signal }) : undefined,
  });
}

/** Undefined when there is none of this name. */
export function findSandbox(session: Session, name: string, call: CallOptions): Promise<Box | undefined> {
  return unlessMissing(getBox(session.transport, name, call));
}

/** By id, name or `name:tag`. */
export function findSnapshot(
  session: Session,
  name: string,
  call: CallOptions,
): Promise<Snapshot | undefined> {
  return unlessMissing(getSnapshot(session.transport, name, call));
}

export async function knownRegistries({ transport }: Session, call: CallOptions): Promise<Registry[]> {
  return (await listRegistries(transport, { limit: mostRegistries }, call)).items;
}

interface Source<T> {
  list: (query: { limit: number; name_contains?: string; status?: string }) => Promise<Page<T>>;
  get: (() => Promise<T>) | undefined;
}

async function search<T extends Resource & { status: string }>(
  text: string,
  statuses: readonly T['status'][],
  { list, get }: Source<T>,
): Promise<T[]> {
  const query = { limit: mostFound, ...(text === '' ? {} : { name_contains: text }) };
  const asked = statuses.length === 0 ? [undefined] : statuses;
  const [exact, ...pages] = await Promise.all([
    get && unlessMissing(get()),
    ...asked.map((status) => list(status === undefined ? query : { ...query, status })),
  ]);
  const found = [exact ? [exact] : [], ...pages.map(({ items }) => items)].flat();
  return [...new Map(found.map((item) => [item.id, item])).values()].filter(
    ({ status }) => statuses.length === 0 || statuses.includes(status),
  );
}

async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError && (error.kind === 'not-found' || error.kind === 'invalid'))
      return undefined;
    throw error;
  }
}
