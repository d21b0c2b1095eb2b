import { expect, it } from 'vitest';
import { usualPlaces } from '../../../../../src/local/engine/places/usual';

const urls = (...surroundings: Parameters<typeof usualPlaces>): string[] =>
  usualPlaces(...surroundings).map(({ url }) => url);

it('on Linux are the sockets of Docker, its desktop kin, and Podman, root’s and the user’s', () => {
  expect(urls({ platform: 'linux', env: {}, home: '/home/me', uid: 1000 })).toEqual([
    'unix:///var/run/docker.sock',
    'unix:///home/me/.docker/run/docker.sock',
    'unix:///home/me/.docker/desktop/docker.sock',
    'unix:///home/me/.colima/default/docker.sock',
    'unix:///home/me/.config/colima/default/docker.sock',
    'unix:///home/me/.orbstack/run/docker.sock',
    'unix:///home/me/.rd/docker.sock',
    'unix:///run/user/1000/docker.sock',
    'unix:///run/podman/podman.sock',
    'unix:///run/user/1000/podman/podman.sock',
  ]);
});

it('follow the variables that move them', () => {
  const env = { COLIMA_HOME: '/c', XDG_CONFIG_HOME: '/x', XDG_RUNTIME_DIR: '/r' };
  expect(urls({ platform: 'linux', env, home: '/home/me', uid: 1000 })).toEqual(
    expect.arrayContaining([
      'unix:///c/default/docker.sock',
      'unix:///x/colima/default/docker.sock',
      'unix:///r/docker.sock',
      'unix:///r/podman/podman.sock',
    ]),
  );
});

it('on a Mac include the socket of the Podman machine', () => {
  const found = urls({ platform: 'darwin', env: { TMPDIR: '/var/folders/t/' }, home: '/Users/me', uid: 501 });
  expect(found).toContain('unix:///Users/me/.orbstack/run/docker.sock');
  expect(found).toContain('unix:///var/folders/t/podman/podman-machine-default-api.sock');
  expect(found).toContain('unix:///Users/me/.local/share/containers/podman/machine/podman.sock');
  expect(found.some((url) => url.includes('/run/user/'))).toBe(false);
});

it('on Windows are named pipes', () => {
  expect(urls({ platform: 'win32', env: {}, home: 'C:\\Users\\me' })).toEqual([
    'npipe:////./pipe/docker_engine',
    'npipe:////./pipe/dockerDesktopLinuxEngine',
    'npipe:////./pipe/podman-machine-default',
  ]);
});
