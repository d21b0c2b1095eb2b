import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  commands as editor,
  Task,
  tasks,
  TaskScope,
  type TaskDefinition,
  window,
  workspace,
} from 'vscode';
import { getBoxStatus, startBox, stopBox } from '../../src/api/boxes';
import { waitForBox } from '../../src/api/wait';
import { commands } from '../../src/contributions';
import { until } from '../harness/until';
import { nextTerminal, sandboxInSight, type SandboxInSight } from './sandbox-in-sight';

suite('runs in a sandbox', () => {
  let at: SandboxInSight | undefined;

  suiteSetup(async function () {
    if (!process.env.DOCKER_HOST) return this.skip(); // No engine was set up for this run.
    at = await sandboxInSight();
  });
  suiteTeardown(() => at?.close());

  test('a file that is open runs in a sandbox as it stands there, saved or not', async () => {
    const document = await workspace.openTextDocument({
      language: 'shellscript',
      content: 'echo "sum $((40 + 2)) in $PWD"; exit 3',
    });
    await window.showTextDocument(document);
    let isOpen = false;
    const next = nextTerminal().finally(() => (isOpen = true));
    void editor.executeCommand(commands.runFile);
    await until('the only sandbox to be picked', async () => {
      await editor.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isOpen || undefined;
    });
    const { terminal, drawn } = await next;
    await until('its end', () => drawn.text.includes('Ended with exit code 3.') || undefined);
    assert.match(drawn.text, /sum 42 in \/opt/);
    terminal.dispose();
  });

  test('a file is not uploaded to be run where the sandbox’s files are to stay as they are', async () => {
    const [before, terminals] = [await at!.said('ls -d /tmp/run-*'), [...window.terminals]];
    await refusedRun(at!);
    assert.equal(await at!.said('ls -d /tmp/run-*'), before);
    assert.deepEqual(
      window.terminals.filter((terminal) => !terminals.includes(terminal)),
      [],
    );
  });

  test('nor is a stopped one started for it', async () => {
    const { session } = at!.host.desk.connections.current.value;
    const { transport } = session!;
    await stopBox(transport, at!.box.id);
    await refusedRun(at!);
    assert.equal((await getBoxStatus(transport, at!.box.id)).status, 'stopped');
    await startBox(transport, at!.box.id);
    await waitForBox(transport, at!.box.id, { timeoutMs: 60_000 });
  });

  test('a task runs in a sandbox, with its folder and its variables, and its exit code is the task’s', async () => {
    const definition = {
      type: 'langsmith-sandbox',
      sandbox: at!.box.name,
      command: 'echo "$WORD" > /root/of-task; pwd >> /root/of-task; exit 5',
      cwd: '/usr',
      env: { WORD: 'given' },
    };
    const task = await at!.host.runs.resolveTask(taskOf(definition, 'checks'), token);
    assert.ok(task);
    const ended = new Promise<number | undefined>((resolve) => {
      const listening = tasks.onDidEndTaskProcess(({ exitCode, execution }) => {
        if (execution.task.name !== 'checks') return;
        listening.dispose();
        resolve(exitCode);
      });
    });
    await tasks.executeTask(task);
    assert.equal(await ended, 5);
    assert.equal(await at!.said('cat /root/of-task'), 'given\n/usr');
  });

  test('a task that is terminated ends what it runs', async () => {
    const command = 'echo $$ > /root/of-long-task; exec sleep 4711';
    const asked = taskOf({ type: 'langsmith-sandbox', sandbox: at!.box.name, command }, 'long');
    const execution = await tasks.executeTask((await at!.host.runs.resolveTask(asked, token))!);
    const pid = await until(
      'its process',
      async () => (await at!.said('cat /root/of-long-task')) || undefined,
    );
    execution.terminate();
    await until('its end', async () => (await at!.said(`[ -d /proc/${pid} ] || echo gone`)) || undefined);
    const { session } = at!.host.desk.connections.current.value;
    assert.deepEqual(at!.host.desk.terminals.kept.left(session!.target), []);
  });
});

/** Asks for a file to be run where files are to stay as they are, until that is over. */
async function refusedRun({ host, box }: SandboxInSight): Promise<void> {
  const { readOnly } = host.desk;
  await readOnly.set(box.id, true);
  try {
    const document = await workspace.openTextDocument({ language: 'shellscript', content: 'echo run' });
    await window.showTextDocument(document);
    let isOver = false;
    const running = Promise.resolve(editor.executeCommand(commands.runFile)).finally(() => (isOver = true));
    await until('the refusal', async () => {
      await editor.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isOver || undefined;
    });
    await running;
  } finally {
    await readOnly.set(box.id, false);
  }
}

const { token } = new CancellationTokenSource();

function taskOf(definition: TaskDefinition, name: string): Task {
  return new Task(definition, TaskScope.Workspace, name, 'langsmith-sandbox');
}
