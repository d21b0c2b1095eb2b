import { commands } from 'vscode';
import type { Snapshot } from '../api/types';
import type { Collection } from '../app/collection';
import type { Connection } from '../app/connection';
import type { Connections } from '../app/connections';
import type { Failure } from '../app/failure';
import type { Resource } from '../app/listing';
import type { Subscription } from '../app/observable';
import {
  contextKeys,
  type ConnectionContext,
  type ContextKeys,
  type ListContext,
  type ReadySnapshotContext,
} from '../contributions';

/** Keeps the context keys that menus and welcome texts read as the connection and the lists are. */
export function publishContext(connections: Connections): Subscription {
  const set = contextSetter();
  let ofSession: Subscription[] = [];
  const publish = (): void => publishAll(connections.current.value, set);
  const follow = (): void => {
    for (const subscription of ofSession) subscription.dispose();
    const inventory = connections.current.value.session?.inventory;
    ofSession = inventory
      ? [inventory.boxes.listing.subscribe(publish), inventory.snapshots.listing.subscribe(publish)]
      : [];
    publish();
  };
  const ofConnections = connections.current.subscribe(follow);
  follow();
  return {
    dispose: () => {
      for (const subscription of [ofConnections, ...ofSession]) subscription.dispose();
    },
  };
}

type SetContext = <K extends keyof ContextKeys>(key: K, value: ContextKeys[K]) => void;

function publishAll(connection: Connection, set: SetContext): void {
  const inventory = connection.session?.inventory;
  set(contextKeys.connection, connectionContext(connection));
  set(contextKeys.connectionKind, connection.state === 'signed-out' ? 'none' : connection.target.kind);
  set(contextKeys.sandboxList, listContext(inventory?.boxes));
  set(contextKeys.snapshotList, listContext(inventory?.snapshots));
  set(contextKeys.readySnapshot, readySnapshotContext(inventory?.snapshots));
  set(contextKeys.sandboxFilter, (inventory?.boxes.filter ?? '') !== '');
  set(contextKeys.snapshotFilter, (inventory?.snapshots.filter ?? '') !== '');
}

/** Tells the editor only what changed. */
function contextSetter(): SetContext {
  const published = new Map<string, unknown>();
  return (key, value) => {
    if (published.get(key) === value) return;
    published.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
}

export function connectionContext(connection: Connection): ConnectionContext {
  if (connection.state !== 'failed') return connection.state;
  const { cause } = connection.failure;
  return cause === 'no-engine' || cause === 'no-key' || cause === 'local-key-refused' ? cause : 'failed';
}

/** Whether the sandboxes view shows, in place of rows, why the connection failed and the ways out of it. */
export function isFailureExplained(connection: Connection): boolean {
  if (connection.state !== 'failed' || connection.session?.inventory.boxes.items.length) return false;
  return connectionContext(connection) !== 'failed';
}

/** Whether a sandbox could be made now; filtered lists and those not loaded to the end leave it open. */
export function readySnapshotContext(snapshots: Collection<Snapshot> | undefined): ReadySnapshotContext {
  const listing = snapshots?.listing.value;
  if (listing?.state !== 'ready' && listing?.state !== 'stale') return 'unknown';
  if (listing.rows.items.some(({ status }) => status === 'ready')) return 'some';
  const isWhole = listing.rows.nextOffset === undefined && snapshots?.filter === '';
  return listing.state === 'ready' && isWhole ? 'none' : 'unknown';
}

export function listContext<T extends Resource>(collection: Collection<T> | undefined): ListContext {
  const listing = collection?.listing.value;
  switch (listing?.state) {
    case undefined:
    case 'loading':
      return 'unknown';
    case 'failed':
      return failedListContext(listing.failure);
    case 'stale':
      return listing.rows.items.length > 0 ? 'rows' : failedListContext(listing.failure);
    case 'ready':
      if (listing.rows.items.length > 0) return 'rows';
      return collection?.filter === '' ? 'empty' : 'no-match';
  }
}

function failedListContext({ cause }: Failure): ListContext {
  if (cause === 'unauthorized') return 'refused';
  return cause === 'unreachable' || cause === 'deadline' ? 'unreachable' : 'failed';
}
