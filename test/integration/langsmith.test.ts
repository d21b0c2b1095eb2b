import assert from 'node:assert/strict';
import { commands as editor, env, workspace, window } from 'vscode';
import { commands, views } from '../../src/contributions';
import type { Window } from '../../src/window';
import type { Session } from '../../src/app/session';
import { until } from '../harness/until';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { activated } from './access';
import { connected } from './connected';

suite('a connection to LangSmith', () => {
  let api: ScriptedApi;
  let host: Window;

  setup(async () => {
    api = await startScriptedApi();
    host = await activated();
    await connected(host, api);
  });

  teardown(async () => {
    await host.desk.connections.signOut();
    await api.close();
  });

  test('keeps the key in the secret storage and nowhere else', async () => {
    const { secrets, globalState, workspaceState } = host.context;
    const kept = await secrets.get(`langsmithSandboxes.apiKey:${api.endpoint}`);
    assert.equal(kept, api.apiKey);
    for (const state of [globalState, workspaceState]) {
      for (const entry of state.keys()) {
        assert.ok(!JSON.stringify(state.get(entry)).includes(api.apiKey), entry);
      }
    }
    assert.ok(!JSON.stringify(workspace.getConfiguration('langsmithSandboxes')).includes(api.apiKey));
    assert.ok(!JSON.stringify(process.env).includes(api.apiKey));
  });

  test('deletes the key on sign-out', async () => {
    await host.desk.connections.signOut();
    assert.equal(await host.context.secrets.get(`langsmithSandboxes.apiKey:${api.endpoint}`), undefined);
    assert.equal(host.desk.memory.target, undefined);
  });

  test('lists what is there once a view is in sight', async () => {
    api.addBox({ name: 'agent' });
    api.addSnapshot({ name: 'python' });
    await editor.executeCommand(`${views.sandboxes}.focus`);
    const { inventory } = session(host);
    await until('the sandbox', () => inventory.boxes.items.find(({ name }) => name === 'agent'));
    await until('the snapshot', () => inventory.snapshots.items.find(({ name }) => name === 'python'));
  });

  test('stops, starts and copies by commands that are given a row’s id', async () => {
    const box = api.addBox({ name: 'agent' });
    await editor.executeCommand(commands.refresh);
    await editor.executeCommand(commands.stopSandbox, box.id);
    assert.equal(session(host).inventory.boxes.find(box.id)?.status, 'stopped');
    await editor.executeCommand(commands.startSandbox, box.id);
    assert.equal(session(host).inventory.boxes.find(box.id)?.status, 'ready');
    await editor.executeCommand(commands.copyId, box.id);
    await editor.executeCommand(commands.copyName, box.id);
  });

  test('copies the names of all rows that are selected together, in the list’s order', async () => {
    const [agent, setup] = [api.addBox({ name: 'agent' }), api.addBox({ name: 'setup' })];
    await editor.executeCommand(commands.refresh);
    await editor.executeCommand(commands.copyName, agent.id, [agent.id, setup.id]);
    assert.equal(await env.clipboard.readText(), 'setup\nagent');
  });

  test('shows a resource’s details in a document that follows it, also to its end', async () => {
    const box = api.addBox({ name: 'team/agent', run_config: { env_vars: { KEY: 'the-secret' } } });
    await editor.executeCommand(commands.refresh);
    await editor.executeCommand(commands.showDetails, box.id);
    const document = window.activeTextEditor!.document;
    const details = (): Record<string, Record<string, unknown>> =>
      JSON.parse(document.getText()) as Record<string, Record<string, unknown>>;
    assert.equal(details()['identity']!['name'], 'team/agent');
    assert.equal(details()['state']!['status'], 'ready');
    assert.equal(document.languageId, 'json');
    assert.ok(!document.getText().includes('the-secret'));
    await editor.executeCommand(commands.stopSandbox, box.id);
    await until('the document to follow', () => details()['state']!['status'] === 'stopped' || undefined);
    api.boxes.length = 0;
    await editor.executeCommand(commands.refresh);
    await until('it to say that it is gone', () => 'note' in details() || undefined);
    assert.equal(details()['identity']!['id'], box.id);
    await editor.executeCommand('workbench.action.closeActiveEditor');
  });

  test('loads a further page', async () => {
    for (let index = 0; index < 120; index++) api.addSnapshot();
    await editor.executeCommand(commands.refresh);
    assert.equal(session(host).inventory.snapshots.items.length, 50);
    await editor.executeCommand(commands.loadMore, 'snapshots');
    assert.equal(session(host).inventory.snapshots.items.length, 100);
  });

  test('reads the page size from the settings', async () => {
    const configuration = workspace.getConfiguration('langsmithSandboxes');
    await configuration.update('pageSize', 7, true);
    try {
      for (let index = 0; index < 9; index++) api.addSnapshot();
      await editor.executeCommand(commands.refresh);
      assert.ok(api.seen.includes('GET /snapshots?limit=7&offset=0'), api.seen.join('\n'));
    } finally {
      await configuration.update('pageSize', undefined, true);
    }
  });
});

function session({ desk }: Window): Session {
  const { session } = desk.connections.current.value;
  assert.ok(session, 'There is a session while connected.');
  return session;
}
