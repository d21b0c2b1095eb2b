/**
 * What is wrong · method and path below `/v2/sandboxes` · body (a text is sent as it is, anything else as JSON) ·
 * the statuses that are right · words of the sentence.
 * In paths and bodies `{box}` and `{name}` stand for a sandbox that is ready, `{stopped}` for one that is not,
 * `{snapshot}` for a snapshot both need, `{tagged}` for its name, `{unknown}` for an id of nothing.
 */
export type Row = [what: string, request: string, body: unknown, gets: number | number[], says: RegExp];

/** Where the wire leaves open whether a field is refused as a bad request or as a failed validation. */
export const refused = [400, 422];

export const long = (length: number): string => 'x'.repeat(length);
export const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'value']));
