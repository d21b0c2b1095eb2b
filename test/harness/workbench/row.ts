import type { Locator, Page } from '@playwright/test';
import { chooseFromMenu, openMenu, readMenu } from './menu';

/** One row of a view. */
export interface Row {
  /** The whole row: wait for it, or for its absence, here. */
  element: Locator;
  description: Locator;
  /** Carries the icon's name as the class `codicon-<name>`. */
  icon: Locator;
  select(): Promise<void>;
  /** Selects it beside those that are selected. */
  selectToo(): Promise<void>;
  /** Presses an inline button by its exact name. */
  press(button: string): Promise<void>;
  /** Names of the inline buttons. */
  buttons(): Promise<string[]>;
  /** Right-clicks and chooses an item by its exact name. */
  menu(item: string): Promise<void>;
  /** Names in the row's menu, in order. */
  menuItems(): Promise<string[]>;
}

/** The row whose visible label is exactly `label`: its accessible name is the tooltip, which says other things. */
export function row(page: Page, rows: Locator, label: string): Row {
  const element = rows.filter({ has: page.locator('.label-name').getByText(label, { exact: true }) });
  const inline = element.locator('.actions').getByRole('button');
  const open = () => openMenu(page, () => element.click({ button: 'right' }));
  return {
    element,
    description: element.locator('.label-description'),
    icon: element.locator('.custom-view-tree-node-item-icon'),
    select: () => element.click(),
    selectToo: () => element.click({ modifiers: ['ControlOrMeta'] }),
    press: async (button) => {
      await element.hover();
      await element.locator('.actions').getByRole('button', { name: button, exact: true }).click();
    },
    buttons: async () => {
      await element.hover();
      await inline.first().waitFor();
      return Promise.all(
        (await inline.all()).map(async (each) => (await each.getAttribute('aria-label')) ?? ''),
      );
    },
    menu: async (item) => {
      await open();
      await chooseFromMenu(page, item);
    },
    menuItems: async () => {
      await open();
      return readMenu(page);
    },
  };
}
