/** Labels and environment variables, by key. */
export type Pairs = Readonly<Record<string, string>>;

/** What the API bears. Sizes in bytes of UTF-8. */
export interface PairRules {
  readonly mostPairs: number;
  readonly longestKey: number;
  readonly longestValue: number;
  /** Whether a key may stand without a value. */
  readonly bareKey: boolean;
}

export const labelRules: PairRules = { mostPairs: 128, longestKey: 256, longestValue: 4096, bareKey: true };
/** The API names no bounds for variables; these are what a process can be given. */
export const variableRules: PairRules = {
  mostPairs: 1000,
  longestKey: 256,
  longestValue: 131_072,
  bareKey: false,
};

export type PairProblem = 'no-key' | 'no-value' | 'key-too-long' | 'value-too-long' | 'zero-byte';

/** `key=value`; the value is all after the first `=`. */
export function parsePair(
  text: string,
  { longestKey, longestValue, bareKey }: PairRules,
): { ok: true; key: string; value: string } | { ok: false; problem: PairProblem } {
  const at = text.indexOf('=');
  const key = (at < 0 ? text : text.slice(0, at)).trim();
  const value = at < 0 ? '' : text.slice(at + 1);
  if (key === '') return { ok: false, problem: 'no-key' };
  if (at < 0 && !bareKey) return { ok: false, problem: 'no-value' };
  if (text.includes('\0')) return { ok: false, problem: 'zero-byte' };
  if (Buffer.byteLength(key) > longestKey) return { ok: false, problem: 'key-too-long' };
  if (Buffer.byteLength(value) > longestValue) return { ok: false, problem: 'value-too-long' };
  return { ok: true, key, value };
}

export function pairText(key: string, value: string, { bareKey }: PairRules): string {
  return value === '' && bareKey ? key : `${key}=${value}`;
}

/** `before` is the key that the pair takes the place of. */
export function withPair(pairs: Pairs, key: string, value: string, before?: string): Pairs {
  const entries = Object.entries(pairs).filter(([each]) => each !== before && each !== key);
  return Object.fromEntries([...entries, [key, value]]);
}

export function withoutPair(pairs: Pairs, key: string): Pairs {
  return Object.fromEntries(Object.entries(pairs).filter(([each]) => each !== key));
}

/** What a request carries: nothing when there are none. */
export function pairsField<Field extends string>(field: Field, pairs: Pairs): Partial<Record<Field, Pairs>> {
  return Object.keys(pairs).length === 0 ? {} : ({ [field]: pairs } as Partial<Record<Field, Pairs>>);
}
