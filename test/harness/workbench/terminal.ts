import { expect, type Locator, type Page } from '@playwright/test';

/** The terminal in sight. */
export interface TerminalPanel {
  /** What is drawn, as text. */
  screen: Locator;
  /** Types it, with Enter where there is a line's end. */
  type(text: string): Promise<void>;
  /** In the list of terminals, or in the panel's title where there is one terminal only. */
  tab(name: string): Locator;
  /** Waits for the prompt of a shell. */
  prompt(): Promise<void>;
}

export function terminalPanel(page: Page): TerminalPanel {
  const panel = page.locator('.part.panel .terminal-wrapper.active');
  const screen = panel.locator('.xterm-rows');
  return {
    screen,
    tab: (name) =>
      page
        .locator('.part.panel .single-terminal-tab, .part.panel .terminal-tabs-entry')
        .filter({ hasText: name }),
    type: async (text) => {
      await panel.locator('.xterm-helper-textarea').focus();
      await page.keyboard.type(text);
    },
    prompt: () => expect(screen).toContainText(/[$#]\s*$/, { timeout: 30_000 }),
  };
}
