import { describe, expect, it } from 'vitest';
import { pollDelay, waitForBox, waitForSnapshot } from '../../../src/api/wait';
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

it('polls ramp from 100 ms to 2 s', () => {
  const delays = Array.from({ length: 20 }, (_, attempt) => pollDelay(attempt));
  expect(delays[0]).toBe(100);
  expect(delays.at(-1)).toBe(2000);
  expect(delays).toEqual([...delays].sort((a, b) => a - b));
});
