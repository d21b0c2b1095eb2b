/** The first so many of what is found, in an order that the finder doesn't follow. Holds twice as many at most. */
export interface FirstMatches<T> {
  add(found: T): void;
  /** In order. `isCut`: there were more. */
  result(): { matches: T[]; isCut: boolean };
}

export function firstMatches<T>(limit: number, order: (a: T, b: T) => number): FirstMatches<T> {
  let kept: T[] = [];
  let isCut = false;
  const cut = (): void => {
    kept.sort(order);
    isCut ||= kept.length > limit;
    kept = kept.slice(0, limit);
  };
  return {
    add: (found) => {
      kept.push(found);
      if (kept.length > limit * 2) cut();
    },
    result: () => {
      cut();
      return { matches: kept, isCut };
    },
  };
}
