import type { Lifecycle } from './lifecycle';
import { storedBox } from './find-box';

/** Tells those who keep a connection to a sandbox that it is gone. Stops don't count: a stopped one comes back. */
export interface Departures {
  /** Aborts once the sandbox is deleted, with a reason whose message is for the client. To be asked for while it is there. */
  of: (boxId: string) => AbortSignal;
  /** To be called when nothing finds the sandbox any more. */
  tell: (boxId: string) => void;
}

export function createDepartures(): Departures {
  const controllers = new Map<string, AbortController>();
  return {
    of: (boxId) => {
      const controller = controllers.get(boxId) ?? new AbortController();
      controllers.set(boxId, controller);
      return controller.signal;
    },
    tell: (boxId) => {
      controllers.get(boxId)?.abort(new Error('The sandbox was deleted.'));
      controllers.delete(boxId);
    },
  };
}

/** As `Departures.of`. Throws Failure 404 when the sandbox is gone already. */
export function goneSignal(
  lifecycle: Pick<Lifecycle, 'departures' | 'database'>,
  boxId: string,
): AbortSignal {
  storedBox(lifecycle, boxId);
  return lifecycle.departures.of(boxId);
}
