import { env, l10n, Uri } from 'vscode';
import type { Failure } from '../../app/failure';
import type { Outcome, Run } from '../../app/outcome';
import { targetName, type Session, type Target } from '../../app/session';
import { isFailureExplained } from '../context-keys';
import type { Desk } from '../desk';
import { notice, type Remedy } from '../notice';
import { runAction } from '../run-action';
import { askLangSmith } from '../wizards/connect';
import { askWhereTo } from '../wizards/where-to';

const howToGetEngineUrl = 'https://docs.docker.com/engine/install/';

export async function connect(desk: Desk): Promise<void> {
  const chosen = await askWhereTo(desk);
  if (chosen === 'another') await connectLangSmith(desk);
  else if (chosen) await connectTo(desk, chosen);
}

/** To one of the known ones. */
export async function connectTo(desk: Desk, target: Target): Promise<void> {
  await run(desk, target, ({ signal }) => desk.connections.connectTo(target, signal));
}

export async function connectLocal(desk: Desk): Promise<void> {
  await run(desk, { kind: 'local' }, ({ signal }) => desk.connections.connectLocal(signal));
}

export async function connectLangSmith(desk: Desk): Promise<void> {
  const before = desk.memory.target;
  const answers = await askLangSmith(desk, before?.kind === 'langsmith' ? before.endpoint : undefined);
  if (!answers) return;
  const { endpoint, apiKey } = answers;
  await run(desk, { kind: 'langsmith', endpoint }, ({ signal }) =>
    desk.connections.connectLangSmith(endpoint, apiKey, signal),
  );
}

/** Once more what failed, or what the last window was connected to. */
export async function reconnect(desk: Desk): Promise<void> {
  const connection = desk.connections.current.value;
  const target = connection.state === 'signed-out' ? desk.memory.target : connection.target;
  if (!target) return connect(desk);
  await run(desk, target, ({ signal }) => desk.connections.reconnect(signal));
}

export async function howToGetEngine(): Promise<void> {
  await env.openExternal(Uri.parse(howToGetEngineUrl));
}

async function run(desk: Desk, target: Target, work: (run: Run) => Promise<Outcome<Session>>): Promise<void> {
  const isViewInSight = (): boolean => desk.trees.sandboxes.visible.value;
  await runAction<Session>(desk, undefined, {
    verb: 'connect',
    name: targetName(target),
    run: work,
    done: (_, { done }) => (isViewInSight() ? Promise.resolve() : notice('information', done)),
    isInSight: () => isViewInSight() && isFailureExplained(desk.connections.current.value),
    remedies,
  });
}

function remedies({ cause }: Failure): Remedy[] {
  return cause === 'no-engine' ? [{ title: l10n.t('How to Get an Engine'), run: howToGetEngine }] : [];
}
