import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import tar from 'tar-stream';
import { ensurePackages } from './apt.mjs';
import { mustRun } from './run.mjs';

const folders = [
  'bin',
  'sbin',
  'usr/bin',
  'usr/sbin',
  'usr/local/bin',
  'usr/local/lib',
  'etc',
  'root',
  'home',
];
folders.push('home/sandbox', 'opt', 'srv', 'var/log', 'var/tmp', 'run', 'dev', 'proc', 'sys', 'mnt');

const files = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nsandbox:x:1000:1000:sandbox:/home/sandbox:/bin/bash\n',
  'etc/group': 'root:x:0:\nsandbox:x:1000:\n',
  'etc/os-release': 'ID=sandbox-base\nPRETTY_NAME="Sandbox base (busybox and bash from Debian)"\n',
};

/** How containers of the base image start, in the words of an image's configuration. */
export const baseConfig = {
  Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  Cmd: ['/bin/bash'],
  WorkingDir: '/root',
};

/**
 * A small root filesystem from Debian's static busybox and bash: a shell, the usual commands, the usual folders.
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<Buffer>} a tar of a few MB, the same bytes for the same packages
 */
export async function baseFilesystem({ signal } = {}) {
  await ensurePackages(['busybox-static', 'bash-static'], { signal });
  const pack = tar.pack();
  const whole = buffer(pack);
  for (const name of folders) pack.entry(entry(name, { type: 'directory', ...ownerOf(name) }));
  pack.entry(entry('tmp', { type: 'directory', mode: 0o1777 }));
  for (const [name, text] of Object.entries(files)) pack.entry(entry(name, { mode: 0o644 }), text);
  pack.entry(entry('bin/busybox'), await readFile('/bin/busybox'));
  pack.entry(entry('bin/bash'), await readFile('/bin/bash-static'));
  for (const applet of await applets())
    pack.entry(entry(applet, { type: 'symlink', linkname: '/bin/busybox' }));
  pack.finalize();
  return whole;
}

/** @returns {Promise<Buffer>} a tar with one file of random bytes: a layer that no engine has yet */
export async function randomLayer(bytes) {
  const { randomBytes, randomUUID } = await import('node:crypto');
  const pack = tar.pack();
  const whole = buffer(pack);
  pack.entry(entry(`opt/random-${randomUUID()}`, { mode: 0o644 }), randomBytes(bytes));
  pack.finalize();
  return whole;
}

async function applets() {
  const { stdout } = await mustRun('/bin/busybox', ['--list-full']);
  return stdout
    .split('\n')
    .filter((name) => name !== '' && !['busybox', 'bash'].includes(path.basename(name)));
}

function entry(name, rest = {}) {
  return { name, mode: 0o755, uid: 0, gid: 0, mtime: new Date(0), ...rest };
}

function ownerOf(folder) {
  return folder === 'home/sandbox' ? { uid: 1000, gid: 1000 } : {};
}
