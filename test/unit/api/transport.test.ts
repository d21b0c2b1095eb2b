import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createBox } from '../../../src/api/boxes';
import { execute } from '../../../src/api/commands';
import { listSnapshots } from '../../../src/api/snapshots';
import { Transport } from '../../../src/api/transport';
import { reply, scripted } from './scripted-server';
import { stopClock } from './stopped-clock';

describe('a call', () => {
  it('carries the key in a header and nowhere else', async () => {
    const { transport, seen, records } = await scripted((response) => reply(response, 200, { items: [] }));
    await listSnapshots(transport, { limit: 5, name_contains: 'a b' });
    expect(seen[0]?.headers['x-api-key']).toBe('key-for-the-wire');
    expect(seen[0]?.url).toBe('/api/v2/sandboxes/snapshots?limit=5&name_contains=a%20b');
    expect(records).toEqual([
      {
        method: 'GET',
        path: '/api/v2/sandboxes/snapshots',
        status: 200,
        durationMs: expect.any(Number) as number,
      },
    ]);
    expect(JSON.stringify({ records, transport })).not.toContain('key-for-the-wire');
  });

  it('is not sent once the transport is closed, be it before the first or during it', async () => {
    const answer = (response: ServerResponse): unknown => reply(response, 200, {});
    const [early, late] = [await scripted(answer), await scripted(answer)];
    const sent = ({ transport }: typeof early): Promise<void> =>
      expect(transport.send({ method: 'POST', url: transport.url('boxes') })).rejects.toMatchObject({
        kind: 'ambiguous',
      });
    await early.transport.close();
    await sent(early);
    const duringClose = sent(late);
    await late.transport.close();
    await duringClose;
    expect([...early.seen, ...late.seen]).toEqual([]);
  });

  it('that only reads is sent again after 503, when the server says', async () => {
    const { transport, seen } = await scripted((response, _, count) => {
      if (count < 3) reply(response, 503, { detail: 'busy' }, { 'retry-after': '0' });
      else reply(response, 200, { items: [] });
    });
    await listSnapshots(transport);
    expect(seen).toHaveLength(3);
  });

  it.each([
    ['seconds', () => '7'],
    ['a date', () => new Date(Date.now() + 7_000).toUTCString()],
  ])('that only reads is sent again not before the pause that the server wants, in %s', async (_, after) => {
    const clock = stopClock();
    // Dates tell whole seconds.
    clock.advance(1_000 - (Date.now() % 1_000));
    const { transport, seen } = await scripted((response, { url }) => {
      if (!url.endsWith('snapshots')) reply(response, 200, {});
      else if (seen.length > 1) reply(response, 200, { items: [] });
      else reply(response, 429, { detail: 'busy' }, { 'retry-after': after() });
    });
    const listed = listSnapshots(transport);
    await clock.until(() => clock.timers.includes(7_000), true);
    clock.advance(6_999);
    await transport.send({ method: 'GET', url: transport.url('usage') });
    expect(seen.map(({ url }) => url.split('/').at(-1))).toEqual(['snapshots', 'usage']);
    clock.advance(1);
    expect(await listed).toEqual({ items: [] });
  });

  it('that only reads gives up with the server’s last sentence', async () => {
    const { transport, seen } = await scripted((response) =>
      reply(response, 503, { detail: { message: 'no host', error_id: 'e9' } }, { 'retry-after': '0' }),
    );
    await expect(listSnapshots(transport)).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'no host',
      errorId: 'e9',
    });
    expect(seen).toHaveLength(4);
  });

  it('is not sent again when the server wants a longer pause than its time allows: its sentence is told', async () => {
    const { transport, seen } = await scripted((response) =>
      reply(response, 429, { detail: 'quota used up until noon' }, { 'retry-after': '3600' }),
    );
    await expect(listSnapshots(transport)).rejects.toMatchObject({
      kind: 'quota',
      message: 'quota used up until noon',
    });
    expect(seen).toHaveLength(1);
  });

  it.each([409, 429, 500, 502, 503, 504])(
    'that changes something is sent once, whatever (%i)',
    async (status) => {
      const { transport, seen } = await scripted((response) =>
        reply(response, status, {}, { 'retry-after': '0' }),
      );
      await expect(createBox(transport, { name: 'mine' })).rejects.toMatchObject({ status });
      expect(seen).toHaveLength(1);
    },
  );

  it('that runs a command is sent once when the connection breaks', async () => {
    const { transport, seen } = await scripted((response) => response.destroy());
    await expect(execute(transport, { id: 'b1' }, { command: 'true' })).rejects.toMatchObject({
      kind: 'ambiguous',
    });
    expect(seen).toHaveLength(1);
  });

  it('rejects with the caller’s own reason as soon as it is aborted', async () => {
    const { transport, seen } = await scripted(() => undefined);
    const abort = new AbortController();
    const call = listSnapshots(transport, {}, { signal: abort.signal });
    await expect.poll(() => seen.length).toBe(1);
    abort.abort('changed my mind');
    await expect(call).rejects.toBe('changed my mind');
    expect(seen).toHaveLength(1);
  });

  it('rejects with its own timeout when no answer comes', async () => {
    const { transport } = await scripted(() => undefined);
    await expect(listSnapshots(transport, {}, { timeoutMs: 50 })).rejects.toMatchObject({ kind: 'deadline' });
  });

  it('is bounded while the body stalls too', async () => {
    const { transport } = await scripted((response) => response.writeHead(200).write('{"items":'));
    await expect(listSnapshots(transport, {}, { timeoutMs: 100 })).rejects.toMatchObject({
      kind: 'deadline',
    });
  });

  it('says that no server answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const transport = new Transport({ endpoint: `http://127.0.0.1:${port}` });
    await expect(listSnapshots(transport)).rejects.toMatchObject({
      kind: 'unreachable',
      obstacle: { problem: 'no-server', code: 'ECONNREFUSED' },
    });
    await transport.close();
  });

  it('reads no more of an endless error than its sentence needs', async () => {
    const { transport } = await scripted((response) => {
      response.writeHead(500);
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(65_536), more);
      };
      more();
    });
    await expect(listSnapshots(transport)).rejects.toMatchObject({ kind: 'server', status: 500 });
  });

  it('refuses a success that is not JSON', async () => {
    const { transport } = await scripted((response) => response.writeHead(200).end('<html>'));
    await expect(listSnapshots(transport)).rejects.toMatchObject({ kind: 'server', status: 200 });
  });
});
