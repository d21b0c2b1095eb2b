import { boxKey } from './engine-names';
import type { Turns } from './turns';

const lateNewsMs = 2_000;

/**
 * Since when the engine lists sandboxes as paused. Docker 20.10 hears of a pause that is over late, and then lists a
 * container that runs as paused for a moment: see pause-news.ts.
 */
export interface PauseSightings {
  /**
   * Takes all that one look shows as paused, asked for at a moment of the turns and a time of `performance.now()`. Gives
   * those of which it is true: they were two seconds before, and nobody worked on them since.
   */
  seen(boxIds: string[], moment: number, askedAt: number): Set<string>;
  /** The engine refused work there for as long as late news takes, because it is paused. */
  refused(boxId: string): void;
}

interface Sighting {
  moment: number;
  at: number;
  /** Told by a refusal, and when. */
  refusedAt?: number;
}

export function createPauseSightings(turns: Turns): PauseSightings {
  let sightings = new Map<string, Sighting>();
  return {
    seen: (boxIds, moment, askedAt) => {
      const now = { moment, at: performance.now() };
      // What was refused since this look was asked for is news to it.
      const isNewer = ({ refusedAt = askedAt }: Sighting): boolean => refusedAt > askedAt;
      const newer = [...sightings].filter(([id, first]) => isNewer(first) && !boxIds.includes(id));
      const since = (id: string): Sighting => {
        const first = sightings.get(id);
        return first && turns.quietSince(boxKey(id), first.moment) ? first : now;
      };
      sightings = new Map([...newer, ...boxIds.map((id) => [id, since(id)] as const)]);
      return new Set(boxIds.filter((id) => askedAt - (sightings.get(id)?.at ?? askedAt) >= lateNewsMs));
    },
    refused: (boxId) => {
      sightings.set(boxId, { moment: turns.moment(), at: -lateNewsMs, refusedAt: performance.now() });
    },
  };
}
