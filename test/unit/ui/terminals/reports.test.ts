import { expect, it } from 'vitest';
import { isReport } from '../../../../src/ui/terminals/reports';

const escape = '\x1b';

it.each([
  ['where the cursor is', `${escape}[12;40R`],
  ['what the terminal can', `${escape}[?1;2c`],
  ['which it is', `${escape}[>0;276;0c`],
  ['that it is well', `${escape}[0n`],
  ['that it has the focus', `${escape}[I`],
  ['where the mouse is', `${escape}[<35;10;4M`],
  ['its colours', `${escape}]11;rgb:1e1e/1e1e/1e1e${escape}\\`],
  ['several of these', `${escape}[?1;2c${escape}[O`],
])('%s is said by the terminal itself', (_, text) => {
  expect(isReport(text)).toBe(true);
});

it.each([
  ['a letter', 'a'],
  ['Enter', '\r'],
  ['an arrow', `${escape}[A`],
  ['Ctrl and an arrow', `${escape}[1;5C`],
  ['Escape', escape],
  ['Delete', `${escape}[3~`],
  ['a report and a letter', `${escape}[0nq`],
])('%s is typed', (_, text) => {
  expect(isReport(text)).toBe(false);
});
