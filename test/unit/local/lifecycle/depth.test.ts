import { expect, it } from 'vitest';
import { depthOf, usualDepthLimits } from '../../../../src/local/lifecycle/depth';

it.each([
  [1, 'shallow'],
  [100, 'shallow'],
  [101, 'deep'],
  [124, 'deep'],
  [125, 'too-deep'],
])('an image of %i layers is %s', (layers, depth) => {
  expect(depthOf(layers, usualDepthLimits)).toBe(depth);
});
