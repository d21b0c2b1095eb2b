import { EventEmitter, once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { Observable } from '../../../../src/app/observable';
import type { Connection } from '../../../../src/app/connection';
import { Reach } from '../../../../src/app/files/reach';
import { SandboxFiles } from '../../../../src/app/files/sandbox-files';
import { Session } from '../../../../src/app/session';
import { reply, scripted } from '../../api/scripted-server';

const at = { id: 'b1', path: '/srv/shared' };
const box = { id: 'b1', name: 'agent', status: 'ready' };
const never = (): Promise<boolean> => Promise.reject(new Error('It asked.'));

/** A window on a server with one file, into which somebody else writes right after each of the window's writes. */
async function windowWithFile(
  theirs: () => string | undefined | Promise<undefined>,
  file = { content: 'it was', state: 1 },
): Promise<SandboxFiles> {
  const { transport, endpoint } = await scripted((response, { method, url, body }) => {
    if (url.includes('/boxes/')) reply(response, 200, box);
    else if (method === 'POST') {
      const written = /\r\n\r\n(.*)\r\n--/s.exec(body)?.[1] ?? '';
      void Promise.resolve(theirs()).then((other) => {
        file.content = other ?? written;
        file.state++;
        reply(response, 200, { path: at.path, written: written.length });
      });
    } else {
      response.writeHead(200, { etag: `"${file.state}"`, 'content-length': file.content.length });
      response.end(method === 'HEAD' ? undefined : file.content);
    }
  });
  const target = { kind: 'langsmith', endpoint } as const;
  const session = new Session(target, transport, () => 50);
  const current = new Observable<Connection>({ state: 'connected', target, endpoint, session });
  return new SandboxFiles(new Reach({ current, restore: () => Promise.resolve() }));
}

const save = (files: SandboxFiles, text: string, ask = never): Promise<void> =>
  files.write(at, Buffer.from(text), { create: true, overwrite: true }, ask);

afterEach(() => vi.useRealTimers());

it('a save that somebody else’s overtakes is told, and the next one asks', async () => {
  let theirs: string | undefined = 'what they wrote';
  const files = await windowWithFile(() => theirs);
  await files.read(at);
  await expect(save(files, 'mine')).rejects.toMatchObject({ problem: 'overtaken' });
  await expect(save(files, 'mine', () => Promise.resolve(false))).rejects.toMatchObject({
    problem: 'changed',
  });
  theirs = undefined;
  await save(files, 'mine', () => Promise.resolve(true));
  await save(files, 'mine again');
});

it('what is seen of a file while it is sent is not taken for what is there afterwards', async () => {
  const held = new EventEmitter();
  const arrived = once(held, 'arrival');
  const files = await windowWithFile(async () => {
    held.emit('arrival');
    if (held.listenerCount('end') === 0) await once(held, 'end');
    return undefined;
  });
  const sent = save(files, 'mine');
  await arrived;
  const looked = files.write(at, Buffer.from('x'), { create: true, overwrite: false }, never);
  await expect(looked).rejects.toMatchObject({ problem: 'exists' });
  held.emit('end');
  held.on('end', () => undefined);
  await sent;
  await files.read(at);
  await save(files, 'mine again');
});

it('a change that was noticed right after a save is not overwritten by the next one', async () => {
  vi.useFakeTimers({ toFake: ['Date'] }); // no time passes
  const file = { content: 'it was', state: 1 };
  const files = await windowWithFile(() => undefined, file);
  await files.read(at);
  await save(files, 'mine');
  Object.assign(file, { content: 'what they wrote', state: 7 });
  expect(await files.changeOf(at)).toBe('changed');
  const refused = save(files, 'mine again', () => Promise.resolve(false));
  await expect(refused).rejects.toMatchObject({ problem: 'changed' });
});

it('a save right after another does not take what that one left for what is there', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const file = { content: 'it was', state: 1 };
  const files = await windowWithFile(() => undefined, file);
  await files.read(at);
  await save(files, 'mine');
  Object.assign(file, { content: 'what they wrote', state: 7 });
  const refused = save(files, 'mine again', () => Promise.resolve(false));
  await expect(refused).rejects.toMatchObject({ problem: 'changed' });
});
