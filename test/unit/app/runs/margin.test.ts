import { expect, it } from 'vitest';
import { withoutMargin } from '../../../../src/app/runs/margin';

it('what all lines begin with goes, and what is indented more keeps the rest', () => {
  expect(withoutMargin('    if x:\n        y()\n\n    z()\n')).toBe('if x:\n    y()\n\nz()\n');
  expect(withoutMargin('\tone\n\t\ttwo')).toBe('one\n\ttwo');
});

it('lines that have nothing in common stay as they are', () => {
  expect(withoutMargin('one\n  two')).toBe('one\n  two');
  expect(withoutMargin('  one\n\ttwo')).toBe('  one\n\ttwo');
});
