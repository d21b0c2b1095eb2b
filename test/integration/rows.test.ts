import assert from 'node:assert/strict';
import { commands as editor, TreeItemCollapsibleState } from 'vscode';
import { Secret } from '../../src/api/secret';
import { commands, views } from '../../src/contributions';
import type { Window } from '../../src/window';
import type { Tree } from '../../src/ui/trees/tree';
import { until } from '../harness/until';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { activated } from './access';

const { signal } = new AbortController();

suite('rows of the views', () => {
  let api: ScriptedApi;
  let host: Window;
  let sandboxes: Tree;
  let snapshots: Tree;

  setup(async () => {
    api = await startScriptedApi();
    host = await activated();
    ({ sandboxes, snapshots } = host.desk.trees);
    const outcome = await host.desk.connections.connectLangSmith(
      { endpoint: api.endpoint },
      new Secret(api.apiKey),
      signal,
    );
    assert.equal(outcome.kind, 'done');
    await editor.executeCommand(`${views.sandboxes}.focus`);
    await until('the view', () => sandboxes.visible.value || undefined);
  });

  teardown(async () => {
    await host.desk.memory.setGrouping({ by: 'none' });
    await host.desk.connections.signOut();
    await api.close();
  });

  test('stand in groups, are revealed there, and move with what they are grouped by', async () => {
    const [agent, other] = [api.addBox({ name: 'agent' }), api.addBox({ name: 'other', status: 'stopped' })];
    await editor.executeCommand(commands.refresh);
    await host.desk.memory.setGrouping({ by: 'status' });
    assert.deepEqual(sandboxes.getChildren(), ['group:status:ready', 'group:status:stopped']);
    assert.equal(sandboxes.getParent(agent.id), 'group:status:ready');
    assert.ok(await sandboxes.reveal(agent.id), 'It is selected in its group.');
    await editor.executeCommand(commands.stopSandbox, agent.id);
    assert.deepEqual(sandboxes.getChildren(), ['group:status:stopped']);
    assert.deepEqual(sandboxes.getChildren('group:status:stopped'), [other.id, agent.id]);
    assert.ok(await sandboxes.reveal(agent.id), 'It is selected in its other group.');
  });

  test('lead from a row below another to the row that it names, and nowhere when that went', async () => {
    const python = api.addSnapshot({ name: 'python', docker_image: 'python:3.12' });
    const agent = api.addBox({ name: 'agent', snapshot_id: python.id });
    await editor.executeCommand(commands.refresh);
    const row = sandboxes.getChildren(agent.id).find((id) => sandboxes.linkOf(id));
    assert.ok(row);
    assert.equal(sandboxes.getTreeItem(agent.id).collapsibleState, TreeItemCollapsibleState.Collapsed);
    assert.equal(sandboxes.getTreeItem(row).command?.command, commands.showResource);
    assert.deepEqual(sandboxes.linkOf(row), { kind: 'snapshot', id: python.id });
    await editor.executeCommand(commands.showResource, row);
    assert.ok(await snapshots.show(python.id), 'Its view has the row.');
    host.desk.connections.current.value.session?.inventory.snapshots.remove(python.id);
    await editor.executeCommand(commands.showResource, row);
    assert.equal(sandboxes.linkOf(row), undefined);
  });
});
