import { describe, expect, it } from 'vitest';
import {
  labelRules,
  pairsField,
  pairText,
  parsePair,
  variableRules,
  withoutPair,
  withPair,
} from '../../../src/app/pairs';

describe('a pair', () => {
  it('ends its key at the first “=”, and keeps the rest as it is', () => {
    expect(parsePair('URL=a=b, c ', variableRules)).toEqual({ ok: true, key: 'URL', value: 'a=b, c ' });
    expect(parsePair('EMPTY=', variableRules)).toEqual({ ok: true, key: 'EMPTY', value: '' });
  });

  it('is a label without a value, and no variable', () => {
    expect(parsePair('team', labelRules)).toEqual({ ok: true, key: 'team', value: '' });
    expect(parsePair('team', variableRules)).toEqual({ ok: false, problem: 'no-value' });
  });

  it.each([
    ['=x', 'no-key'],
    ['a=\0', 'zero-byte'],
    [`${'é'.repeat(129)}=x`, 'key-too-long'],
    [`a=${'é'.repeat(2049)}`, 'value-too-long'],
  ])('is refused where the API would refuse it: %#', (text, problem) => {
    expect(parsePair(text, labelRules)).toEqual({ ok: false, problem });
  });

  it('is shown as it was typed', () => {
    for (const text of ['team', 'team=ml', 'A=b=c']) {
      const parsed = parsePair(text, labelRules);
      expect(parsed.ok && pairText(parsed.key, parsed.value, labelRules)).toBe(text);
    }
  });
});

describe('pairs', () => {
  it('take a changed one in place of the one before, and one of each key', () => {
    expect(withPair({ a: '1', b: '2' }, 'c', '3', 'a')).toEqual({ b: '2', c: '3' });
    expect(withPair({ a: '1' }, 'a', '2')).toEqual({ a: '2' });
    expect(withoutPair({ a: '1', b: '2' }, 'a')).toEqual({ b: '2' });
  });

  it('are left out of a request when there are none', () => {
    expect(pairsField('labels', {})).toEqual({});
    expect(pairsField('labels', { a: '' })).toEqual({ labels: { a: '' } });
  });
});
