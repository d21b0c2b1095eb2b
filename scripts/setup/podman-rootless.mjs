import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { mustRun, run } from './run.mjs';

const name = 'langsmith-sandboxes-dev';
const data = `/var/lib/${name}`;

/** `uidmap` gives its user other ids, `slirp4netns` gives containers their network. */
export const rootlessPackages = ['uidmap', 'slirp4netns'];

/**
 * The place of a Podman that a user of its own runs, who is made where missing. Linux, root.
 * @returns {Promise<import('./podman.mjs').PodmanPlace>}
 */
export async function rootlessPlace() {
  if ((await run('id', [name])).code !== 0) {
    const shell = ['--shell', '/usr/sbin/nologin'];
    await mustRun('useradd', ['--system', '--add-subids-for-system', '--home-dir', data, ...shell, name]);
  }
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (which) => Number(await id(which))));
  // As udev has it; a machine without it leaves the device to root.
  if (existsSync('/dev/net/tun')) await chmod('/dev/net/tun', 0o666);
  return { home: `/run/${name}-rootless`, data, owner: { uid, gid } };
}

async function id(which) {
  return (await mustRun('id', [which, name])).stdout.trim();
}
