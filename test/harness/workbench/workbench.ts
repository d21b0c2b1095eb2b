import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { dialog, type Dialog } from './dialog';
import { notifications, type Notifications } from './notifications';
import { quickInput, type QuickInput } from './quick-input';
import { until } from '../until';
import { terminalPanel, type TerminalPanel } from './terminal';
import { view, type View } from './view';

/** The editor's window, in the words of what a person sees. Everything waits for what it needs. */
export interface Workbench {
  page: Page;
  quickInput: QuickInput;
  notifications: Notifications;
  dialog: Dialog;
  terminal: TerminalPanel;
  statusBar: Locator;
  /** Opens a container of the activity bar by its title; it stays open if it is. */
  openContainer(title: string): Promise<void>;
  view(name: string): View;
  /** Runs a command from the palette by its exact label, `Category: Title`. */
  run(command: string): Promise<void>;
  /** Labels that the palette offers for a search; leaves it closed. */
  commandsLike(text: string): Promise<string[]>;
  clearNotifications(): Promise<void>;
  /** What a browser tells its page when another window comes to the front, or this one comes back. */
  setFocused(isFocused: boolean): Promise<void>;
  /** Keeps a picture as test-results/screenshots/<name>.png. */
  screenshot(name: string): Promise<void>;
}

const screenshots = path.resolve('test-results/screenshots');

export function workbench(page: Page): Workbench {
  const quick = quickInput(page);

  // A part of the window that takes the focus just then (a menu that closes, a row that is painted) closes the palette.
  const inPalette = (text: string, wanted: Locator, work: () => Promise<void>) =>
    until(
      `the palette to offer what is like “${text}”`,
      async () => {
        await page.keyboard.press('F1');
        const isTyped = await isDone(quick.value.fill(`>${text}`, { timeout: 2000 }));
        return (isTyped && (await appears(wanted, 10_000)) && (await isDone(work()))) || undefined;
      },
      60_000,
    );
  const run = (command: string): Promise<void> =>
    inPalette(command, quick.option(command), () => quick.pick(command, { timeout: 10_000 })).then(
      () => undefined,
    );

  return {
    page,
    quickInput: quick,
    notifications: notifications(page, run),
    dialog: dialog(page),
    terminal: terminalPanel(page),
    statusBar: page.locator('.part.statusbar'),
    openContainer: async (title) => {
      const tab = page.locator('.part.activitybar').getByRole('tab', { name: title });
      const shown = page.locator('.part.sidebar .composite.title').getByText(title, { exact: true });
      await tab.waitFor({ timeout: 60_000 });
      // A window that is being restored may open it by itself just before the click, which then closes it.
      await until(`the container ${title} to open`, async () => {
        if (await appears(shown)) return true;
        await tab.click();
        return (await appears(shown)) || undefined;
      });
    },
    view: (name) => view(page, name),
    run,
    commandsLike: async (text) => {
      let labels: string[] = [];
      await inPalette(text, quick.options.first(), async () => {
        // Where the editor is not English, the English title stands in a second row.
        labels = await quick.options.locator('.quick-input-list-row:first-child .label-name').allInnerTexts();
      });
      await quick.cancel();
      return labels;
    },
    clearNotifications: () => run('Notifications: Clear All Notifications'),
    setFocused: (isFocused) =>
      // Playwright lets every page believe that it has the focus, and lets no one tell it otherwise.
      page.evaluate(`(() => {
        document.hasFocus = () => ${isFocused};
        window.dispatchEvent(new Event(${isFocused ? "'focus'" : "'blur'"}));
      })()`),
    screenshot: async (name) => {
      await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
    },
  };
}

function appears(element: Locator, timeout = 2000): Promise<boolean> {
  return isDone(element.waitFor({ timeout }));
}

function isDone(step: Promise<void>): Promise<boolean> {
  return step.then(
    () => true,
    () => false,
  );
}
