import { listEngineImages, type EngineImageItem } from '../api/local';
import type { Session } from './session';

/** Images that need no pull: on Local, those in the engine already; elsewhere none are known. */
export function imagesAtHand(
  { target, transport }: Session,
  signal: AbortSignal,
): Promise<EngineImageItem[]> {
  return target.kind === 'local' ? listEngineImages(transport, { signal }) : Promise.resolve([]);
}
