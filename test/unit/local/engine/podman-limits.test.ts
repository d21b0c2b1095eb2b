import { expect, it } from 'vitest';
import { podman } from '../../../../src/local/engine/podman';

it.each([
  ['4.2.1', false],
  ['4.3.0', true],
  ['4.10.0-rc1', true],
  ['5.0.0-dev', true],
])('Podman %s changes the limits of containers: %s', (version, changes) => {
  expect(podman.changesLimits(version)).toBe(changes);
});
