import { orAborted, settlesWithin } from '../abort';

/**
 * Keeps pauses and the starts of processes in one container apart. A process that is frozen before it runs can't tell
 * that it does, and Docker then waits for both for ever, with locks that other calls need.
 */
export interface Starts {
  /** Waits until nothing pauses the container, and holds pauses off until the result is called. */
  begin(container: string, signal: AbortSignal): Promise<() => void>;
  /** Pauses when all that is being started has begun, and holds further starts off until it is done. */
  pausing<T>(container: string, signal: AbortSignal, pause: () => Promise<T>): Promise<T>;
}

/** A start that takes longer is stuck in the engine. */
const patienceMs = 30_000;

interface Gate {
  starting: Set<Promise<void>>;
  pausing?: Promise<void>;
}

export function createStarts(): Starts {
  const gates = new Map<string, Gate>();
  const gateOf = (container: string): Gate => {
    const gate = gates.get(container) ?? { starting: new Set() };
    gates.set(container, gate);
    return gate;
  };
  const forgetIfIdle = (container: string, { starting, pausing }: Gate): void => {
    if (starting.size === 0 && !pausing) gates.delete(container);
  };
  const begin: Starts['begin'] = async (container, signal) => {
    let gate = gateOf(container);
    for (; gate.pausing; gate = gateOf(container)) await orAborted(gate.pausing, signal);
    const [begun, settle] = promised();
    gate.starting.add(begun);
    return () => {
      if (!gate.starting.delete(begun)) return;
      settle();
      forgetIfIdle(container, gate);
    };
  };
  const pausing: Starts['pausing'] = async (container, signal, pause) => {
    let gate = gateOf(container);
    for (; gate.pausing; gate = gateOf(container)) await orAborted(gate.pausing, signal);
    const [over, end] = promised();
    gate.pausing = over;
    try {
      await orAborted(settlesWithin(Promise.all(gate.starting), patienceMs), signal);
      return await pause();
    } finally {
      gate.pausing = undefined;
      end();
      forgetIfIdle(container, gate);
    }
  };
  return { begin, pausing };
}

function promised(): [promise: Promise<void>, settle: () => void] {
  let settle = (): void => undefined;
  const promise = new Promise<void>((resolve) => (settle = resolve));
  return [promise, settle];
}
