import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../../src/api/secret';
import { reachLocalServer } from '../../../../src/app/local-process/reach';
import type { Log } from '../../../../src/app/log';
import { serverLogPath } from '../../../../src/app/local-process/server-log';
import { until } from '../../../harness/until';
import { isAlive, serverFolder, startedIn, type ServerFolder } from './scripted-server';

const quiet: Pick<Log, 'request' | 'warn'> = { request: () => undefined, warn: () => undefined };

async function reach({ settings, keys }: ServerFolder, signal = new AbortController().signal, log = quiet) {
  const reached = await reachLocalServer(settings, keys, log, signal);
  onTestFinished(() => reached.transport.close());
  return reached;
}

describe('reaching the local server', () => {
  it('starts one', async () => {
    const folder = await serverFolder();
    const { endpoint } = await reach(folder);
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const [pid] = await startedIn(folder.settings.dataDir);
    expect(isAlive(pid!)).toBe(true);
  });

  // Read from /proc, which only Linux has: the process's group is the fifth field of its stat line.
  it.skipIf(process.platform !== 'linux')(
    'starts it in a process group of its own, to outlive us',
    async () => {
      const folder = await serverFolder();
      await reach(folder);
      const [pid] = await startedIn(folder.settings.dataDir);
      const line = await readFile(`/proc/${pid}/stat`, 'utf8');
      expect(Number(line.split(' ')[4])).toBe(pid);
    },
  );

  it('gives it the seal key on stdin and the API key by the environment, neither as an argument', async () => {
    const folder = await serverFolder();
    await reach(folder);
    const noted = (name: string) => readFile(path.join(folder.settings.dataDir, name), 'utf8');
    expect(await noted('seal-key')).toBe('the-seal-key\n');
    const given = JSON.parse(await noted('arguments')) as string[];
    expect(given).toEqual(['--data-dir', folder.settings.dataDir, '--linger', '300', '--seal-key-stdin']);
  });

  it('passes on the engine that the settings name', async () => {
    const folder = await serverFolder();
    const settings = { ...folder.settings, engineUrl: 'tcp://127.0.0.1:2375' };
    await reach({ ...folder, settings });
    const given = await readFile(path.join(folder.settings.dataDir, 'arguments'), 'utf8');
    expect(JSON.parse(given)).toEqual(expect.arrayContaining(['--engine', 'tcp://127.0.0.1:2375']));
  });

  it('finds the one that another window started', async () => {
    const folder = await serverFolder();
    const first = await reach(folder);
    const second = await reach(folder);
    expect(second.endpoint).toBe(first.endpoint);
    expect(await startedIn(folder.settings.dataDir)).toHaveLength(1);
  });

  it('takes a running one of another version, and tells the log', async () => {
    const folder = await serverFolder();
    const warnings: string[] = [];
    const log = { ...quiet, warn: (text: string) => void warnings.push(text) };
    await reach(folder, undefined, log);
    await reach(folder, undefined, log);
    expect(warnings).toEqual([]);
    await reach({ ...folder, settings: { ...folder.settings, version: '2' } }, undefined, log);
    expect(warnings).toEqual([expect.stringMatching(/is of version 1, this extension of 2/)]);
    expect(await startedIn(folder.settings.dataDir)).toHaveLength(1);
  });

  it('starts another when the one it knew is gone', async () => {
    const folder = await serverFolder();
    await reach(folder);
    const [pid] = await startedIn(folder.settings.dataDir);
    process.kill(pid!, 'SIGKILL');
    await until('its end', () => (isAlive(pid!) ? undefined : true));
    await reach(folder);
    expect(await startedIn(folder.settings.dataDir)).toHaveLength(2);
  });

  it('waits for one that another window is starting at this moment', async () => {
    const folder = await serverFolder();
    await folder.behave('in-use');
    const reaching = reach(folder);
    await until('the refused start', async () =>
      (await startedIn(folder.settings.dataDir)).length === 1 ? true : undefined,
    );
    await folder.behave('serve');
    const other = await serverFolder();
    const { endpoint } = await reach({
      ...other,
      settings: { ...folder.settings, dataDir: other.settings.dataDir },
    });
    const written = await readFile(path.join(other.settings.dataDir, 'server.json'), 'utf8');
    await writeFile(path.join(folder.settings.dataDir, 'server.json'), written);
    expect((await reaching).endpoint).toBe(endpoint);
  });

  it('tells each place that was looked at for an engine', async () => {
    const folder = await serverFolder();
    await folder.behave('no-engine');
    await expect(reach(folder)).rejects.toMatchObject({
      problem: 'no-engine',
      lines: ['DOCKER_HOST: not set', 'unix:///var/run/docker.sock: no such file'],
    });
  });

  it('tells the last lines of one that ended early', async () => {
    const folder = await serverFolder();
    await folder.behave('fault');
    await expect(reach(folder)).rejects.toMatchObject({
      problem: 'local-exited',
      lines: ['the disk is full'],
    });
  });

  it('does not mistake one that runs with another key for its own', async () => {
    const folder = await serverFolder();
    await reach(folder);
    const keys = { ...folder.keys, apiKey: new Secret('another') };
    await expect(reach({ ...folder, keys })).rejects.toMatchObject({ problem: 'local-key-refused' });
  });

  it('ends the start when it is cancelled', async () => {
    const folder = await serverFolder();
    await folder.behave('silent');
    const controller = new AbortController();
    const reaching = reach(folder, controller.signal);
    const pid = await until('the start', async () => (await startedIn(folder.settings.dataDir))[0]);
    const reason = new Error('cancelled by hand');
    controller.abort(reason);
    await expect(reaching).rejects.toBe(reason);
    await until('the end of the process', () => (isAlive(pid) ? undefined : true));
  });

  it('keeps the log for this user alone, and appends to it', async () => {
    const folder = await serverFolder();
    await folder.behave('fault');
    await reach(folder).catch(() => undefined);
    await reach(folder).catch(() => undefined);
    const file = serverLogPath(folder.settings.dataDir);
    expect(await readFile(file, 'utf8')).toBe('the disk is full\nthe disk is full\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});
