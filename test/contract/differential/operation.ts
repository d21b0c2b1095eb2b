import type { SandboxClient } from 'langsmith/sandbox';
import { getBox } from '../../../src/api/boxes';
import type { Transport } from '../../../src/api/transport';
import type { Box } from '../../../src/api/types';
import type { Sandbox } from 'langsmith/sandbox';

/** The official client's side of a run. */
export interface Theirs {
  client: SandboxClient;
  /** Part of each name; another one on each side. */
  unique: string;
}

/** Our client's side of it. */
export interface Ours {
  transport: Transport;
  unique: string;
}

/** One thing that people do, done by both. Both results are to be equal; names and ids stand in them as `{…}`. */
export interface Operation {
  what: string;
  theirs: (side: Theirs) => Promise<unknown>;
  ours: (side: Ours) => Promise<unknown>;
  /** Where the requests differ, and why ours are better. Without it they are to be the same. */
  better?: { why: string; theirs: string[]; ours: string[] };
}

export const snapshotOf = (unique: string): string => `differential/${unique}`;
export const boxOf = (unique: string): string => `differential-${unique}`;
/** The sandbox of each side. */
export const mine = ({ transport, unique }: Ours): Promise<Box> => getBox(transport, boxOf(unique));
export const theirs = ({ client, unique }: Theirs): Promise<Sandbox> => client.getSandbox(boxOf(unique));
