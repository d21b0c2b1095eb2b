/** What is wrong · path · headers · status · words of the sentence that GET has: HEAD has no place for one. */
export type HeadRow = [
  what: string,
  path: string,
  headers: Record<string, string>,
  status: number,
  says: RegExp,
];

const wire = '/v2/sandboxes';
const key = { 'X-Api-Key': '{key}' };

// prettier-ignore -- one row a line
export const headRows: HeadRow[] = [
  ['an unknown sandbox', `${wire}/boxes/{unknown}`, key, 404, /no sandbox/],
  ['an unknown path', '/nowhere', key, 404, /nothing under this path/],
  ['a wrong key', `${wire}/boxes`, { 'X-Api-Key': 'wrong' }, 403, /not the API key/],
  ['what only POST has', `${wire}/{box}/glob`, key, 405, /to POST only/],
  ['a file that is nowhere', `${wire}/{box}/download?path=/no/where`, key, 404, /\/no\/where/],
  ['an altered link', '/downloads/{link}x', {}, 403, /not valid/],
];
