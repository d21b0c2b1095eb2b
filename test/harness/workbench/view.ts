import type { Locator, Page } from '@playwright/test';
import { chooseFromMenu, openMenu } from './menu';
import { row, type Row } from './row';

/** One section of the side bar. */
export interface View {
  pane: Locator;
  header: Locator;
  /** The text beside the view's name. */
  description: Locator;
  /** The line above the rows. */
  message: Locator;
  /** What stands there instead of rows: text, and buttons found by their role. */
  welcome: Locator;
  /** Rows that are in sight: the editor makes no others. */
  rows: Locator;
  /** The row with exactly this visible label. Use `scrollTo` first when it may be out of sight. */
  row(label: string): Row;
  /** Labels of all rows from top to bottom, also of those out of sight. */
  labels(): Promise<string[]>;
  /** Labels of those that the page holds, from top to bottom: what is in sight, and little more. */
  labelsInSight(): Promise<string[]>;
  /** By the keyboard, which moves the focus there; the selection stays. */
  scroll(to: 'start' | 'end'): Promise<void>;
  /** Brings a row into sight; rejects when there is none with this label. */
  scrollTo(label: string): Promise<Row>;
  expand(): Promise<void>;
  /** Presses a button of the title by its name. */
  press(button: string | RegExp): Promise<void>;
  /** Chooses from the title's further actions by exact name. */
  more(item: string): Promise<void>;
}

/** The section with this name in the side bar. */
export function view(page: Page, name: string): View {
  const title = page.locator('.pane-header .title').getByText(name, { exact: true });
  const pane = page.locator('.part.sidebar .pane').filter({ has: title });
  const header = pane.locator('.pane-header');
  const list = pane.getByRole('tree');
  const rows = list.getByRole('treeitem');
  const press = async (button: string | RegExp) => {
    await header.hover();
    await header.getByRole('button', { name: button }).click();
  };
  return {
    pane,
    header,
    description: header.locator('.description'),
    message: pane.locator('.message'),
    welcome: pane.locator('.welcome-view-content'),
    rows,
    row: (label) => row(page, rows, label),
    labels: async () => {
      const seen = new Map<number, string>();
      await walk(page, list, async () => {
        for (const [index, label] of await labelsInSight(rows)) seen.set(index, label);
        return false;
      });
      return inOrder([...seen]);
    },
    labelsInSight: async () => inOrder(await labelsInSight(rows)),
    scroll: async (to) => {
      const wanted = to === 'end' ? '[data-last-element="true"]' : '[data-index="0"]';
      await list.focus();
      await page.keyboard.press(to === 'end' ? 'End' : 'Home');
      await list.locator(`.monaco-list-row.focused${wanted}`).waitFor();
    },
    scrollTo: async (label) => {
      const wanted = row(page, rows, label);
      const found = await walk(page, list, async () => (await wanted.element.count()) > 0);
      if (!found) throw new Error(`${name} has no row "${label}".`);
      return wanted;
    },
    expand: async () => {
      if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    },
    press,
    more: async (item) => {
      await openMenu(page, () => press(/More Actions/));
      await chooseFromMenu(page, item);
    },
  };
}

function inOrder(labels: [number, string][]): string[] {
  return labels.sort(([a], [b]) => a - b).map(([, label]) => label);
}

/** Goes through the list page by page until `stop` says so; false when the end came first. */
async function walk(page: Page, list: Locator, stop: () => Promise<boolean>): Promise<boolean> {
  if ((await list.getByRole('treeitem').count()) === 0) return stop();
  const focused = (with_ = '') => list.locator(`.monaco-list-row.focused${with_}`);
  await list.focus();
  await page.keyboard.press('Home');
  let at = '0';
  await focused('[data-index="0"]').waitFor();
  for (;;) {
    if (await stop()) return true;
    if ((await focused('[data-last-element="true"]').count()) > 0) return false;
    await page.keyboard.press('PageDown');
    await focused(`:not([data-index="${at}"])`).waitFor();
    at = (await focused().getAttribute('data-index')) ?? at;
  }
}

/** Read in one go, in the page: rows come and go while the list scrolls. */
function labelsInSight(rows: Locator): Promise<[number, string][]> {
  return rows.evaluateAll((all: RenderedRow[]) =>
    all.map((each) => [Number(each.dataset.index), each.querySelector('.label-name')?.textContent ?? '']),
  );
}

/** What is used here of the browser's element. */
interface RenderedRow {
  dataset: { index?: string };
  querySelector(selector: string): { textContent: string } | null;
}
