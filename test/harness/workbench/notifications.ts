import type { Locator, Page } from '@playwright/test';

export interface Notifications {
  /** Waits for a notification with this text; looks into the list when the editor showed no toast for it. */
  find(text: string | RegExp, timeoutMs?: number): Promise<Locator>;
  /** Presses a button of it by its exact name; the one that cancels a progress is named `Cancel`. */
  press(text: string | RegExp, button: string): Promise<void>;
  /** Waits until no notification with this text is shown. */
  gone(text: string | RegExp, timeoutMs?: number): Promise<void>;
  /** Messages in sight, oldest last. */
  messages(): Promise<string[]>;
}

/** The editor drops the toast of a fourth notification within 800 ms: such a one stands in the list only. */
const toastPatienceMs = 5000;

export function notifications(page: Page, run: (command: string) => Promise<void>): Notifications {
  const all = page.locator('.notifications-toasts, .notifications-center').locator('.notification-list-item');
  const withText = (text: string | RegExp) => all.filter({ hasText: text, visible: true }).first();

  const find = async (text: string | RegExp, timeoutMs = 60_000): Promise<Locator> => {
    const found = withText(text);
    const patience = Math.min(toastPatienceMs, timeoutMs);
    const shown = await found.waitFor({ timeout: patience }).then(
      () => true,
      () => false,
    );
    if (!shown) {
      await run('Notifications: Show Notifications');
      await found.waitFor({ timeout: timeoutMs });
    }
    return found;
  };

  return {
    find,
    press: async (text, button) => {
      const found = await find(text);
      // By key, not by mouse: toasts move when others come and go.
      await found.getByRole('button', { name: button, exact: true }).press('Enter');
    },
    gone: (text, timeoutMs) => withText(text).waitFor({ state: 'hidden', timeout: timeoutMs }),
    messages: () => all.locator('.notification-list-item-message').allInnerTexts(),
  };
}
