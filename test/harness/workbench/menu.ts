import type { Locator, Page } from '@playwright/test';
import { until } from '../until';

/** A menu's items hear the mouse button come up only from 100 ms after they were made. */
const pressMs = 150;

/**
 * Opens a menu. `open` is done again when no menu comes of it: a toolbar that changes just then swallows the click.
 * It must be harmless to repeat.
 */
export async function openMenu(page: Page, open: () => Promise<void>): Promise<void> {
  await until('a menu to open', async () => {
    if (!(await menu(page).isVisible())) await open();
    return shown(page);
  });
}

/** Chooses an item of the open menu by its exact name. */
export async function chooseFromMenu(page: Page, item: string): Promise<void> {
  await menu(page).getByRole('menuitem', { name: item, exact: true }).click({ delay: pressMs });
  await menu(page).waitFor({ state: 'hidden' });
}

/** Reads the names of the open menu, in order, and closes it. */
export async function readMenu(page: Page): Promise<string[]> {
  const items = menu(page).locator('.action-item:not(.disabled) .action-label[aria-label]');
  const names = await items.allInnerTexts();
  await page.keyboard.press('Escape');
  await menu(page).waitFor({ state: 'hidden' });
  return names.filter((name) => name.trim() !== '');
}

function menu(page: Page): Locator {
  return page.locator('.monaco-menu').first();
}

async function shown(page: Page): Promise<true | undefined> {
  const item = menu(page).getByRole('menuitem').first();
  return item.waitFor({ timeout: 1000 }).then(
    () => true,
    () => undefined,
  );
}
