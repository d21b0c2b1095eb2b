import { existsSync } from 'node:fs';
import { ensurePackages } from './apt.mjs';
import { SetupError } from './say.mjs';

/** Of those that are there the first: without a window of its own it draws with the least work. */
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<string>} the path of a Chromium or Chrome, installed from Debian's packages if there is none
 */
export async function ensureChromium(options) {
  const there = places.find((place) => existsSync(place));
  if (there) return there;
  await ensurePackages(['chromium-headless-shell'], options);
  if (!existsSync(places[0]))
    throw new SetupError('The editor tests need Chromium or Chrome: install one of them.');
  return places[0];
}
