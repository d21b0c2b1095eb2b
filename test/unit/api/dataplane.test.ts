import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { execute } from '../../../src/api/commands';
import { download, upload } from '../../../src/api/files';
import { holdLease } from '../../../src/api/local';
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
