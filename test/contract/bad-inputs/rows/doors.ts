import { long } from './row';

/**
 * What is wrong · method and path · headers · statuses · words of the sentence. No API key goes with it; `{key}` is it,
 * `{service}` and `{link}` are right tokens, and `fixture/doors.ts` has the others.
 */
export type DoorRow = [
  what: string,
  request: string,
  headers: Record<string, string>,
  gets: number[],
  says: RegExp,
];

const service = 'GET /services/{box}--8080/';
const token = (text: string): Record<string, string> => ({ 'X-Langsmith-Sandbox-Service-Token': text });
const right = token('{service}');
const key = { 'X-Api-Key': '{key}' };
const webSocket = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const onHost = { Host: '{box}--8080.localhost' };
const onPageHost = { Host: '{box}--dl.localhost' };
const cookie = (text: string): Record<string, string> => ({ Cookie: `langsmith-sandbox-service=${text}` });
const link = (text: string): string => `GET /downloads/${text}`;

// prettier-ignore -- one row a line
export const doorRows: DoorRow[] = [
  ['a service without a token', service, {}, [401], /token/],
  ['a service with an empty token', service, token(''), [401], /token/],
  ['a service with a token that is none', service, token('abc'), [403], /not valid/],
  ['a service with an altered token', service, token('{service}x'), [403], /not valid/],
  ['a service with a token that nobody signed', service, token('{unsignedService}'), [403], /not valid/],
  ['a service with a token of another port', service, token('{otherService}'), [403], /another service/],
  ['a service with a token of another sandbox', service, token('{goneService}'), [403], /another service/],
  ['a service with a token of yesterday', service, token('{oldService}'), [403], /expired/],
  ['a service with a link to a file', service, token('{link}'), [403], /not valid/],
  ['a service with a token of 8000 characters', service, token(long(8000)), [403], /not valid/],
  ['a service with the API key as token', service, token('{key}'), [403], /not valid/],
  ['a service with the API key', service, key, [401], /token/],
  ['a service with a cookie by its path', service, cookie('{service}'), [401], /token/],
  ['a service with the token in the query', `${service}?token={service}`, {}, [401], /token/],
  ['a service from a page of elsewhere', service, { ...right, Origin: 'https://a.example' }, [403], /origin/],
  ['a service by a host of elsewhere', service, { ...right, Host: 'a.example' }, [403], /host/],
  ['a service where nothing listens', service, right, [502], /8080.*Start the service/],
  ['a service where nothing listens by POST', service.replace('GET', 'POST'), right, [502], /8080/],
  ['a WebSocket to a service without a token', service, webSocket, [401], /token/],
  ['a WebSocket to where nothing listens', service, { ...webSocket, ...right }, [502], /8080/],
  [
    'a service of a sandbox that is gone',
    'GET /services/{gone}--8080/',
    token('{goneService}'),
    [404],
    /sandbox/,
  ],
  ['a service of what never was', 'GET /services/{unknown}--8080/', {}, [401], /token/],
  ['a service on port 0', 'GET /services/{box}--0/', { ...key, ...right }, [404], /path/],
  ['a service on port 65536', 'GET /services/{box}--65536/', { ...key, ...right }, [404], /path/],
  ['a service on port 08080', 'GET /services/{box}--08080/', { ...key, ...right }, [404], /path/],
  ['a service on no port', 'GET /services/{box}/', { ...key, ...right }, [404], /path/],
  [
    'a service by the name of its sandbox',
    'GET /services/{name}--8080/',
    { ...key, ...right },
    [404],
    /path/,
  ],
  ['services without a name', 'GET /services/', key, [404], /path/],
  ['services without a name and a key', 'GET /services/', {}, [401, 403], /key/],
  ['a host of a service without a token', 'GET /', onHost, [401], /token/],
  ['a host of a service with the API key', 'GET /v2/sandboxes/boxes', { ...onHost, ...key }, [401], /token/],
  [
    'a host of a service with an altered cookie',
    'GET /',
    { ...onHost, ...cookie('{service}x') },
    [403],
    /not valid/,
  ],
  [
    'a host of a service with an old cookie',
    'GET /',
    { ...onHost, ...cookie('{oldService}') },
    [403],
    /expired/,
  ],
  [
    'a host of a service with a cookie of another port',
    'GET /',
    { ...onHost, ...cookie('{otherService}') },
    [403],
    /another/,
  ],
  [
    'a host of a service where nothing listens',
    'GET /',
    { ...onHost, ...cookie('{service}') },
    [502],
    /8080/,
  ],
  ['a sign-in without a token', 'GET /_svc/auth', onHost, [401], /token/],
  ['a sign-in with an old token', 'GET /_svc/auth?token={oldService}', onHost, [403], /expired/],
  ['a sign-in with a token of another port', 'GET /_svc/auth?token={otherService}', onHost, [403], /another/],
  [
    'a sign-in that leads elsewhere',
    'GET /_svc/auth?token={service}&redirect=//a.example',
    onHost,
    [400],
    /redirect/,
  ],
  ['a sign-in of a frame without a token', 'POST /_svc/auth', onHost, [401], /token/],
  [
    'a sign-in of a frame with an old token',
    'POST /_svc/auth',
    { ...onHost, ...token('{oldService}') },
    [403],
    /expired/,
  ],
  ['a sign-in by DELETE', 'DELETE /_svc/auth', onHost, [404, 405], /path/],
  ['what is not for signing in', 'GET /_svc/keys', { ...onHost, ...right }, [404], /path/],

  ['a link without a token', 'GET /downloads/', key, [404], /path/],
  ['a link without a token and a key', 'GET /downloads/', {}, [401, 403], /key/],
  ['a link that is none', link('abc'), {}, [403], /not valid/],
  ['a link of a zero byte', link('%00'), {}, [403], /not valid/],
  ['a link that is badly written', link('%zz'), {}, [403], /not valid/],
  ['a link upwards', link('..%2f..%2fetc%2fpasswd'), {}, [403], /not valid/],
  ['a link of 8000 characters', link(long(8000)), {}, [403], /not valid/],
  ['an altered link', link('{link}x'), {}, [403], /not valid/],
  ['a link that goes on', link('{link}.{link}'), {}, [403], /not valid/],
  ['a link that nobody signed', link('{unsignedLink}'), {}, [403], /not valid/],
  ['a link of yesterday', link('{oldLink}'), {}, [403], /expired/],
  ['a link of yesterday with the API key', link('{oldLink}'), key, [403], /expired/],
  ['a link with the token of a service', link('{service}'), {}, [403], /not valid/],
  ['a link with the API key', link('{key}'), {}, [403], /not valid/],
  ['a link with more behind it', link('{link}/more'), key, [404], /path/],
  ['a link to a file that is nowhere', link('{lostLink}'), {}, [404], /\/no\/where/],
  ['a link to a folder', link('{folderLink}'), {}, [400], /is a directory/],
  ['a link into a sandbox that is gone', link('{goneLink}'), {}, [404], /sandbox/],
  ['a link by POST', link('{link}').replace('GET', 'POST'), {}, [405], /GET/],
  ['a link by PUT', link('{link}').replace('GET', 'PUT'), {}, [405], /GET/],
  ['a link by DELETE', link('{link}').replace('GET', 'DELETE'), {}, [405], /GET/],
  ['a link by a host of elsewhere', link('{link}'), { Host: 'a.example' }, [403], /host/],
  ['a link from a page of elsewhere', link('{link}'), { Origin: 'https://a.example' }, [403], /origin/],
  ['a link on the host of pages', link('{link}'), onPageHost, [403], /another host/],
  ['a page on the host of all', link('{page}'), {}, [403], /another host/],
  [
    'a page on the host of another sandbox',
    link('{page}'),
    { Host: '{gone}--dl.localhost' },
    [403],
    /another host/,
  ],
  ['anything else on the host of pages', 'GET /v2/sandboxes/boxes', { ...onPageHost, ...key }, [404], /path/],
  ['the root on the host of pages', 'GET /', onPageHost, [404], /path/],
];

/** What is asked of a file of so many bytes by its link · status · `Content-Range`, with the size in place of `{size}`. */
export type RangeRow = [range: string, status: number, contentRange: string | undefined];

// What is no range, or several, is passed over: RFC 9110, 14.2.
// prettier-ignore -- one row a line
export const rangeRows: RangeRow[] = [
  ['bytes={size}-', 416, 'bytes */{size}'],
  ['bytes=999999999999999999999-', 416, 'bytes */{size}'],
  ['bytes=-0', 416, 'bytes */{size}'],
  ['bytes=0-999999999999999999999', 206, 'bytes 0-{last}/{size}'],
  ['bytes=-999999999999999999999', 206, 'bytes 0-{last}/{size}'],
  ['bytes=1-0', 200, undefined],
  ['bytes=-', 200, undefined],
  ['bytes=', 200, undefined],
  ['bytes=a-b', 200, undefined],
  ['bytes=-1-2', 200, undefined],
  ['bytes=0.5-1', 200, undefined],
  ['bytes=0-0,1-1', 200, undefined],
  ['lines=0-1', 200, undefined],
  ['0-1', 200, undefined],
];
