import { describe, expect, it } from 'vitest';
import { findSandbox, searchSandboxes, searchSnapshots } from '../../../src/app/search';
import { sessionOverScriptedApi } from './session-over';

const { signal } = new AbortController();

describe('searching', () => {
  it('finds by part of a name among more sandboxes than a page holds', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.addBox({ name: 'the-one' });
    for (let index = 0; index < 80; index++) api.addBox({ name: `other-${index}` });
    const found = await searchSandboxes(session, 'THE-O', [], signal);
    expect(found.map(({ name }) => name)).toEqual(['the-one']);
  });

  it('finds by a pasted id', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox({ name: 'the-one' });
    expect(await searchSandboxes(session, box.id, [], signal)).toMatchObject([{ name: 'the-one' }]);
  });

  it('finds a snapshot by name and tag', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const snapshot = api.addSnapshot({ name: 'python' });
    api.override = (line) =>
      line === 'GET /snapshots/python%3A3' ? { status: 200, body: snapshot } : undefined;
    expect(await searchSnapshots(session, 'python:3', ['ready'], signal)).toMatchObject([
      { id: snapshot.id },
    ]);
  });

  it('gives only those in the wanted states, also by id', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.addBox({ name: 'a-stopped', status: 'stopped' });
    api.addBox({ name: 'a-failed', status: 'failed' });
    const running = api.addBox({ name: 'a-running' });
    const found = await searchSandboxes(session, 'a-', ['stopped', 'failed'], signal);
    expect(found.map(({ name }) => name)).toEqual(['a-stopped', 'a-failed']);
    expect(await searchSandboxes(session, running.id, ['stopped'], signal)).toEqual([]);
  });

  it('knows that a name is free', async () => {
    const { session } = await sessionOverScriptedApi();
    expect(await findSandbox(session, 'free', { signal })).toBeUndefined();
  });
});
