import { expect, it } from 'vitest';
import { createEndings } from '../../../../src/local/engine/endings';

const forEver = (): Promise<void> => new Promise(() => undefined);

it('a wait ends when its container begins to end, and those of others go on', async () => {
  const endings = createEndings();
  const over: string[] = [];
  const wait = (id: string): Promise<unknown> => endings.unlessEnding(id, forEver).then(() => over.push(id));
  void wait('another');
  const waited = wait('box');
  await endings.during('box', () => waited);
  expect(over).toEqual(['box']);
});

it('while a container ends there is no wait, and afterwards there is', async () => {
  const endings = createEndings();
  await endings.during('box', async () => {
    await endings.during('box', () => Promise.resolve());
    await endings.unlessEnding('box', forEver);
  });
  let waits = 0;
  await endings.unlessEnding('box', () => Promise.resolve(void (waits += 1)));
  expect(waits).toBe(1);
});

it('who asks is told once that a container begins to end, unless he took it back', async () => {
  const endings = createEndings();
  const told: string[] = [];
  endings.whenEnding('box', () => told.push('early'));
  endings.whenEnding('box', () => told.push('taken back'))();
  endings.whenEnding('another', () => told.push('another'));
  await endings.during('box', () => Promise.resolve());
  expect(told).toEqual(['early']);
  await endings.during('box', () => {
    endings.whenEnding('box', () => told.push('late'));
    return Promise.resolve();
  });
  expect(told).toEqual(['early', 'late']);
});

it('what a wait or an end rejects with is passed on, and the end is over', async () => {
  const endings = createEndings();
  const broken = new Error('broken');
  await expect(endings.unlessEnding('box', () => Promise.reject(broken))).rejects.toBe(broken);
  await expect(endings.during('box', () => Promise.reject(broken))).rejects.toBe(broken);
  await expect(endings.unlessEnding('box', () => Promise.reject(broken))).rejects.toBe(broken);
});
