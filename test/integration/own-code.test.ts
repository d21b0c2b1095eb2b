import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { commands as editor, ShellExecution, ShellQuoting, Task, tasks, TaskScope, window } from 'vscode';
import { Secret } from '../../src/api/secret';
import { commands } from '../../src/contributions';
import type { Window } from '../../src/window';
import { until } from '../harness/until';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { activated } from './access';

const { signal } = new AbortController();
/** What a program finds, one line a variable. */
const told = 'printf "%s|%s|%s" "$LANGSMITH_ENDPOINT" "$LANGSMITH_API_KEY" "$LANGSMITH_WORKSPACE_ID" > ';

suite('the user’s own programs', () => {
  let api: ScriptedApi;
  let host: Window;
  let folder: string;

  setup(async () => {
    api = await startScriptedApi();
    host = await activated();
    folder = await mkdtemp(path.join(os.tmpdir(), 'own-code-'));
    const profile = { endpoint: api.endpoint, workspaceId: 'w1' };
    const outcome = await host.desk.connections.connectLangSmith(profile, new Secret(api.apiKey), signal);
    assert.equal(outcome.kind, 'done');
  });

  teardown(async () => {
    await host.desk.terminalAccess.stop();
    await host.desk.connections.signOut();
    await api.close();
    await rm(folder, { recursive: true });
  });

  async function inTerminal(): Promise<string> {
    const file = path.join(folder, 'terminal');
    const line = `${told}'${file}.part' && mv '${file}.part' '${file}'`;
    const terminal = window.createTerminal({ shellPath: '/bin/sh', shellArgs: ['-c', line] });
    try {
      return await read(file);
    } finally {
      terminal.dispose();
      await rm(file);
    }
  }

  async function inTask(): Promise<string> {
    const file = path.join(folder, 'task');
    const line = `${told}'${file}.part' && mv '${file}.part' '${file}'`;
    const execution = new ShellExecution('/bin/sh', ['-c', { value: line, quoting: ShellQuoting.Strong }]);
    await tasks.executeTask(new Task({ type: 'shell' }, TaskScope.Workspace, 'tell', 'test', execution));
    return read(file);
  }

  test('find nothing of the connection before the user wants it', async () => {
    assert.equal(host.context.environmentVariableCollection.get('LANGSMITH_ENDPOINT'), undefined);
    assert.equal(await inTerminal(), '||');
  });

  test('find the endpoint, the workspace and, when it was given, the key; and nothing after signing out', async () => {
    const { target } = host.desk.connections.current.value.session!;
    await host.desk.terminalAccess.use(target, 'without-key');
    assert.equal(await inTerminal(), `${api.endpoint}||w1`);
    await host.desk.terminalAccess.use(target, 'with-key');
    assert.equal(await inTerminal(), `${api.endpoint}|${api.apiKey}|w1`);
    assert.equal(await inTask(), `${api.endpoint}|${api.apiKey}|w1`);
    assert.equal(host.context.environmentVariableCollection.persistent, false);
    const { workspaceState } = host.context;
    for (const entry of workspaceState.keys()) {
      assert.ok(!JSON.stringify(workspaceState.get(entry)).includes(api.apiKey), entry);
    }
    await host.desk.connections.signOut();
    assert.equal(await inTerminal(), '||');
  });

  test('find nothing any more once the user takes it back', async () => {
    const { target } = host.desk.connections.current.value.session!;
    await host.desk.terminalAccess.use(target, 'with-key');
    await editor.executeCommand(commands.stopUsingInTerminals);
    assert.equal(await inTerminal(), '||');
  });

  async function read(file: string): Promise<string> {
    return until('the program to tell', () => readFile(file, 'utf8').catch(() => undefined));
  }
});
