import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import {
  orderLine,
  waitingScript,
  type CommandOrder,
} from '../../../../src/local/lifecycle/spares/waiting-shell';
import { markName } from '../../../../src/local/lifecycle/command-mark';

interface Ended {
  code: number;
  stdout: string;
  /** Without the two lines that tell the pid. */
  stderr: string;
  pids: [waiting: string, running: string];
  pid: number;
}

const show = { argv: ['/bin/sh', '-c', 'cat; env'], env: {}, workDir: '/', stdin: false };

/** In a shell of this system, as the engine runs it in a sandbox. */
async function run(order: Partial<CommandOrder>, input = '', shell: string[] = ['/bin/sh']): Promise<Ended> {
  const [program = '', ...words] = shell;
  const child = spawn(program, [...words, '-c', waitingScript, 'sh', 'run'], {
    cwd: '/',
    argv0: shell.length > 1 ? shell[0] : 'sh',
    env: { PATH: process.env['PATH'] },
  });
  child.stdin.end(`${orderLine({ ...show, ...order }) ?? 'exit 99\n'}${input}`);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  const [waiting = '', running = '', ...rest] = stderr.split('\n');
  return { code, stdout, stderr: rest.join('\n'), pids: [waiting, running], pid: child.pid ?? 0 };
}

/** Those that stand as `/bin/sh` in images, where this system has them. */
const shells = [['/bin/sh'], ['/bin/bash'], ['/bin/busybox', 'sh']].filter(([program = '']) =>
  existsSync(program),
);

describe.each(shells.map((shell) => [shell]))('a waiting %s', (shell) => {
  it.each([
    ['it’s'],
    ['a\'b"c$HOME`id`\\n%s %%d\t*'],
    ['one\n\ntwo\n'],
    ['Grüße, 世界 🌍\n\n'],
    ['ā\u0081 \u0088\r\n%'],
    [''],
    ['-n'],
  ])('gives a command the argument, variable and input %j as it is', async (word) => {
    const argv = ['/bin/sh', '-c', 'printf "%s|%s|" "$1" "$WORD"; cat', 'sh', word];
    const { stdout, code } = await run({ argv, env: { WORD: word }, stdin: true }, word, shell);
    expect([stdout, code]).toEqual([`${word}|${word}|${word}`, 0]);
  });

  it('becomes the command, with its pid, its exit code and the mark', async () => {
    const argv = ['/bin/sh', '-c', `echo $$ $${markName} >&2; exit 7`];
    const { code, stderr, pid, pids } = await run({ argv }, '', shell);
    expect(pids).toEqual([String(pid), String(pid)]);
    expect([code, stderr]).toEqual([7, `${pid} run.${pid}\n`]);
  });

  it('leaves it no variable but those that it was given, and no input unless asked to', async () => {
    const { stdout } = await run({ env: { A: '1' }, workDir: '/usr' }, 'not for it', shell);
    const names = stdout.split('\n').map((line) => line.split('=')[0]);
    const known = ['PATH', 'A', 'PWD', 'SHLVL', '_', markName, ''];
    expect(names.filter((name) => !known.includes(name ?? ''))).toEqual([]);
    expect(stdout).toContain('PWD=/usr\n');
  });

  it('tells no second pid where there is no such folder', async () => {
    expect((await run({ workDir: '/no/where' }, '', shell)).pids[1]).toBe('');
  });

  it('says 127 for a command that is not there', async () => {
    const { code, pids, pid } = await run({ argv: ['no-such-program'] }, '', shell);
    expect([code, pids[1]]).toEqual([127, String(pid)]);
  });
});

it.each([
  [{ env: { 'A-B': '' } }],
  [{ env: { OLDPWD: '/' } }],
  [{ env: { BASHOPTS: 'x' } }],
  [{ env: { LC_ALL: 'nowhere' } }],
  [{ env: { LANG: 'nowhere' } }],
  [{ workDir: 'relative' }],
  [{ argv: ['x'.repeat(9000)] }],
])('a shell is not told %j', (order) => {
  expect(orderLine({ ...show, ...order })).toBeUndefined();
});

it('a shell whose input ends runs nothing', async () => {
  const child = spawn('/bin/sh', ['-c', waitingScript, 'sh', 'run']);
  child.stdin.end('touch /never');
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<[number]>]);
  expect([said, code]).toEqual([`${child.pid}\n`, 1]);
});
