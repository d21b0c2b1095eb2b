import { readFile, realpath } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import tar from 'tar-stream';
import { ensurePackages } from './apt.mjs';
import { mustRun } from './run.mjs';

const packages = ['vim-tiny', 'htop', 'less', 'ncurses-base', 'openssh-client'];

/** Where each stands in the image (found before busybox's own), and on this machine. */
const programs = {
  'usr/local/bin/vim': '/usr/bin/vim.tiny',
  'usr/local/bin/htop': '/usr/bin/htop',
  'usr/local/bin/less': '/usr/bin/less',
  'usr/local/bin/ssh-add': '/usr/bin/ssh-add',
  'usr/local/bin/ssh-keygen': '/usr/bin/ssh-keygen',
};
const data = {
  'usr/share/vim/vimrc.tiny': '/etc/vim/vimrc.tiny',
  'lib/terminfo/x/xterm-256color': '/lib/terminfo/x/xterm-256color',
};

/**
 * A layer over the base filesystem: Debian's vim, htop, less and what asks an SSH agent, with the libraries they load.
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<Buffer>} a tar of a few MB, the same bytes for the same packages
 */
export async function screenProgramsLayer({ signal } = {}) {
  await ensurePackages(packages, { signal });
  const pack = tar.pack();
  const whole = buffer(pack);
  const add = async (name, file, mode) =>
    pack.entry({ name, mode, mtime: new Date(0) }, await readFile(await realpath(file)));
  for (const [name, file] of Object.entries(programs)) await add(name, file, 0o755);
  for (const library of await librariesOf(Object.values(programs))) {
    await add(library.slice(1), library, 0o755);
  }
  for (const [name, file] of Object.entries(data)) await add(name, file, 0o644);
  pack.finalize();
  return whole;
}

async function librariesOf(files) {
  const { stdout } = await mustRun('ldd', files);
  return new Set([...stdout.matchAll(/\/\S+\.so\S*/g)].map(([library]) => library));
}
