import { defineConfig } from '@playwright/test';

/** Tests of the installed extension in a real editor. They start editors themselves: see test/harness/editor.ts. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  workers: 1,
  /** In a new editor. Which test needed it, and why, is told at the end of the run. */
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: 'line',
});
