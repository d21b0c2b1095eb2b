import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discoverEngine, type Discovery } from '../../../src/local/engine/discovery';
import { enginesUnderTest } from '../../engines';
import { makeCertificates } from './fixture/certificates';
import { doorThatSays, doorTo, type Door } from './fixture/doors';
import { soon } from './fixture/engine-room';

describe.each(await enginesUnderTest())('discovery with $name', ({ name, url }) => {
  const answered = `answered: ${name}`;
  const socket = url.replace('unix://', '');
  let home: string;
  const doors: Door[] = [];

  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'find-'));
  });
  afterEach(async () => {
    for (const door of doors.splice(0)) await door.close();
    await rm(home, { recursive: true });
  });

  it('takes the one it is given, and looks at no other', async () => {
    const found = await discover({ DOCKER_HOST: 'unix:///nowhere' }, url);
    expect(found.looks).toEqual([{ source: 'the engine setting', url, finding: answered }]);
    expect(found.engine?.info).toMatchObject({ url, os: 'linux' });
    expect(found.engine!.info.cpus).toBeGreaterThan(0);
  });

  it('takes DOCKER_HOST, by TCP too', async () => {
    const host = `tcp://127.0.0.1:${(await opened(doorTo(socket))).port}`;
    const found = await discover({ DOCKER_HOST: host });
    expect(found.looks).toEqual([{ source: 'DOCKER_HOST', url: host, finding: answered }]);
    expect(await found.engine!.listImages(soon())).toBeInstanceOf(Array);
  });

  it('shows its certificate when DOCKER_TLS_VERIFY is set, and wants a server it can trust', async () => {
    const { clientFolder, server } = await makeCertificates(home);
    const host = `tcp://127.0.0.1:${(await opened(doorTo(socket, server))).port}`;
    const env = { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: clientFolder };
    expect((await discover(env)).looks[0]?.finding).toBe(answered);
    await rm(path.join(clientFolder, 'ca.pem'));
    const distrusted = await discover(env);
    expect(distrusted.engine).toBeUndefined();
    expect(distrusted.looks[0]?.finding).toMatch(/certificate/);
  });

  it('takes the current docker context', async () => {
    await context('mine', url);
    const found = await discover({});
    expect(found.looks).toEqual([{ source: 'docker context mine', url, finding: answered }]);
  });

  it('goes from a context that does not answer to the usual places', async () => {
    await context('mine', 'unix:///nowhere/engine.sock');
    await mkdir(path.join(home, '.rd'));
    await symlink(socket, path.join(home, '.rd/docker.sock'));
    const found = await discover({});
    expect(found.looks[0]).toMatchObject({ source: 'docker context mine', finding: 'no such socket' });
    expect(found.engine, JSON.stringify(found.looks)).toBeDefined();
  });

  it.each([
    ['DOCKER_HOST', { DOCKER_HOST: 'unix:///nowhere/engine.sock' }, 'no such socket'],
    ['DOCKER_CONTEXT', { DOCKER_CONTEXT: 'lost' }, 'no such context'],
    ['DOCKER_HOST', { DOCKER_HOST: 'ssh://me@host' }, /^ssh:\/\/ is not supported/],
    ['DOCKER_HOST', { DOCKER_HOST: 'tcp://127.0.0.1:1' }, 'connection refused'],
  ])('ends with a %s that does not answer: %j', async (_, env, finding) => {
    await context('mine', url);
    const found = await discover(env);
    expect(found.engine).toBeUndefined();
    expect(found.looks).toHaveLength(1);
    expect(found.looks[0]!.finding).toMatch(finding);
  });

  it('says what it found where no engine is', async () => {
    const at = (file: string): string => path.join(home, file);
    for (const folder of ['.docker/run', '.docker/desktop', '.colima/default', '.orbstack/run', '.rd']) {
      await mkdir(at(folder), { recursive: true });
    }
    await opened(doorThatSays(undefined, at('.docker/run/docker.sock')));
    await opened(
      doorThatSays(
        'HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope',
        at('.colima/default/docker.sock'),
      ),
    );
    await opened(doorThatSays('SSH-2.0-OpenSSH_9.2\r\n', at('.orbstack/run/docker.sock')));
    await writeFile(at('.rd/docker.sock'), '');
    const { looks } = await discover({ XDG_RUNTIME_DIR: at('run'), XDG_CONFIG_HOME: at('config') });
    const finding = (end: string): string | undefined => looks.find(({ url }) => url.endsWith(end))?.finding;
    expect(finding('.docker/run/docker.sock')).toBe('no answer within 2 s');
    expect(finding('.docker/desktop/docker.sock')).toBe('no such socket');
    expect(finding('.colima/default/docker.sock')).toBe(
      'It answered, but not as a container engine does: nope',
    );
    expect(finding('.orbstack/run/docker.sock')).toBe('what answers there does not speak HTTP');
    expect(finding('.rd/docker.sock')).toBe('connection refused');
  });

  it('says what to do about a socket of root’s', async ({ skip }) => {
    skip(process.getuid?.() === 0, 'root may open every socket');
    const file = path.join(home, 'docker.sock');
    await opened(doorThatSays(undefined, file));
    await chmod(file, 0);
    expect((await discover({ DOCKER_HOST: `unix://${file}` })).looks[0]?.finding).toMatch(/docker group/);
  });

  it('rejects with the signal’s reason', async () => {
    const reason = new Error('closing');
    const door = await opened(doorThatSays(undefined));
    const stopping = new AbortController();
    const search = discoverEngine({ engineUrl: `tcp://127.0.0.1:${door.port}`, signal: stopping.signal });
    setImmediate(() => stopping.abort(reason));
    await expect(search).rejects.toBe(reason);
  });

  /** In a home folder of its own. */
  async function discover(env: Record<string, string>, engineUrl?: string): Promise<Discovery> {
    const surroundings = { platform: process.platform, env, home, uid: 4_000_000 };
    const discovery = await discoverEngine({ engineUrl, surroundings, signal: soon() });
    const { engine } = discovery;
    if (engine) doors.push({ port: 0, close: () => engine.close() });
    return discovery;
  }

  async function opened(opening: Promise<Door>): Promise<Door> {
    const door = await opening;
    doors.push(door);
    return door;
  }

  async function context(name_: string, host: string): Promise<void> {
    const id = createHash('sha256').update(name_).digest('hex');
    const meta = path.join(home, '.docker/contexts/meta', id);
    await mkdir(meta, { recursive: true });
    await writeFile(path.join(meta, 'meta.json'), JSON.stringify({ Endpoints: { docker: { Host: host } } }));
    await writeFile(path.join(home, '.docker/config.json'), JSON.stringify({ currentContext: name_ }));
  }
});
