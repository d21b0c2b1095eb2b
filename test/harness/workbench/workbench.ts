import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { dialog, type Dialog } from './dialog';
import { notifications, type Notifications } from './notifications';
import { quickInput, type QuickInput } from './quick-input';
import { until } from '../until';
import { view, type View } from './view';

/** The editor's window, in the words of what a person sees. Everything waits for what it needs. */
export interface Workbench {
  page: Page;
  quickInput: QuickInput;
  notifications: Notifications;
  dialog: Dialog;
  statusBar: Locator;
  /** Opens a container of the activity bar by its title; it stays open if it is. */
  openContainer(title: string): Promise<void>;
  view(name: string): View;
  /** Runs a command from the palette by its exact label, `Category: Title`. */
  run(command: string): Promise<void>;
  /** Labels that the palette offers for a search; leaves it closed. */
  commandsLike(text: string): Promise<string[]>;
  clearNotifications(): Promise<void>;
  /** Keeps a picture as test-results/screenshots/<name>.png. */
  screenshot(name: string): Promise<void>;
}

const screenshots = path.resolve('test-results/screenshots');

export function workbench(page: Page): Workbench {
  const quick = quickInput(page);

  const openPalette = async (text: string) => {
    await page.keyboard.press('F1');
    await quick.type(`>${text}`);
  };
  const run = async (command: string) => {
    await openPalette(command);
    await quick.pick(command);
  };

  return {
    page,
    quickInput: quick,
    notifications: notifications(page, run),
    dialog: dialog(page),
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
      await openPalette(text);
      await quick.options.first().waitFor();
      const labels = await quick.options.locator('.label-name').allInnerTexts();
      await quick.cancel();
      return labels;
    },
    clearNotifications: () => run('Notifications: Clear All Notifications'),
    screenshot: async (name) => {
      await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
    },
  };
}

function appears(element: Locator): Promise<boolean> {
  return element.waitFor({ timeout: 2000 }).then(
    () => true,
    () => false,
  );
}
