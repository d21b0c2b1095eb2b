import { createBell, type Bell } from '../bell';
import { createRing, type Ring } from './ring';

export const streamNames = ['stdout', 'stderr'] as const;
export type StreamName = (typeof streamNames)[number];
/** In bytes of what the command wrote. */
export type Offsets = Record<StreamName, number>;

/** Kept of each stream. */
export const keptBytes = 1024 * 1024;

/** What a command wrote: the newest of it, and whatever somebody who reads it has not had yet. */
export interface Output {
  /** Rings with every change. */
  bell: Bell;
  rings: Record<StreamName, Ring>;
  /** Waits while there is no room but what a reader, or one who acknowledges, still needs. */
  append(stream: StreamName, bytes: Buffer): Promise<void>;
  /** Nothing more comes. */
  close(stream: StreamName): void;
  isClosed(stream: StreamName): boolean;
  /**
   * Keeps what lies behind these offsets, which the caller moves on, until it leaves. `unlessAcknowledged`: only while
   * nobody acknowledges. One whose connection is silent may never leave, and would keep the command waiting for ever.
   */
  hold(offsets: Offsets, terms?: { unlessAcknowledged: boolean }): () => void;
  /**
   * Keeps what lies behind these offsets until further ones come; undefined: nobody acknowledges any more, and nothing
   * is held any more for those who did.
   */
  acknowledge(offsets: Offsets | undefined): void;
  /** Whether the command waits for an acknowledgement. */
  readonly needsAcknowledgement: boolean;
}

export function createOutput(capacity = keptBytes): Output {
  const bell = createBell();
  const rings = { stdout: createRing(capacity), stderr: createRing(capacity) };
  const closed = new Set<StreamName>();
  const held = new Set<Offsets>();
  const heldUnlessAcknowledged = new Set<Offsets>();
  let acknowledged: Offsets | undefined;

  /** Room before something that is needed would be pushed out. */
  const room = (stream: StreamName, needed: Iterable<Offsets>): number => {
    const { start, end } = rings[stream];
    const oldest = Math.min(...[...needed].map((offsets) => Math.max(offsets[stream], start)));
    return capacity - Math.max(0, end - oldest);
  };
  const needs = (): Offsets[] => [...held, ...(acknowledged ? [acknowledged] : heldUnlessAcknowledged)];
  const append: Output['append'] = async (stream, bytes) => {
    for (let rest = bytes; rest.length > 0;) {
      const changed = bell.next();
      const fits = Math.min(rest.length, room(stream, needs()));
      if (fits > 0) {
        rings[stream].append(rest.subarray(0, fits));
        rest = rest.subarray(fits);
        bell.ring();
      } else {
        await changed;
      }
    }
  };
  return {
    bell,
    rings,
    append,
    close: (stream) => {
      closed.add(stream);
      bell.ring();
    },
    isClosed: (stream) => closed.has(stream),
    hold: (offsets, { unlessAcknowledged } = { unlessAcknowledged: false }) => {
      const among = unlessAcknowledged ? heldUnlessAcknowledged : held;
      among.add(offsets);
      return () => {
        among.delete(offsets);
        bell.ring();
      };
    },
    acknowledge: (offsets) => {
      if (!offsets) heldUnlessAcknowledged.clear();
      acknowledged = offsets;
      bell.ring();
    },
    get needsAcknowledgement() {
      const by = acknowledged;
      return by !== undefined && streamNames.some((stream) => !closed.has(stream) && room(stream, [by]) <= 0);
    },
  };
}
