import type { Page } from '@playwright/test';

/** What stood in a view from this moment until the next sample; every change of it makes one. */
export interface Shown {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly rows: readonly { readonly label: string; readonly description: string }[];
  /** The line above the rows. */
  readonly message: string;
}

export interface ShownRows {
  /** All so far. The last one stands for what is seen now. */
  samples(): Promise<Shown[]>;
}

/**
 * Runs in the page. A change is looked at after the task that made it, so that whatever could be painted is seen.
 */
const record = (view: string): string => `(() => {
  const samples = (globalThis.shownRows = []);
  const text = (element, part) => element.querySelector(part)?.textContent ?? '';
  const look = () => {
    const panes = [...document.querySelectorAll('.part.sidebar .pane')];
    const pane = panes.find((each) => text(each, '.pane-header .title') === ${JSON.stringify(view)});
    const rows = [...(pane?.querySelectorAll('[role=treeitem]') ?? [])].map((row) => ({
      label: text(row, '.label-name'),
      description: text(row, '.label-description'),
    }));
    const message = pane ? text(pane, '.message') : '';
    const last = samples.at(-1);
    if (!last && rows.length === 0) return;
    if (JSON.stringify([rows, message]) === JSON.stringify([last?.rows, last?.message])) return;
    samples.push({ at: Date.now(), rows, message });
  };
  const attributeFilter = ['aria-label', 'class', 'style'];
  const whatever = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter };
  new MutationObserver(look).observe(document.querySelector('.part.sidebar'), whatever);
  look();
})()`;

/** Watches a view from now on, or from when its rows come into sight. */
export async function watchRows(page: Page, view: string): Promise<ShownRows> {
  await page.evaluate(record(view));
  return { samples: () => page.evaluate<Shown[]>('globalThis.shownRows') };
}
