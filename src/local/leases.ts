/** Who keeps the server alive: one lease for each editor window. */
export interface Leases {
  /** Gives the way to end it. */
  take(): () => void;
  readonly count: number;
}

export function createLeases(): Leases {
  let count = 0;
  return {
    take: () => {
      count += 1;
      let isHeld = true;
      return () => {
        if (isHeld) count -= 1;
        isHeld = false;
      };
    },
    get count() {
      return count;
    },
  };
}
