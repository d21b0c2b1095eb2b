import { l10n } from 'vscode';
import type { Snapshot } from '../../api/types';
import type { Failure } from '../../app/failure';
import { awaitSnapshot } from '../../app/operations/await-snapshot';
import { buildSnapshot as build, type BuildRequest } from '../../app/operations/build-snapshot';
import { registryName, type RegistryCredentials } from '../../app/operations/registries';
import { parseImageReference } from '../../app/image-reference';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { notice, type Remedy } from '../notice';
import { runAction, type Action } from '../run-action';
import type { ActionWords } from '../words/actions';
import { askBuild } from '../wizards/build';
import { registeredRegistries } from '../wizards/registered';
import { askCredentials } from '../wizards/registry-question';
import { createSandboxFrom } from './create-sandbox';
import { askAboutSnapshot } from './left-behind';
import { sessionFor } from './session';

export async function buildSnapshot(desk: Desk): Promise<void> {
  const session = await sessionFor(desk);
  if (!session) return;
  const request = await askBuild(desk, session);
  if (!request) return;
  await runBuild(desk, session, request);
}

async function runBuild(desk: Desk, session: Session, request: BuildRequest): Promise<void> {
  const outcome = await runAction<Snapshot, Snapshot>(desk, session, {
    ...snapshotInTheMaking(desk, session, 'build', request.snapshot.name, request.timeoutMs),
    run: (run) => build(session, request, run),
    remedies: (failure, left) => credentialRemedies(desk, session, request, failure, left),
  });
  if (outcome.kind === 'done') await desk.memory.rememberImage(request.snapshot.docker_image);
}

/** What building and capturing have in common: how they end, and that they can be waited for again. */
export function snapshotInTheMaking(
  desk: Desk,
  session: Session,
  verb: 'build' | 'capture',
  name: string,
  timeoutMs: number,
): Omit<Action<Snapshot, Snapshot>, 'run'> {
  const action: Omit<Action<Snapshot, Snapshot>, 'run'> = {
    verb,
    name,
    done: (snapshot, words) => showSnapshot(desk, snapshot, words),
    left: (snapshot, why) =>
      askAboutSnapshot(desk, session, snapshot, why, () =>
        runAction<Snapshot, Snapshot>(desk, session, {
          ...action,
          run: (run) => awaitSnapshot(session, snapshot, timeoutMs, run),
        }),
      ),
  };
  return action;
}

async function showSnapshot(desk: Desk, snapshot: Snapshot, { done }: ActionWords): Promise<void> {
  if (await desk.trees.snapshots.reveal(snapshot.id)) return;
  await notice('information', done, [
    { title: l10n.t('Create Sandbox'), run: () => createSandboxFrom(desk, snapshot.id) },
  ]);
}

/** A registry that refused: other credentials, and the same build again in place of the failed one. */
function credentialRemedies(
  desk: Desk,
  session: Session,
  request: BuildRequest,
  { cause }: Failure,
  failed: Snapshot | undefined,
): Remedy[] {
  if (cause !== 'registry-refused') return [];
  const retry = async (): Promise<void> => {
    let credentials: RegistryCredentials | undefined;
    const before = request.credentials ?? { host: hostOf(request), username: '' };
    const registered = (await registeredRegistries(desk, session)).map(({ name }) => name);
    const ownName = request.credentials && registryName(request.credentials.host);
    const turn = await askCredentials(
      l10n.t('Update Credentials'),
      before,
      registered.filter((name) => name !== ownName),
      (typed) => (credentials = typed),
    );
    if (turn !== 'next' || !credentials) return;
    desk.protect(credentials.password);
    await runBuild(desk, session, { ...request, credentials, repeats: failed?.id });
  };
  return [{ title: l10n.t('Update Credentials'), run: retry }];
}

function hostOf({ snapshot }: BuildRequest): string {
  const parsed = parseImageReference(snapshot.docker_image);
  return parsed.ok ? parsed.image.registry : '';
}
