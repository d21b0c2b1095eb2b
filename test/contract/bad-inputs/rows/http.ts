import { long } from './row';

/** What is wrong · what is added to a right request for the list of sandboxes · statuses · words of the sentence. */
export type HeaderRow = [what: string, headers: Record<string, string>, gets: number[], says: RegExp];

// prettier-ignore -- one row a line
export const headerRows: HeaderRow[] = [
  ['an empty key', { 'X-Api-Key': '' }, [401, 403], /key/],
  ['a wrong key', { 'X-Api-Key': 'wrong' }, [401, 403], /key/],
  ['a key of 4000 characters', { 'X-Api-Key': long(4000) }, [401, 403], /key/],
  ['a key with letters of elsewhere', { 'X-Api-Key': 'schlüssel' }, [401, 403], /key/],
  ['a wrong key beside a right prefix', { 'X-Api-Key': '{key}x' }, [401, 403], /key/],
  ['a host of elsewhere', { Host: 'rebound.example.com' }, [403], /host/],
  ['a host that only begins like ours', { Host: '127.0.0.1.example.com' }, [403], /host/],
  ['a host that only ends like ours', { Host: 'localhost.example.com' }, [403], /host/],
  ['a host that is none', { Host: 'a b' }, [400, 403], /host/i],
  ['a host with a user', { Host: 'me@127.0.0.1' }, [400, 403], /host/i],
  ['a page of elsewhere', { Origin: 'https://page.example.com' }, [403], /origin/],
  ['a page without an origin', { Origin: 'null' }, [403], /origin/],
  ['a page of another port here', { Origin: 'http://127.0.0.1:1' }, [403], /origin/],
  ['an origin that is none', { Origin: '%%%' }, [403], /origin/],
];

/**
 * What is wrong · what is sent on a connection of its own, where `{host}` and `{key}` are the server's · statuses · words
 * of the sentence.
 */
export type RawRow = [what: string, bytes: string, gets: number[], says: RegExp];

/** Of the HTTP parser: it answers before anything else could. */
const noHttp = /not an HTTP request.*send it again/;
const tooLong = /too long. Send shorter/;
const ownHosts = /own host names only, such as 127/;

const get = (lines: string): string =>
  `GET /v2/sandboxes/boxes HTTP/1.1\r\nHost: {host}\r\nX-Api-Key: {key}\r\n${lines}\r\n`;
const post = (lines: string, body: string, path = '/v2/sandboxes/snapshots'): string =>
  `POST ${path} HTTP/1.1\r\nHost: {host}\r\nX-Api-Key: {key}\r\nConnection: close\r\n${lines}\r\n${body}`;
const much = 'Content-Length: 3000000\r\n';

// prettier-ignore -- one row a line
export const rawRows: RawRow[] = [
  ['no HTTP', 'hello\r\n\r\n', [400], noHttp],
  [
    'a method of its own making',
    'STEAL /v2/sandboxes/boxes HTTP/1.1\r\nHost: {host}\r\n\r\n',
    [400, 405],
    noHttp,
  ],
  ['a version to come', 'GET / HTTP/9.9\r\nHost: {host}\r\n\r\n', [400, 505], noHttp],
  [
    'no host',
    'GET /v2/sandboxes/boxes HTTP/1.1\r\nX-Api-Key: {key}\r\nConnection: close\r\n\r\n',
    [400, 403],
    /Name this server in one Host/,
  ],
  ['two hosts', get('Host: other.example.com\r\nConnection: close\r\n'), [400, 403], ownHosts],
  ['a space in the path', 'GET /v2/a b HTTP/1.1\r\nHost: {host}\r\n\r\n', [400], noHttp],
  ['a zero byte in a header', get('X-Zero: a\0b\r\n'), [400], noHttp],
  ['a header without a colon', get('nonsense\r\n'), [400], noHttp],
  ['headers of 40 KiB', get(`X-Long: ${long(40_000)}\r\n`), [431], tooLong],
  ['a path of 40 KiB', `GET /${long(40_000)} HTTP/1.1\r\nHost: {host}\r\n\r\n`, [400, 414, 431], tooLong],
  ['a length that is no number', post('Content-Length: much\r\n', '{}'), [400], noHttp],
  ['a negative length', post('Content-Length: -1\r\n', ''), [400], noHttp],
  ['two lengths', post('Content-Length: 2\r\nContent-Length: 3\r\n', '{} '), [400], noHttp],
  [
    'a length beside chunks',
    post('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    [400],
    noHttp,
  ],
  [
    'a chunk without a size',
    post('Transfer-Encoding: chunked\r\n', 'x\r\n{}\r\n0\r\n\r\n'),
    [400, 422],
    noHttp,
  ],
  ['a body of 3 MB to come', post(much, '{'), [413], /at most 1048576 bytes/],
  ['3 MB to come about the server', post(much, '{', '/local/v1/about'), [405], /to GET only/],
  ['a coding nobody knows', post('Transfer-Encoding: shuffled\r\n', '{}'), [400, 501], noHttp],
  [
    'a proxy asked for',
    'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n',
    [400, 403, 404, 405],
    /no proxy/,
  ],
  [
    'the address of another server',
    'GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n',
    [400, 403],
    ownHosts,
  ],
];
