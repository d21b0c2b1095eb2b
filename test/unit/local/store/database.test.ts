import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as esbuild from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { inTransaction, openDatabase, type Database } from '../../../../src/local/store/database';
import { instanceOf } from '../../../../src/local/store/instance';
import { allSnapshots, insertSnapshot } from '../../../../src/local/store/snapshots';
import { newSnapshot } from '../fixture/rows';
import { temporaryFolder } from '../fixture/temporary-folder';

function open(file: string): Database {
  const database = openDatabase(file);
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return database;
}

it('what was written is there after a reopening, and so is the instance', () => {
  const file = path.join(temporaryFolder(), 'store.db');
  const first = open(file);
  const { id } = insertSnapshot(first, newSnapshot({ name: 'kept' }), 'latest');
  const instance = instanceOf(first);
  first.close();
  const second = open(file);
  expect(allSnapshots(second)).toMatchObject([{ id, name: 'kept', tags: ['latest'] }]);
  expect(instanceOf(second)).toBe(instance);
  expect(instance).toMatch(/^[0-9a-f]{12}$/);
});

it('two stores have two instances', () => {
  const folder = temporaryFolder();
  const [one, two] = [open(path.join(folder, '1.db')), open(path.join(folder, '2.db'))];
  expect(instanceOf(one)).not.toBe(instanceOf(two));
});

it('a transaction that fails leaves nothing', () => {
  const database = open(path.join(temporaryFolder(), 'store.db'));
  const failing = (): void =>
    inTransaction(database, () => {
      database.run("INSERT INTO facts (name, value) VALUES ('a', 'b')");
      throw new Error('on purpose');
    });
  expect(failing).toThrow('on purpose');
  expect(database.all('SELECT * FROM facts')).toEqual([]);
});

it('a store of a newer version is refused with a sentence, and not touched', () => {
  const file = path.join(temporaryFolder(), 'store.db');
  const database = open(file);
  database.exec('PRAGMA user_version = 999');
  database.close();
  expect(() => openDatabase(file)).toThrow('newer version of LangSmith Sandboxes');
});

it('after kill -9 of its writer, a store opens and has every row that was told as written', async () => {
  const folder = temporaryFolder();
  const bundle = path.join(folder, 'writer.cjs');
  await esbuild.build({
    entryPoints: [path.resolve(__dirname, '../fixture/writer.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['node-sqlite3-wasm'],
  });
  const file = path.join(folder, 'store.db');
  const modules = path.resolve(createRequire(import.meta.url).resolve('node-sqlite3-wasm'), '../../..');
  const writer = spawn(process.execPath, [bundle, file], { env: { ...process.env, NODE_PATH: modules } });
  const told: string[] = [];
  createInterface(writer.stdout).on('line', (id) => {
    told.push(id);
    if (told.length === 5) writer.kill('SIGKILL');
  });
  await once(writer, 'close');
  expect(told.length).toBeGreaterThanOrEqual(5);
  expect(existsSync(`${file}.lock`)).toBe(true);
  const ids = allSnapshots(open(file)).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(told));
});
