import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { getBox } from '../../../src/api/boxes';
import { execute } from '../../../src/api/commands';
import { streamCommand } from '../../../src/api/commands/stream-command';
import { download, upload } from '../../../src/api/files';
import { readFile, statFile } from '../../../src/api/files/read-file';
import { glob, grep } from '../../../src/api/files/search';
import { holdLease } from '../../../src/api/local';
import type { Transport } from '../../../src/api/transport';
import { reply, scripted } from './scripted-server';

describe('the dataplane', () => {
  it('is reached where the sandbox says', async () => {
    const { transport, endpoint, seen } = await scripted((response) =>
      reply(response, 200, { stdout: 'hi\n', stderr: '', exit_code: 0 }),
    );
    const box = { id: 'b1', dataplane_url: `${endpoint}/v2/sandboxes/b1/` };
    expect(await execute(transport, box, { command: 'echo hi' })).toMatchObject({ stdout: 'hi\n' });
    expect(seen[0]?.url).toBe('/v2/sandboxes/b1/execute');
    expect(JSON.parse(seen[0]!.body)).toEqual({ command: 'echo hi' });
  });

  it('takes a file as multipart, byte for byte', async () => {
    const { transport, seen } = await scripted((response) =>
      reply(response, 200, { path: '/a', written: 3 }),
    );
    await upload(transport, { id: 'b1' }, '/tmp/ä b', 'x\r\ny');
    expect(seen[0]?.url).toBe('/api/v2/sandboxes/b1/upload?path=%2Ftmp%2F%C3%A4%20b');
    expect(seen[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen[0]?.body).toMatch(/name="file"; filename="file"[\s\S]*\r\n\r\nx\r\ny\r\n--/);
  });

  it('streams a file out', async () => {
    const { transport } = await scripted((response) => response.writeHead(200).end('bytes'));
    expect(await text(await download(transport, { id: 'b1' }, '/f'))).toBe('bytes');
  });

  it.each<[string, (transport: Transport) => Promise<unknown>]>([
    ['a command', (transport) => execute(transport, { id: 'b1' }, { command: 'id' })],
    ['an upload', (transport) => upload(transport, { id: 'b1' }, '/f', 'x')],
    ['a download', (transport) => download(transport, { id: 'b1' }, '/f')],
    ['a file’s head', (transport) => statFile(transport, { id: 'b1' }, '/f')],
    ['a part of a file', (transport) => readFile(transport, { id: 'b1' }, '/f')],
    ['a search for names', (transport) => glob(transport, { id: 'b1' }, { path: '/', pattern: '*' })],
    ['a search for a text', (transport) => grep(transport, { id: 'b1' }, { path: '/', pattern: 'x' })],
    ['a stream of events', (transport) => streamCommand(transport, { id: 'b1' }, { command: 'id' }).next()],
  ])('does not take a key that may not do %s for one that is refused', async (_, call) => {
    const detail = { error: 'Forbidden', message: 'This key lacks sandboxes:exec.' };
    const { transport } = await scripted((response) => reply(response, 403, { detail }));
    await expect(call(transport)).rejects.toMatchObject({ kind: 'forbidden', status: 403 });
    await expect(getBox(transport, 'b1')).rejects.toMatchObject({ kind: 'unauthorized', status: 403 });
  });

  it('gives the server’s sentence for a file that is not there', async () => {
    const { transport } = await scripted((response) =>
      reply(response, 404, { detail: { error: 'FileNotFound', message: '/f does not exist' } }),
    );
    await expect(download(transport, { id: 'b1' }, '/f')).rejects.toMatchObject({
      kind: 'not-found',
      errorType: 'FileNotFound',
      message: '/f does not exist',
    });
  });
});

describe('a lease on the local server', () => {
  it('is held from its first byte and tells when the server ends it', async () => {
    let end: () => void = () => undefined;
    const { transport } = await scripted((response) => {
      response.writeHead(200).write('{"ok":true}\n');
      end = () => response.destroy();
    });
    const lost = new Promise<void>((resolve) => {
      void holdLease(transport, { signal: new AbortController().signal, onLost: resolve }).then(() => end());
    });
    await lost;
  });

  it('is refused without the right key', async () => {
    const { transport } = await scripted((response) => reply(response, 403, { detail: 'wrong key' }));
    const lease = holdLease(transport, { signal: new AbortController().signal, onLost: () => undefined });
    await expect(lease).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});
