import { allBoxes } from '../api/boxes';
import type { CallOptions } from '../api/transport';
import type { Box, BoxStatus } from '../api/types';
import type { Session } from './session';

const runningStatuses: readonly BoxStatus[] = ['ready', 'provisioning'];

/**
 * Every sandbox that runs or is starting and that this API key's owner made, newest first of each status.
 * On Local that is every one there is.
 */
export async function runningOfMine({ transport }: Session, call: CallOptions): Promise<Box[]> {
  const found = new Map<string, Box>();
  for (const status of runningStatuses) {
    for await (const box of allBoxes(transport, { status, created_by: 'me' }, call)) found.set(box.id, box);
  }
  return [...found.values()];
}
