import { describe, expect, it } from 'vitest';
import type { Passage } from '../harness/fault-proxy';
import type { Shown } from '../harness/rows/shown-rows';
import { untruths, type Fact } from '../harness/rows/untruths';

const fact = (at: number, state: string): Fact => ({ at, id: 'id-a', name: 'a', state });
const shown = (at: number, ...descriptions: string[]): Shown => ({
  at,
  rows: descriptions.map((description) => ({ label: 'a', description })),
  message: '',
});
const look = (at: number): Passage => ({
  kind: 'look',
  line: 'GET /boxes/id-a/status',
  askedAt: at,
  answeredAt: at + 10,
  status: 200,
  text: '{}',
});
const facts = [fact(0, 'provisioning'), fact(5_000, 'ready')];
const found = (samples: Shown[], passages: Passage[] = []): string[] =>
  untruths(samples, facts, passages, 20_000);

describe('what was shown against the facts', () => {
  it('may lag behind them by one poll, and not by two', () => {
    const samples = [shown(1_000, 'provisioning'), shown(9_000, 'ready 3 s')];
    expect(found(samples, [look(3_000), look(6_000), look(6_500)])).toEqual([]);
    expect(found(samples, [look(6_000), look(8_000)])).toEqual([
      'a was still shown as provisioning though ready',
    ]);
  });

  it('may not go back', () => {
    const samples = [shown(1_000, 'provisioning'), shown(6_000, 'ready'), shown(7_000, 'provisioning')];
    expect(found(samples)).toEqual(['a was shown as ready, which it is, and then as provisioning']);
  });

  it('may not lose a row that is there, whatever it was shown as, nor hold it twice', () => {
    expect(found([shown(4_000, 'provisioning'), shown(6_000)])).toEqual(['a vanished, though ready']);
    expect(found([shown(6_000, 'ready', 'ready')])).toEqual(['a stood twice']);
  });
});
