import type { Page } from '@playwright/test';

/** Runs in the page. Rows that are drawn anew lose what is in them, and are put into their list once more. */
const record = (view: string): string => `(() => {
  const repainted = (globalThis.repaintedRows = []);
  const text = (element, part) => element.querySelector(part)?.textContent ?? '';
  const panes = [...document.querySelectorAll('.part.sidebar .pane')];
  const pane = panes.find((each) => text(each, '.pane-header .title') === ${JSON.stringify(view)});
  const rowsOf = ({ target, addedNodes }) => {
    const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
    const around = element?.closest('.monaco-list-row');
    return around ? [around] : [...addedNodes].filter((node) => node.matches?.('.monaco-list-row'));
  };
  const note = (records) => {
    for (const row of new Set(records.flatMap(rowsOf))) repainted.push(text(row, '.label-name'));
  };
  const drawn = { subtree: true, childList: true, characterData: true };
  new MutationObserver(note).observe(pane.querySelector('.monaco-list-rows'), drawn);
})()`;

/** Labels of the rows of a view that are drawn anew from now on, once for each time; `repainted` gives those so far. */
export async function watchRepaints(
  page: Page,
  view: string,
): Promise<{ readonly repainted: () => Promise<string[]> }> {
  await page.evaluate(record(view));
  return { repainted: () => page.evaluate<string[]>('globalThis.repaintedRows') };
}
