import type { Uri } from 'vscode';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Secret } from '../../../../src/api/secret';
import type { Target } from '../../../../src/app/target';
import { startScriptedApi, type ScriptedApi } from '../../app/scripted-api';
import { sharedState, windowOver } from '../../app/window';

const nothing = { dispose: () => undefined };

vi.mock('vscode', async () => ({
  ...(await import('../l10n')),
  EventEmitter: class {
    readonly event = (): unknown => nothing;
    readonly fire = (): void => undefined;
    readonly dispose = (): void => undefined;
  },
  Uri: { from: (parts: object) => ({ ...parts, toString: () => JSON.stringify(parts) }) },
  workspace: {
    textDocuments: [],
    registerTextDocumentContentProvider: () => nothing,
    onDidCloseTextDocument: () => nothing,
  },
}));

const editor = await import('vscode');
const { DetailsProvider } = await import('../../../../src/ui/details/details-provider');
const { detailsUri } = await import('../../../../src/ui/details/details-uri');

const { signal } = new AbortController();

async function scriptedApi(): Promise<ScriptedApi> {
  const api = await startScriptedApi();
  onTestFinished(() => api.close());
  return api;
}

/** A window with a connection by the lasting name `work` there, of which a document is open, and one elsewhere. */
async function twoOfOneName() {
  const [api, elsewhere] = [await scriptedApi(), await scriptedApi()];
  const shared = sharedState();
  const window = windowOver(shared);
  const [first, second] = [api, elsewhere].map(({ endpoint }) => ({ endpoint, name: 'work' }));
  await window.connectLangSmith(first!, new Secret(api.apiKey), signal);
  const box = api.addBox();
  const documents = new DetailsProvider(window, shared.memory, (text) => text);
  onTestFinished(() => documents.dispose());
  const uri = detailsUri('sandbox', box, window.current.value.session!.target);
  const read = async (of: Uri = uri): Promise<Record<string, unknown>> =>
    JSON.parse(await documents.provideTextDocumentContent(of)) as Record<string, unknown>;
  const firstTarget: Target = { ...first!, kind: 'langsmith' };
  const rename = async (title: string): Promise<void> => {
    await shared.memory.renameProfile(first!, title);
    window.renamed();
  };
  const connectElsewhere = () => window.connectLangSmith(second!, new Secret(elsewhere.apiKey), signal);
  return { window, box, uri, read, rename, connectElsewhere, firstTarget };
}

it('is of its own connection alone, and names that as it is called by now', async () => {
  const { window, box, read, rename, connectElsewhere, firstTarget } = await twoOfOneName();
  expect(await read()).toMatchObject({ identity: { id: box.id } });
  await rename('prod');
  await connectElsewhere();
  expect(await read()).toMatchObject({ identity: { id: box.id }, note: 'Not connected to prod.' });
  await window.connectTo(firstTarget, signal);
  expect(await read()).not.toHaveProperty('note');
});

it('opens again when an earlier version opened it', async () => {
  const { window, box, uri, read, rename } = await twoOfOneName();
  const { scheme, path, query } = uri;
  const earlier = editor.Uri.from({ scheme, path, query, fragment: 'work' });
  await rename('prod');
  expect(await read(earlier)).toMatchObject({ identity: { id: box.id } });
  await window.signOut();
  expect(await read(earlier)).toMatchObject({ note: 'Not connected to work.' });
});
