import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Box, Snapshot } from '../../src/api/types';

/** What the process beside the test is asked for; each is answered once. */
export type Request =
  | { ask: 'fill'; snapshots: number; boxes: number }
  | { ask: 'seen' }
  | { ask: 'change'; name: string; facts: Partial<Snapshot> | Partial<Box> };

/** Where it listens. */
export interface Address {
  endpoint: string;
  apiKey: string;
}

/** The newest have the highest numbers and come first. */
export const snapshotName = (index: number): string => `crowd-${String(index).padStart(5, '0')}`;
export const boxName = (index: number): string => `crowd-box-${String(index).padStart(5, '0')}`;

/** The scripted API with as much in it as a test wants, in a process of its own: what it keeps is not in our memory. */
export interface CrowdedApi extends Address {
  /** In place of all that was there; the sandboxes stand on the ten oldest snapshots. */
  fill(snapshots: number, boxes: number): Promise<void>;
  /** Requests since it was asked last, as `METHOD /path?query`. */
  seen(): Promise<string[]>;
  change(name: string, facts: Partial<Snapshot> | Partial<Box>): Promise<void>;
  end(): Promise<void>;
}

/** `program` is the bundle of crowded-api-process.ts. */
export async function startCrowdedApi(program: string): Promise<CrowdedApi> {
  const child = fork(program, { execArgv: [] });
  const answer = async (): Promise<unknown> => ((await once(child, 'message')) as [unknown])[0];
  const ask = (request: Request): Promise<unknown> => {
    const answered = answer();
    child.send(request);
    return answered;
  };
  const address = (await answer()) as Address;
  return {
    ...address,
    fill: async (snapshots, boxes) => {
      await ask({ ask: 'fill', snapshots, boxes });
    },
    seen: async () => (await ask({ ask: 'seen' })) as string[],
    change: async (name, facts) => {
      await ask({ ask: 'change', name, facts });
    },
    end: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
