import type { Page } from '../api/pages';
import { appended, type Resource, type Rows } from './listing';

const largestPage = 500;
const mostWalks = 3;

export type AskPage<T> = (offset: number, limit: number) => Promise<Page<T>>;

/**
 * The first `wanted` rows, or all when there are fewer. Rows that go away while pages are read move others up past
 * where the next page starts: then the walk begins anew, so that no row that is there is left out.
 */
export async function firstRows<T extends Resource>(wanted: number, ask: AskPage<T>): Promise<Rows<T>> {
  for (let walk = 1; ; walk++) {
    let rows: Rows<T> = { items: [], nextOffset: 0 };
    let isWhole = true;
    while (rows.nextOffset !== undefined && rows.items.length < wanted && (isWhole || walk === mostWalks)) {
      const next = await nextRows(rows, wanted - rows.items.length, ask);
      isWhole &&= next.isWhole;
      rows = next.rows;
    }
    if (isWhole || walk === mostWalks) return rows;
  }
}

/** The rows and at most `count` that follow. `isWhole` is false when rows before these went away, and some may be missing. */
export async function nextRows<T extends Resource>(
  rows: Rows<T>,
  count: number,
  ask: AskPage<T>,
): Promise<{ rows: Rows<T>; isWhole: boolean }> {
  const { items, nextOffset = 0 } = rows;
  // The last row is asked for once more: whether it still stands there tells whether the rows before it did.
  const last = nextOffset > 0 ? items.at(-1) : undefined;
  const overlap = last ? 1 : 0;
  const page = await ask(nextOffset - overlap, Math.min(largestPage, count + overlap));
  return {
    rows: appended(rows, page),
    isWhole: !last || page.items.some(({ id }) => id === last.id),
  };
}
