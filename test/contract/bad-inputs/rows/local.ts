import type { DoorRow } from './doors';

const key = { 'X-Api-Key': '{key}' };
const wrongKey = { 'X-Api-Key': 'wrong' };
const keys = 'GET /.well-known/jwks.json';
const about = 'GET /local/v1/about';
const images = 'GET /local/v1/images';
const lease = 'GET /local/v1/lease';
const by = (method: string, request: string): string => request.replace('GET', method);
const foreignPage = { Origin: 'https://a.example' };
const foreignHost = { Host: 'a.example' };

/** Of what the server has beside the wire: its own routes, and the keys that anybody may read. */
// prettier-ignore -- one row a line
export const localRows: DoorRow[] = [
  ['signing keys by POST', by('POST', keys), {}, [405], /to GET only/],
  ['signing keys by DELETE', by('DELETE', keys), key, [405], /to GET only/],
  ['signing keys from a page of elsewhere', keys, foreignPage, [403], /origin/],
  ['signing keys by a host of elsewhere', keys, foreignHost, [403], /host/],
  ['one signing key', `${keys}/a`, key, [404], /nothing under this path/],

  ['about by POST', by('POST', about), key, [405], /to GET only/],
  ['about with a wrong key', about, wrongKey, [403], /not the API key/],
  ['about from a page of elsewhere', about, { ...key, ...foreignPage }, [403], /origin/],
  ['about with half an escape', `${about}?a=%zz`, key, [400], /escape of UTF-8/],
  ['images by DELETE', by('DELETE', images), key, [405], /to GET only/],
  ['images by a host of elsewhere', images, { ...key, ...foreignHost }, [403], /host/],
  ['an image by its name', `${images}/busybox`, key, [404], /nothing under this path/],
  ['a lease by POST', by('POST', lease), key, [405], /to GET only/],
  ['a lease by DELETE', by('DELETE', lease), key, [405], /to GET only/],
  ['a lease without a key', lease, {}, [403], /Send the API key/],
  ['the end of a lease by its id', by('DELETE', `${lease}/{unknown}`), key, [404], /nothing under this path/],
  ['a version to come', 'GET /local/v2/about', key, [404], /nothing under this path/],
];

/** What is sent too much · path · body. It is passed over: the answer is the one that comes without. */
export type SurplusRow = [what: string, path: string, body?: string];

// prettier-ignore -- one row a line
export const surplusRows: SurplusRow[] = [
  ['signing keys with a query', '/.well-known/jwks.json?kid=a&alg=none'],
  ['signing keys with a body', '/.well-known/jwks.json', '{"keys":[{"kid":"a"}]}'],
  ['about with a body that is no JSON', '/local/v1/about', '{"version":'],
];
