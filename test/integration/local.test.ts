import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Uri, workspace } from 'vscode';
import type { Window } from '../../src/window';
import { until } from '../harness/until';
import { activated } from './access';

const { signal } = new AbortController();

suite('Local', () => {
  let host: Window;

  setup(async () => {
    host = await activated();
  });

  teardown(() => host.desk.connections.signOut());

  test('says where it looked when the engine of the settings does not answer', async () => {
    const configuration = workspace.getConfiguration('langsmithSandboxes');
    await configuration.update('local.engine', 'tcp://127.0.0.1:1', true);
    try {
      const outcome = await host.desk.connections.connectTo({ kind: 'local' }, signal);
      assert.ok(outcome.kind === 'failed');
      assert.equal(outcome.failure.cause, 'no-engine');
      assert.match(outcome.failure.reason, /127\.0\.0\.1:1/);
    } finally {
      await configuration.update('local.engine', undefined, true);
    }
  });

  test('starts a server over the engine, and finds the same one again', async function () {
    if (!process.env.DOCKER_HOST) return this.skip(); // No engine was set up for this run.
    const first = await host.desk.connections.connectTo({ kind: 'local' }, signal);
    assert.equal(first.kind, 'done', JSON.stringify(first));
    const { pid } = await serverFile(host);
    try {
      await host.desk.connections.signOut();
      assert.equal((await host.desk.connections.connectTo({ kind: 'local' }, signal)).kind, 'done');
      assert.equal((await serverFile(host)).pid, pid);
      const { session } = host.desk.connections.current.value;
      await session?.inventory.boxes.refresh();
      assert.equal(session?.inventory.boxes.listing.value.state, 'ready');
    } finally {
      await host.desk.connections.signOut();
      process.kill(pid, 'SIGTERM');
      await until('the end of the server', () => (isAlive(pid) ? undefined : true));
    }
  });
});

async function serverFile({ context }: Window): Promise<{ pid: number }> {
  const folder = Uri.joinPath(context.globalStorageUri, 'local').fsPath;
  return JSON.parse(await readFile(path.join(folder, 'server.json'), 'utf8')) as { pid: number };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
