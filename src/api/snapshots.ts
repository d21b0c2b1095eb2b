import { allPages } from './all-pages';
import { onePage, type Page } from './pages';
import type { CallOptions, Transport } from './transport';
import type { CaptureRequest, CreateSnapshotRequest, ListQuery, Snapshot, SnapshotList } from './types';
import type { SnapshotTags } from './wire/snapshot-tags';

/** One page: 50 by default, 500 at most. */
export function listSnapshots(
  transport: Transport,
  query: Omit<ListQuery, 'cursor'> = {},
  options?: CallOptions,
): Promise<Page<Snapshot>> {
  return onePage(query, reader(transport, options), ({ snapshots }) => snapshots, options);
}

/** Every one, in the order asked for; pages are read as they are needed. */
export function allSnapshots(
  transport: Transport,
  query: ListQuery = {},
  options?: CallOptions,
): AsyncGenerator<Snapshot, void> {
  return allPages(query, reader(transport, options), ({ snapshots }) => snapshots);
}

function reader(transport: Transport, options?: CallOptions): (query: ListQuery) => Promise<SnapshotList> {
  const url = transport.url('snapshots');
  return (query) => transport.json({ method: 'GET', url, query: { ...query } }, options);
}

/** Which snapshot each tag of a name stands for. */
export function getSnapshotTags(
  transport: Transport,
  name: string,
  options?: CallOptions,
): Promise<SnapshotTags> {
  return transport.json({ method: 'GET', url: transport.url('snapshots-by-name', name) }, options);
}

/** By id, `name` (its `latest`) or `name:tag`. */
export function getSnapshot(
  transport: Transport,
  idOrName: string,
  options?: CallOptions,
): Promise<Snapshot> {
  return transport.json({ method: 'GET', url: transport.url('snapshots', idOrName) }, options);
}

/** Starts a build and gives the snapshot as `building`; see `waitForSnapshot`. */
export function createSnapshot(
  transport: Transport,
  body: CreateSnapshotRequest,
  options?: CallOptions,
): Promise<Snapshot> {
  return transport.json({ method: 'POST', url: transport.url('snapshots'), json: body }, options);
}

/** Starts a capture of a running sandbox's filesystem (not `/tmp`, not its processes). */
export function captureSnapshot(
  transport: Transport,
  box: string,
  body: CaptureRequest,
  options?: CallOptions,
): Promise<Snapshot> {
  return transport.json(
    { method: 'POST', url: transport.url('boxes', box, 'snapshot'), json: body },
    options,
  );
}

/** Refused with `conflict` or `invalid` while a sandbox stands on it. */
export function deleteSnapshot(transport: Transport, idOrName: string, options?: CallOptions): Promise<void> {
  return transport.send({ method: 'DELETE', url: transport.url('snapshots', idOrName) }, options);
}
