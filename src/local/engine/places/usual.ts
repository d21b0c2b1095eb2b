import path from 'node:path';
import type { Place } from './place';
import type { Surroundings } from './surroundings';

/** Where engines listen unless told otherwise, in the order in which they are tried. Each product's own default. */
export function usualPlaces(surroundings: Surroundings): Place[] {
  if (surroundings.platform === 'win32')
    return pipes.map(([source, pipe]) => ({ source, url: `npipe://${pipe}` }));
  return sockets(surroundings).map(([source, ...parts]) => ({
    source,
    url: `unix://${path.posix.join(...parts)}`,
  }));
}

const pipes: [string, string][] = [
  ['Docker', '//./pipe/docker_engine'],
  ['Docker Desktop', '//./pipe/dockerDesktopLinuxEngine'],
  ['Podman', '//./pipe/podman-machine-default'],
];

type Socket = [source: string, ...parts: [string, ...string[]]];

function sockets(surroundings: Surroundings): Socket[] {
  const { env, home, platform } = surroundings;
  const colima: Socket[] = [
    ...(env['COLIMA_HOME'] ? [['Colima', env['COLIMA_HOME'], 'default/docker.sock'] satisfies Socket] : []),
    ['Colima', home, '.colima/default/docker.sock'],
    ['Colima', env['XDG_CONFIG_HOME'] || path.posix.join(home, '.config'), 'colima/default/docker.sock'],
  ];
  return [
    ['Docker', '/var/run/docker.sock'],
    ['Docker Desktop', home, '.docker/run/docker.sock'],
    ['Docker Desktop', home, '.docker/desktop/docker.sock'],
    ...colima,
    ['OrbStack', home, '.orbstack/run/docker.sock'],
    ['Rancher Desktop', home, '.rd/docker.sock'],
    ...(platform === 'darwin' ? podmanMachine(surroundings) : rootless(surroundings)),
  ];
}

function podmanMachine({ env, home }: Surroundings): Socket[] {
  const socket = 'podman/podman-machine-default-api.sock';
  return [
    ...(env['TMPDIR'] ? [['Podman machine', env['TMPDIR'], socket] satisfies Socket] : []),
    ['Podman machine', home, '.local/share/containers/podman/machine/podman.sock'],
  ];
}

function rootless({ env, uid }: Surroundings): Socket[] {
  const runtime = env['XDG_RUNTIME_DIR'] || (uid === undefined ? undefined : `/run/user/${uid}`);
  const root: Socket = ['Podman', '/run/podman/podman.sock'];
  if (!runtime) return [root];
  return [
    ['rootless Docker', runtime, 'docker.sock'],
    root,
    ['rootless Podman', runtime, 'podman/podman.sock'],
  ];
}
