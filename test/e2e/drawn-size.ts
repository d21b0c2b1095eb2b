import { expect } from '@playwright/test';
import type { Workbench } from '../harness/workbench/workbench';

/**
 * Waits until what a full-screen program draws is as high and as wide as its terminal, in two other sizes of the window.
 * `sizeInside` gives the terminal's rows and columns as the sandbox has them, as stty does. Keeps a picture of the
 * smaller one.
 */
export async function drawsInOtherSizes(
  workbench: Workbench,
  sizeInside: () => Promise<string>,
  picture: string,
): Promise<void> {
  const { page } = workbench;
  const first = await drawsInSize(workbench, sizeInside);
  const viewport = page.viewportSize()!;
  await page.setViewportSize({ width: viewport.width - 300, height: viewport.height - 120 });
  const second = await drawsInSize(workbench, sizeInside, first);
  await workbench.screenshot(picture);
  await page.setViewportSize(viewport);
  expect(await drawsInSize(workbench, sizeInside, second)).toBe(first);
}

async function drawsInSize(
  { terminal }: Workbench,
  sizeInside: () => Promise<string>,
  before?: string,
): Promise<string> {
  let size = '';
  await expect(async () => {
    size = await sizeInside();
    expect(size).not.toBe(before);
    expect(drawnSize(await terminal.screen.locator('> div').allInnerTexts())).toBe(size);
  }).toPass({ timeout: 60_000 });
  return size;
}

function drawnSize(rows: string[]): string {
  const height = rows.findLastIndex((text) => text.trim() !== '') + 1;
  return `${height} ${Math.max(...rows.map(({ length }) => length))}`;
}
