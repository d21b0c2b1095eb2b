import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileAt } from '../../../src/app/files/sandbox-files';
import { runningServer } from '../local/fixture/running-server';
import { unique } from '../local/fixture/wire';
import { boxFilesOn, bytes, readText, type BoxFiles } from './fixture/box-files';

const running = runningServer();
let [one, other]: BoxFiles[] = [];
let id: string;

beforeAll(async () => {
  [one, other] = [boxFilesOn(running.server), boxFilesOn(running.server)];
  const name = `two-${unique()}`;
  await running.wire.build(name);
  ({ id } = await running.wire.boot({ snapshot: name }));
});
afterAll(async () => {
  await one!.close();
  await other!.close();
});

const no = (): Promise<boolean> => Promise.resolve(false);
const yes = (): Promise<boolean> => Promise.resolve(true);
const never = (): Promise<boolean> => Promise.reject(new Error('It asked.'));
const save = (by: BoxFiles | undefined, at: FileAt, text: string, ask = never): Promise<void> =>
  by!.files.write(at, bytes(text), { create: true, overwrite: true }, ask);
const stands = async ({ path }: FileAt): Promise<string> => (await running.wire.download(id, path)).text();

/** A file that both have open. */
async function shared(path: string): Promise<FileAt> {
  const at = { id, path };
  await running.wire.upload(id, path, 'it was');
  for (const each of [one, other]) expect(await readText(each!, at)).toBe('it was');
  return at;
}

it('who saves second is asked, however soon, until one of the two texts is chosen', async () => {
  const at = await shared('/srv/second');
  await save(one, at, 'mine 1');
  await expect(save(other, at, 'yours!', no)).rejects.toMatchObject({ problem: 'changed' });
  await expect(save(other, at, 'yours!', no)).rejects.toMatchObject({ problem: 'changed' });
  expect(await stands(at)).toBe('mine 1');
  await save(one, at, 'mine 2');
  await save(other, at, 'yours!', yes);
  expect(await stands(at)).toBe('yours!');
  await expect(save(one, at, 'mine 3', no)).rejects.toMatchObject({ problem: 'changed' });
});

it('a file that somebody else has deleted is made again by a save', async () => {
  const at = await shared('/srv/deleted');
  await one!.files.remove(at, false);
  expect(await other!.files.changeOf(at)).toBe('removed');
  await save(other, at, 'still wanted');
  expect(await stands(at)).toBe('still wanted');
});
