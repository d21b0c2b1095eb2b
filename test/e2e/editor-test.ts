import { test as base } from '@playwright/test';
import { openEditor, type Editor } from '../harness/editor';

const openWithinMs = 180_000;

/**
 * Tests that share one editor: each file connects by itself and leaves the window as it found it, signed out.
 * After a test that failed the rest get a new one.
 */
export const test = base.extend<object, { editor: Editor }>({
  editor: [
    // Playwright reads off the pattern which fixtures this one needs: none.
    async ({}, use) => {
      const editor = await openEditor();
      await use(editor);
      await editor.close();
    },
    { scope: 'worker', timeout: openWithinMs },
  ],
});
