import { expect, it } from 'vitest';
import { chosenPlace } from '../../../../../src/local/engine/places/chosen';
import type { Surroundings } from '../../../../../src/local/engine/places/surroundings';

const here = (env: Surroundings['env']): Surroundings => ({
  platform: 'linux',
  env,
  home: '/home/me',
  uid: 1000,
});

it('the flag or setting wins over DOCKER_HOST, and either is final', () => {
  const env = { DOCKER_HOST: 'tcp://h:1' };
  expect(chosenPlace('unix:///a', here(env))).toMatchObject({ url: 'unix:///a', isFinal: true });
  expect(chosenPlace(undefined, here(env))).toMatchObject({
    source: 'DOCKER_HOST',
    url: 'tcp://h:1',
    isFinal: true,
  });
});

it.each([undefined, ''])('a DOCKER_HOST of %j is no choice', (host) => {
  expect(chosenPlace(undefined, here({ DOCKER_HOST: host }))).toBeUndefined();
});

it('DOCKER_TLS_VERIFY asks for certificates on tcp only', () => {
  const env = { DOCKER_HOST: 'tcp://h:1', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' };
  expect(chosenPlace(undefined, here(env))?.tls).toEqual({
    path: '/certs',
    isServerVerified: true,
    isOptional: false,
  });
  expect(chosenPlace(undefined, here({ ...env, DOCKER_HOST: 'unix:///a' }))?.tls).toBeUndefined();
  expect(chosenPlace(undefined, here({ ...env, DOCKER_CERT_PATH: '' }))?.tls?.path).toBe('/home/me/.docker');
  expect(chosenPlace(undefined, here({ ...env, DOCKER_TLS_VERIFY: '' }))?.tls).toBeUndefined();
});
