import type { Locator, Page } from '@playwright/test';
import { until } from '../until';

/** The box at the top of the window that asks for a text or a choice. */
export interface QuickInput {
  /** The whole box, while it is shown. */
  box: Locator;
  title: Locator;
  value: Locator;
  /** The line under the field: prompt or validation. */
  message: Locator;
  /** All choices in sight. */
  options: Locator;
  /** The choice with exactly this label. */
  option(label: string): Locator;
  /** Waits until the box is shown with this title (or part of it). */
  titled(title: string | RegExp): Promise<void>;
  type(text: string): Promise<void>;
  /** Types a text under this prompt (or part of it) and presses Enter: what the step before asked for gets none of it. */
  answer(prompt: string | RegExp, text: string): Promise<void>;
  /** Enter; with a prompt (or part of it), once that is asked. */
  accept(prompt?: string | RegExp): Promise<void>;
  /** Types nothing: chooses the option with exactly this label. */
  pick(label: string, options?: { timeout: number }): Promise<void>;
  /** Answers the editor’s own question for a folder of this machine. */
  openFolder(path: string): Promise<void>;
  /** Answers where on this machine to save a file. */
  saveAs(path: string): Promise<void>;
  back(): Promise<void>;
  cancel(): Promise<void>;
  /** Presses a button of the title bar or of the field by its name. */
  press(button: string): Promise<void>;
  hidden(): Promise<void>;
}

export function quickInput(page: Page): QuickInput {
  const box = page.locator('.quick-input-widget:not(.hidden)');
  const title = box.locator('.quick-input-title');
  const value = box.locator('.quick-input-box input').first();
  const option = (label: string) =>
    box
      .getByRole('option')
      .filter({ has: page.locator('.label-name').getByText(label, { exact: true }) })
      .first();
  const message = box.locator('.quick-input-message');
  /**
   * What the mouse rests on may show a tip, and that may lie over what is to be clicked. The box’s own edge shows none;
   * its corners are round, and let through what lies behind.
   */
  const leaveRest = async (): Promise<void> => {
    const place = await box.boundingBox();
    if (place) await page.mouse.move(place.x + place.width / 2, place.y + 2);
  };
  const takePath = async (path: string): Promise<void> => {
    await option('..').waitFor();
    const isAsked = async () => (await value.isVisible()) && (await value.inputValue()) === path;
    await value.fill(path);
    // While it lists a folder it hears no Enter.
    await until(`the path ${path} to be taken`, async () => {
      if (await isAsked()) await value.press('Enter');
      return (await isAsked()) ? undefined : true;
    });
  };
  const press = async (button: string): Promise<void> => {
    await leaveRest();
    await box.getByRole('button', { name: button }).first().click();
  };
  const click = async (label: string, options?: { timeout: number }): Promise<void> => {
    await leaveRest();
    await option(label).click({ delay: 30, ...options });
  };
  /** What tells one question from the next. */
  const asked = async (): Promise<string> => {
    const placeholder = await value.getAttribute('placeholder', { timeout: 1000 }).catch(() => null);
    return JSON.stringify([await title.allInnerTexts(), await message.allInnerTexts(), placeholder]);
  };
  /** A list that is told anew between the press of the button and its release loses the click. */
  const stays = async (question: string): Promise<boolean> => {
    const moved = async () => (!(await box.isVisible()) || (await asked()) !== question ? true : undefined);
    return until('the next question', moved, 5000).then(
      () => false,
      () => true,
    );
  };
  return {
    box,
    title,
    value,
    message,
    options: box.getByRole('option'),
    option,
    titled: (text) => title.filter({ hasText: text }).waitFor(),
    type: (text) => value.fill(text),
    answer: async (prompt, text) => {
      await message.filter({ hasText: prompt }).waitFor();
      await value.fill(text);
      await value.press('Enter');
    },
    accept: async (prompt) => {
      if (prompt) await message.filter({ hasText: prompt }).waitFor();
      await value.press('Enter');
    },
    pick: async (label, options) => {
      await option(label).waitFor(options);
      const before = await asked();
      await click(label, options);
      if (await stays(before)) await click(label, { timeout: 3000 }).catch(() => {}); // What comes next tells.
    },
    openFolder: (path) => takePath(`${path}/`),
    saveAs: (path) => takePath(path),
    back: () => press('Back'),
    cancel: async () => {
      await value.press('Escape');
      await box.waitFor({ state: 'hidden' });
    },
    press,
    hidden: () => box.waitFor({ state: 'hidden' }),
  };
}
