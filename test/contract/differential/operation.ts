import type { SandboxClient } from 'langsmith/sandbox';
import { getBox } from '../../../src/api/boxes';
import type { Transport } from '../../../src/api/transport';
import type { Box } from '../../../src/api/types';
import type { Sandbox } from 'langsmith/sandbox';

interface Side {
  /** Part of each name; another one on each side. */
  unique: string;
  /** Breaks the WebSockets that stand. Resolves when something was sent over another one. */
  breakSockets: () => Promise<void>;
}

/** The official client's side of a run. */
export interface Theirs extends Side {
  client: SandboxClient;
}

/** Our client's side of it. */
export interface Ours extends Side {
  transport: Transport;
}

/** One thing that people do, done by both. Both results are to be equal; names and ids stand in them as `{…}`. */
export interface Operation {
  what: string;
  theirs: (side: Theirs) => Promise<unknown>;
  ours: (side: Ours) => Promise<unknown>;
  /** Where the requests differ, and why ours are better or as right. Without it they are to be the same. */
  better?: { why: string; theirs: string[]; ours: string[] };
}

export const snapshotOf = (unique: string): string => `differential/${unique}`;
export const boxOf = (unique: string): string => `differential-${unique}`;
/** The sandbox of each side. */
export const mine = ({ transport, unique }: Ours): Promise<Box> => getBox(transport, boxOf(unique));
export const theirs = ({ client, unique }: Theirs): Promise<Sandbox> => client.getSandbox(boxOf(unique));

/** What the official client says of each command unasked. Ours, unasked, leaves it to the server. */
export const asTheirs = {
  shell: '/bin/bash',
  timeout_seconds: 60,
  idle_timeout_seconds: 300,
  kill_on_disconnect: false,
  ttl_seconds: 600,
};

/** Of a refusal. */
export async function statusOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'made',
    (error: unknown) => (error as { status?: number }).status,
  );
}
