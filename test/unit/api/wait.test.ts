import { describe, expect, it } from 'vitest';
import { pollDelay, waitForBox, waitForSnapshot } from '../../../src/api/wait';
import { Transport } from '../../../src/api/transport';
import { reply, scripted } from './scripted-server';

const snapshot = (status: string, status_message?: string): object => ({
  id: 's1',
  name: 'python',
  status,
  status_message,
  fs_capacity_bytes: 1,
});

describe('waiting for a snapshot', () => {
  it('tells every step and gives it when it is ready', async () => {
    const { transport } = await scripted((response, _, count) =>
      reply(response, 200, count < 3 ? snapshot('building', `step ${count}`) : snapshot('ready')),
    );
    const steps: unknown[] = [];
    const ready = await waitForSnapshot(transport, 's1', {
      timeoutMs: 10_000,
      onUpdate: ({ status_message }) => steps.push(status_message),
    });
    expect(ready.status).toBe('ready');
    expect(steps).toEqual(['step 1', 'step 2', undefined]);
  });

  it.each(['failed', 'deleting'])('ends at once when it is %s, with the reason', async (status) => {
    const { transport, seen } = await scripted((response) =>
      reply(response, 200, snapshot(status, 'disk full')),
    );
    await expect(waitForSnapshot(transport, 's1', { timeoutMs: 10_000 })).rejects.toMatchObject({
      name: 'ResourceFailedError',
      message: 'disk full',
      status,
      resourceName: 'python',
    });
    expect(seen).toHaveLength(1);
  });

  it('looks a last time at its deadline before it gives up', async () => {
    const { transport, seen } = await scripted((response) => reply(response, 200, snapshot('building')));
    await expect(waitForSnapshot(transport, 's1', { timeoutMs: 1 })).rejects.toMatchObject({
      name: 'WaitTimeoutError',
      status: 'building',
    });
    expect(seen).toHaveLength(2);
  });

  it.each(['unavailable', 'ambiguous'])('goes on after a look that ends %s', async (kind) => {
    const { transport, seen } = await scripted((response, _, count) => {
      if (count > 4) reply(response, 200, snapshot('ready'));
      else if (kind === 'ambiguous') response.destroy();
      else reply(response, 503, { detail: 'busy' }, { 'retry-after': '0' });
    });
    expect(await waitForSnapshot(transport, 's1', { timeoutMs: 60_000 })).toMatchObject({ status: 'ready' });
    expect(seen).toHaveLength(5);
  });

  it('asks where the server is before each look, so that one that came back elsewhere is found', async () => {
    const gone = new Transport({ endpoint: 'http://127.0.0.1:1' });
    const { transport } = await scripted((response) => reply(response, 200, snapshot('ready')));
    const reaches = [gone, transport];
    const reach = (): Transport => reaches.shift() ?? transport;
    expect(await waitForSnapshot(reach, 's1', { timeoutMs: 60_000 })).toMatchObject({ status: 'ready' });
    await gone.close();
  });

  it('rejects with the last failure when its own deadline comes without an answer', async () => {
    const gone = new Transport({ endpoint: 'http://127.0.0.1:1' });
    await expect(waitForSnapshot(gone, 's1', { timeoutMs: 1 })).rejects.toMatchObject({
      kind: 'unreachable',
    });
    await gone.close();
  });

  it.each([401, 403, 404])('ends at once when a look is answered with %i', async (status) => {
    const { transport, seen } = await scripted((response) => reply(response, status, { detail: 'no' }));
    await expect(waitForSnapshot(transport, 's1', { timeoutMs: 60_000 })).rejects.toMatchObject({ status });
    expect(seen).toHaveLength(1);
  });

  it('stops with the caller’s reason between polls', async () => {
    const { transport } = await scripted((response) => reply(response, 200, snapshot('building')));
    const abort = new AbortController();
    const wait = waitForSnapshot(transport, 's1', {
      timeoutMs: 60_000,
      signal: abort.signal,
      onUpdate: () => setImmediate(() => abort.abort('enough')),
    });
    await expect(wait).rejects.toBe('enough');
  });

  it('is not held up by a server that hangs', async () => {
    const { transport } = await scripted(() => undefined);
    const abort = new AbortController();
    const wait = waitForSnapshot(transport, 's1', { timeoutMs: 60_000, signal: abort.signal });
    setTimeout(() => abort.abort('enough'), 20);
    await expect(wait).rejects.toBe('enough');
  });
});

describe('waiting for a sandbox', () => {
  it('gives the whole sandbox, with its dataplane', async () => {
    const { transport, seen } = await scripted((response, request) =>
      request.url.endsWith('/status')
        ? reply(response, 200, { status: 'ready' })
        : reply(response, 200, { id: 'b1', name: 'mine', status: 'ready', dataplane_url: 'http://x' }),
    );
    expect(await waitForBox(transport, 'b1', { timeoutMs: 1000 })).toMatchObject({
      dataplane_url: 'http://x',
    });
    expect(seen).toHaveLength(2);
  });

  it.each(['failed', 'stopped', 'deleting'])('ends at once when it is %s', async (status) => {
    const { transport, seen } = await scripted((response) => reply(response, 200, { status }));
    await expect(waitForBox(transport, 'b1', { timeoutMs: 60_000 })).rejects.toMatchObject({ status });
    expect(seen).toHaveLength(1);
  });

  it('goes on when the sandbox itself could not be read once', async () => {
    const { transport } = await scripted((response, request, count) => {
      if (request.url.endsWith('/status')) reply(response, 200, { status: 'ready' });
      else if (count < 6) response.destroy();
      else reply(response, 200, { id: 'b1', status: 'ready' });
    });
    expect(await waitForBox(transport, 'b1', { timeoutMs: 60_000 })).toMatchObject({ id: 'b1' });
  });

  it('can wait for it to be stopped', async () => {
    const { transport } = await scripted((response, request, count) =>
      reply(
        response,
        200,
        request.url.endsWith('/status') && count < 2 ? { status: 'ready' } : { status: 'stopped' },
      ),
    );
    expect(await waitForBox(transport, 'b1', { timeoutMs: 10_000, until: 'stopped' })).toMatchObject({
      status: 'stopped',
    });
  });
});

it('polls ramp from 30 ms to 2 s', () => {
  const delays = Array.from({ length: 40 }, (_, attempt) => pollDelay(attempt));
  expect(delays[0]).toBe(30);
  expect(delays.at(-1)).toBe(2000);
  expect(delays).toEqual([...delays].sort((a, b) => a - b));
});
