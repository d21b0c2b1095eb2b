import { chromium } from '@playwright/test';

/**
 * Opens a page for the editor in a headless Chromium that reaches nothing outside this machine.
 * @param {string} executablePath see ensureChromium
 * @param {string} profile folder of the browser's own data; '' for one that is thrown away
 * @returns {Promise<import('@playwright/test').BrowserContext>} closed by the caller
 */
export async function openBrowser(executablePath, profile) {
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-component-update',
    '--disable-sync',
  ];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: { width: 1400, height: 900 },
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...quiet, '--disable-background-networking'],
  });
  await context.route(
    ({ hostname }) => hostname !== '127.0.0.1' && !hostname.endsWith('.localhost'),
    (route) => route.abort(),
  );
  return context;
}
