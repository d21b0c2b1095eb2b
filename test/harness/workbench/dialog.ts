import type { Locator, Page } from '@playwright/test';

/** The modal question in the middle of the window. */
export interface Dialog {
  box: Locator;
  /** The question. */
  text: Locator;
  detail: Locator;
  /** Presses a button by its exact name and waits until the dialog is gone. */
  press(button: string): Promise<void>;
}

export function dialog(page: Page): Dialog {
  const box = page.locator('.monaco-dialog-box');
  return {
    box,
    text: box.locator('.dialog-message-text'),
    detail: box.locator('.dialog-message-detail'),
    press: async (button) => {
      await box.getByRole('button', { name: button, exact: true }).click();
      await box.waitFor({ state: 'hidden' });
    },
  };
}
