import { expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../../src/api/secret';
import { Observable } from '../../../../src/app/observable';
import { Polling } from '../../../../src/app/polling/polling';
import { startFaultProxy } from '../../../harness/fault-proxy';
import { until } from '../../../harness/until';
import { startScriptedApi } from '../scripted-api';
import { sharedState, windowOver } from '../window';

it('a look that is answered late undoes nothing that a list told meanwhile', async () => {
  const api = await startScriptedApi();
  onTestFinished(() => api.close());
  const proxy = await startFaultProxy(api.endpoint);
  onTestFinished(() => proxy.close());
  const window = windowOver(sharedState());
  await window.connectLangSmith(
    { endpoint: proxy.endpoint },
    new Secret(api.apiKey),
    new AbortController().signal,
  );
  const session = window.current.value.session!;
  const { boxes } = session.inventory;
  const lasting = api.addBox({ status: 'provisioning' });
  const leaving = api.addBox({ status: 'deleting' });
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  proxy.fault = ({ kind }) => (kind === 'look' ? { kind: 'late', until: released } : undefined);

  const quick = { usualMs: 5, failingMs: 5, awayMs: 5, slowestMs: 5 };
  const visibility = new Observable({ boxes: true, snapshots: false, focused: false });
  const polling = new Polling(window, visibility, { looks: quick, lists: quick });
  onTestFinished(() => polling.dispose());
  await until('both to be looked at', () => proxy.counts().look === 2 || undefined);
  await until('the server to have answered', () => api.seen.at(-2)?.endsWith('/status') || undefined);
  lasting.status = 'ready';
  api.boxes.splice(api.boxes.indexOf(leaving), 1);
  await polling.refresh(session);
  const shown: (string | undefined)[][] = [];
  const look = (): unknown => shown.push([lasting, leaving].map(({ id }) => boxes.find(id)?.status));
  look();
  boxes.listing.subscribe(look);
  proxy.fault = undefined;
  release();
  await until('the late answers', () => proxy.passages.every(({ answeredAt }) => answeredAt) || undefined);
  await polling.refresh(session);
  expect(new Set(shown.map(String))).toEqual(new Set(['ready,']));
});
