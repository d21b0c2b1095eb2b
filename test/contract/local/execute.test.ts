import { beforeAll, describe, expect, it } from 'vitest';
import { testEnvironment } from '../../harness/env';
import { until } from '../../harness/until';
import { engineRoom } from '../engine/fixture/engine-room';
import { busyboxFilesystem, scratchFilesystem } from '../engine/fixture/root-filesystem';
import { runningServer } from './fixture/running-server';
import { baseImage, sentence } from './fixture/wire';

const running = runningServer();
const room = engineRoom(testEnvironment().engine);
let box: string;

beforeAll(async () => {
  const snapshot = await running.wire.build('execute', baseImage(), {
    run_config: { env_vars: { LAYER: 'snapshot', BASE: 'yes' }, work_dir: '/opt' },
  });
  box = (await running.wire.boot({ snapshot_id: snapshot.id, env_vars: { LAYER: 'box' } })).id;
});

describe('execute', () => {
  it('gives stdout, stderr and the exit code apart', async () => {
    expect(await running.wire.execute(box, 'echo out; echo err >&2; exit 3')).toEqual({
      stdout: 'out\n',
      stderr: 'err\n',
      exit_code: 3,
    });
  });

  it('gives output without a line end, and none at all, as it is', async () => {
    expect(await running.wire.execute(box, 'printf 12345 >&2')).toMatchObject({
      stderr: '12345',
      stdout: '',
    });
    expect(await running.wire.execute(box, 'true')).toEqual({ stdout: '', stderr: '', exit_code: 0 });
    expect(await running.wire.execute(box, 'exec 2>&-; true')).toMatchObject({ stderr: '', exit_code: 0 });
  });

  it('runs a list of arguments without a shell between', async () => {
    const command = ['printf', '%s|', 'a b', '$HOME', '*', "it's"];
    expect((await running.wire.execute(box, { command })).stdout).toBe("a b|$HOME|*|it's|");
  });

  it('takes /bin/sh where the image has no /bin/bash', async () => {
    const request = { command: 'echo $0', shell: '/bin/bash' };
    expect((await running.wire.execute(box, request)).exit_code).toBe(0);
  });

  it('layers variables and folder: snapshot, sandbox, command', async () => {
    const command = 'echo $LAYER $BASE $OWN $PWD';
    expect((await running.wire.execute(box, command)).stdout).toBe('box yes /opt\n');
    const own = { command, env: { LAYER: 'command', OWN: 'mine' }, cwd: '/srv' };
    expect((await running.wire.execute(box, own)).stdout).toBe('command yes mine /srv\n');
    const configured = { command, run_config: { work_dir: '/etc', env_vars: { OWN: 'config' } } };
    expect((await running.wire.execute(box, configured)).stdout).toBe('box yes config /etc\n');
    const both = await running.wire.call('POST', `/${box}/execute`, { ...configured, cwd: '/' });
    expect(both.status).toBe(400);
  });

  it('has an empty stdin', async () => {
    expect(await running.wire.execute(box, 'cat; echo done')).toMatchObject({ stdout: 'done\n' });
  });

  it('gives 127 for a command that is not there', async () => {
    expect((await running.wire.execute(box, { command: ['no-such-program'] })).exit_code).toBe(127);
    expect((await running.wire.execute(box, 'no-such-program')).exit_code).toBe(127);
  });

  it.each([
    [{ command: 'true', cwd: '/no/where' }, 'The folder /no/where does not exist in the sandbox.'],
    [{ command: 'true', shell: '/bin/zsh' }, 'There is no /bin/zsh in the sandbox.'],
    [{ command: 'true', run_config: { user: 'nobody-knows' } }, 'The command could not be started'],
  ])('says what is wrong with %j', async (request, reason) => {
    const answer = await running.wire.call('POST', `/${box}/execute`, request);
    expect([answer.status, answer.json]).toMatchObject([400, { detail: { error: 'CommandError' } }]);
    expect(sentence(answer)).toContain(reason);
  });

  it('kills the whole process group when the time is over', async () => {
    const command = 'sleep 4711 & sleep 4711; echo never';
    const answer = await running.wire.call('POST', `/${box}/execute`, { command, timeout: 1 });
    expect([answer.status, answer.json]).toMatchObject([400, { detail: { error: 'CommandError' } }]);
    expect(sentence(answer)).toBe('The command timeout of 1 s was exceeded: it was killed.');
    expect((await running.wire.execute(box, 'ps | grep -c "[s]leep 4711"')).stdout).toBe('0\n');
  });

  it('kills it also where the folder that the image works in was removed', async () => {
    const image = await room.image(await busyboxFilesystem(), ['WORKDIR /gone']);
    const { id } = await running.wire.build('execute-gone', image);
    const { id: without } = await running.wire.boot({ snapshot_id: id });
    const command = 'cd /; rm -r /gone; sleep 4714; echo never';
    const answer = await running.wire.call('POST', `/${without}/execute`, { command, timeout: 1 });
    expect(sentence(answer)).toBe('The command timeout of 1 s was exceeded: it was killed.');
  });

  it('ends the idleness of its sandbox for as long as it runs', async () => {
    const idleSince = async (): Promise<unknown> =>
      (await running.wire.call('GET', `/boxes/${box}`)).json.idle_since;
    const controller = new AbortController();
    const gone = fetch(`${running.server.endpoint}/v2/sandboxes/${box}/execute`, {
      method: 'POST',
      headers: { 'X-Api-Key': running.server.apiKey },
      body: JSON.stringify({ command: 'sleep 4713' }),
      signal: controller.signal,
    }).catch(() => 'gone');
    await until('it to be in use', async () => (await idleSince()) === null || undefined);
    controller.abort();
    await gone;
    await until('it to be idle', async () => typeof (await idleSince()) === 'string' || undefined);
  });

  it('kills it when the caller goes away', async () => {
    const controller = new AbortController();
    const gone = fetch(`${running.server.endpoint}/v2/sandboxes/${box}/execute`, {
      method: 'POST',
      headers: { 'X-Api-Key': running.server.apiKey },
      body: JSON.stringify({ command: 'sleep 4712' }),
      signal: controller.signal,
    }).catch(() => 'gone');
    const count = async (): Promise<string> =>
      (await running.wire.execute(box, 'ps | grep -c "[s]leep 4712"')).stdout.trim();
    await until('the command to run', async () => (await count()) !== '0' || undefined);
    controller.abort();
    expect(await gone).toBe('gone');
    await until('the command to be killed', async () => (await count()) === '0' || undefined);
  });

  it('kills a command that writes without end, and says how much is kept', async () => {
    const answer = await running.wire.call('POST', `/${box}/execute`, { command: 'cat /dev/zero' });
    expect(answer.status).toBe(400);
    expect(sentence(answer)).toContain('wrote more than 16 MiB and was killed');
    expect((await running.wire.execute(box, 'ps | grep -c "[c]at /dev/zero"')).stdout).toBe('0\n');
  });

  it('replaces what is no UTF-8', async () => {
    expect((await running.wire.execute(box, "printf 'a\\377b'")).stdout).toBe('a�b');
  });

  it('runs as the image’s user, or as another one', async () => {
    const image = await room.image(await busyboxFilesystem(), ['USER app']);
    const { id } = await running.wire.boot({ snapshot_id: (await running.wire.build('user', image)).id });
    expect((await running.wire.execute(id, 'id -u')).stdout).toBe('1000\n');
    const asRoot = { command: 'id -u', run_config: { user: 'root' } };
    expect((await running.wire.execute(id, asRoot)).stdout).toBe('0\n');
  });

  it('in an image without a shell runs lists, and says so for a line', async () => {
    const image = await room.image(await scratchFilesystem());
    const { id } = await running.wire.boot({ snapshot_id: (await running.wire.build('scratch', image)).id });
    const list = { command: ['/busybox', 'echo', 'hi'] };
    expect(await running.wire.execute(id, list)).toEqual({ stdout: 'hi\n', stderr: '', exit_code: 0 });
    const number = { command: ['/busybox', 'sh', '-c', 'echo 42 >&2'] };
    expect(await running.wire.execute(id, number)).toEqual({ stdout: '', stderr: '42\n', exit_code: 0 });
    const nothing = { command: ['nothing', 'here'] };
    expect(await running.wire.execute(id, nothing)).toEqual({
      stdout: '',
      stderr: 'nothing: not found\n',
      exit_code: 127,
    });
    const line = await running.wire.call('POST', `/${id}/execute`, { command: 'echo hi' });
    expect(sentence(line)).toBe(
      'There is no /bin/bash in the sandbox. Give the command as a list of arguments.',
    );
  });

  it.each([
    [{}, 422],
    [{ command: '' }, 422],
    [{ command: [] }, 422],
    [{ command: 'true', timeout: -1 }, 422],
    [{ command: 'true', env: { A: 1 } }, 422],
  ])('refuses %j', async (request, status) => {
    expect((await running.wire.call('POST', `/${box}/execute`, request)).status).toBe(status);
  });

  it('is refused for a sandbox that is not there', async () => {
    expect((await running.wire.call('POST', '/nobody/execute', { command: 'true' })).status).toBe(404);
  });
});
