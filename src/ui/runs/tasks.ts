import {
  CustomExecution,
  l10n,
  Task,
  TaskScope,
  type TaskDefinition,
  type TaskProvider,
  type WorkspaceFolder,
} from 'vscode';
import { findSandbox } from '../../app/search';
import type { Program } from '../../app/terminals/shell';
import { taskType } from '../../contributions';
import { awakeBox } from '../commands/awake-sandbox';
import { sessionFor } from '../commands/session';
import type { Desk } from '../desk';
import type { Launch } from '../terminals/launch';

/** As `tasks.json` has it; its schema is in the manifest. */
interface SandboxTask extends TaskDefinition, Pick<Program, 'cwd' | 'env'> {
  /** Name or id. */
  readonly sandbox: string;
  readonly command: string;
}

const findPatience = { timeoutMs: 10_000 };

/** Runs the tasks of a workspace that are of our type; none is made up. */
export function sandboxTasks(desk: Desk): TaskProvider {
  return {
    provideTasks: () => [],
    resolveTask: ({ definition, scope, name, presentationOptions, problemMatchers }) => {
      const task = new Task(
        definition,
        isFolder(scope) ? scope : TaskScope.Workspace,
        name,
        taskType,
        new CustomExecution((resolved) =>
          Promise.resolve(
            desk.terminals.optionsFor(name, () => launchOf(desk, resolved as SandboxTask, name), 'report')
              .pty,
          ),
        ),
        problemMatchers,
      );
      task.presentationOptions = presentationOptions;
      return task;
    },
  };
}

function isFolder(scope: Task['scope']): scope is WorkspaceFolder {
  return typeof scope === 'object';
}

async function launchOf(
  desk: Desk,
  { sandbox, command, cwd, env }: SandboxTask,
  title: string,
): Promise<Launch | undefined> {
  const session = await sessionFor(desk);
  if (!session) return undefined;
  const box = await findSandbox(session, sandbox, findPatience);
  if (!box) throw new Error(l10n.t('There is no sandbox {0} on this connection.', sandbox));
  const chosen = await awakeBox(desk, session, box.id);
  return chosen && { ...chosen, title, program: () => Promise.resolve({ line: command, cwd, env }) };
}
