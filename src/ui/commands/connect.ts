import { env, l10n, Uri } from 'vscode';
import type { Failure } from '../../app/failure';
import type { Outcome, Run } from '../../app/outcome';
import type { Session } from '../../app/session';
import {
  cloudEndpoint,
  hasStoredKey,
  isSameTarget,
  targetName,
  type Profile,
  type Target,
} from '../../app/target';
import { isFailureExplained } from '../context-keys';
import type { Desk } from '../desk';
import { notice, type Remedy } from '../notice';
import { runAction } from '../run-action';
import { askLangSmith, askNewKey, type LangSmithAnswers } from '../wizards/connect';
import { askWhereTo, knownTargets } from '../wizards/where-to';
import { renameOf } from './rename-connection';
import { signOutOf } from './sign-out';

const howToGetEngineUrl = 'https://docs.docker.com/engine/install/';

export async function connect(desk: Desk): Promise<void> {
  const chosen = await askWhereTo(desk);
  switch (chosen?.to) {
    case 'another':
      return connectLangSmith(desk);
    case 'known':
      return connectTo(desk, chosen.target);
    case 'rename':
      return renameOf(desk, chosen.target);
    case 'sign-out':
      return signOutOf(desk, chosen.target);
    case undefined:
  }
}

/** To one of the known ones. */
export async function connectTo(desk: Desk, target: Target): Promise<void> {
  await run(desk, target, ({ signal }) => desk.connections.connectTo(target, signal));
}

export async function connectLocal(desk: Desk): Promise<void> {
  await run(desk, { kind: 'local' }, ({ signal }) => desk.connections.connectTo({ kind: 'local' }, signal));
}

export async function connectLangSmith(desk: Desk): Promise<void> {
  const before = desk.memory.target;
  const answers = await askLangSmith(desk, before?.kind === 'langsmith' ? before.endpoint : cloudEndpoint);
  if (answers) await connectWith(desk, answers);
}

/**
 * The key is asked for anew, and nothing else. `of` is a connection where a notification leads here; otherwise it is the
 * one the window has, or had.
 */
export async function updateKey(desk: Desk, of: unknown): Promise<void> {
  const connection = desk.connections.current.value;
  const current = connection.state === 'signed-out' ? desk.memory.target : connection.target;
  const target = isTarget(of) ? knownTargets(desk).find((known) => isSameTarget(known, of)) : current;
  if (!target || !hasStoredKey(target)) return connectLangSmith(desk);
  const { endpoint, name, title, workspaceId } = target;
  const profile: Profile = { endpoint, name, title, workspaceId };
  const apiKey = await askNewKey(desk, profile);
  if (apiKey) await connectWith(desk, { profile, apiKey });
}

async function connectWith(desk: Desk, { profile, apiKey }: LangSmithAnswers): Promise<void> {
  await run(desk, { ...profile, kind: 'langsmith' }, ({ signal }) =>
    desk.connections.connectLangSmith(profile, apiKey, signal),
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

function isTarget(given: unknown): given is Target {
  return typeof given === 'object' && given !== null && 'kind' in given && 'endpoint' in given;
}
