import { getBox, listBoxes } from '../api/boxes';
import { ApiError } from '../api/errors';
import type { Page } from '../api/pages';
import { listRegistries } from '../api/registries';
import { getSnapshot, listSnapshots } from '../api/snapshots';
import type { Box, BoxStatus, Registry, Snapshot, SnapshotStatus } from '../api/types';
import type { Resource } from './listing';
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

/** Undefined when there is none of this name; `signal` ends the look. */
export function findSandbox(session: Session, name: string, signal: AbortSignal): Promise<Box | undefined> {
  return unlessMissing(getBox(session.transport, name, { signal }));
}

/** By id, name or `name:tag`. */
export function findSnapshot(
  session: Session,
  name: string,
  signal: AbortSignal,
): Promise<Snapshot | undefined> {
  return unlessMissing(getSnapshot(session.transport, name, { signal }));
}

export async function knownRegistries({ transport }: Session, signal: AbortSignal): Promise<Registry[]> {
  return (await listRegistries(transport, { limit: mostRegistries }, { signal })).items;
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

function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text.trim());
}
