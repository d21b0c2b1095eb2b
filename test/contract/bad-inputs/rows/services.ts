import { long, refused, type Row } from './row';

const service = 'POST /boxes/{box}/service-url';
const link = 'POST /boxes/{box}/download-url';
const port = { port: 8080 };
const file = { path: '/etc/hostname' };
const origins = (...embed_origins: unknown[]) => ({ ...port, embed_origins });

// prettier-ignore -- one row a line
export const serviceRows: Row[] = [
  ['a service without a port', service, {}, refused, /port/],
  ['port 0', service, { port: 0 }, refused, /port/],
  ['port 65536', service, { port: 65_536 }, refused, /port/],
  ['half a port', service, { port: 80.5 }, refused, /port/],
  ['a text as port', service, { port: '80' }, refused, /port/],
  ['a service for no time', service, { ...port, expires_in_seconds: 0 }, refused, /expires_in_seconds/],
  ['a service for two days', service, { ...port, expires_in_seconds: 172_800 }, refused, /86400/],
  ['a service for everybody', service, { ...port, access: 'public' }, refused, /access/],
  ['a service with a login', service, { ...port, access: 'restricted' }, [400, 501], /login|account|access/i],
  ['origins as a text', service, { ...port, embed_origins: 'https://a.example' }, refused, /embed_origins/],
  [
    'six origins',
    service,
    origins(...Array.from({ length: 6 }, (_, i) => `https://${i}.example`)),
    refused,
    /5/,
  ],
  ['an origin without TLS', service, origins('http://a.example'), refused, /embed_origins|https/],
  ['an origin with a path', service, origins('https://a.example/path'), refused, /embed_origins|origin/],
  ['an origin for all', service, origins('*'), refused, /embed_origins|origin/],
  [
    'an origin that breaks the header',
    service,
    origins("https://a.example; script-src 'none'"),
    refused,
    /origin/,
  ],
  ['a service of nothing', 'POST /boxes/{unknown}/service-url', port, 404, /sandbox/],
  ['services of nothing', 'GET /boxes/{unknown}/service-urls', undefined, 404, /sandbox/],
  ['a page of no services', 'GET /boxes/{box}/service-urls?page_size=0', undefined, 400, /page_size/],
  ['deleting port x', 'DELETE /boxes/{box}/service-urls?port=x', undefined, refused, /port/],
  ['deleting port 70000', 'DELETE /boxes/{box}/service-urls?port=70000', undefined, refused, /port/],
  ['a link to nothing named', link, {}, refused, /path/],
  ['a link to an empty path', link, { path: '' }, refused, /path/],
  ['a link to a zero byte', link, { path: '/a\0' }, refused, /path|zero/],
  ['a link for no time', link, { ...file, expires_in_seconds: 0 }, refused, /expires_in_seconds/],
  ['a link for a negative time', link, { ...file, expires_in_seconds: -1 }, refused, /expires_in_seconds/],
  ['a link that is neither', link, { ...file, content_disposition: 'sideways' }, refused, /attachment/],
  [
    'a type that breaks the header',
    link,
    { ...file, content_type: 'a\r\nSet-Cookie: b' },
    refused,
    /content_type/,
  ],
  ['a type that is none', link, { ...file, content_type: 'html' }, refused, /content_type/],
  [
    'a type of 5000 characters',
    link,
    { ...file, content_type: `text/${long(5000)}` },
    refused,
    /content_type/,
  ],
  [
    'an unknown sandbox flag',
    link,
    { ...file, csp_sandbox_flags: ['allow-all'] },
    refused,
    /csp_sandbox_flags/,
  ],
  [
    'an unknown source of scripts',
    link,
    { ...file, csp_source_bundles: ['evil'] },
    refused,
    /csp_source_bundles/,
  ],
  ['a link into nothing', 'POST /boxes/{unknown}/download-url', file, 404, /sandbox/],
  ['a link by GET', 'GET /boxes/{box}/download-url', undefined, 405, /POST/],
];

const costs = (query: string): string => `GET /usage/costs?${query}`;
const month = 'start_time=2026-06-01T00:00:00Z&end_time=2026-07-01T00:00:00Z';
/** Of what only LangSmith knows it is told so, right or wrong: an answer would be made up. */
const unknownHere = /Costs are known to LangSmith only/;

// prettier-ignore -- one row a line
export const usageRows: Row[] = [
  ['usage by POST', 'POST /usage', {}, 405, /GET/],
  ['usage by DELETE', 'DELETE /usage', undefined, 405, /GET/],
  ['usage of a month', 'GET /usage/2026-06', undefined, 404, /path/],
  ['a sandbox named usage', 'POST /usage/execute', { command: 'true' }, 404, /sandbox usage/],
  ['costs without a time', 'GET /usage/costs', undefined, 422, /start_time.*RFC 3339|A time/],
  ['costs by POST', 'POST /usage/costs', {}, 405, /GET/],
  ['costs below costs', 'GET /usage/costs/today', undefined, 404, /path/],
  ['costs of a month', costs(month), undefined, 501, unknownHere],
  ['costs by the hour', costs(`${month}&granularity=HOUR&include_daily=true`), undefined, 501, unknownHere],
  [
    'costs by the resource',
    costs(`${month}&granularity=RESOURCE&include_totals=true&resource_type=SANDBOX`),
    undefined,
    501,
    unknownHere,
  ],
  [
    'costs of two sandboxes',
    costs(`${month}&resource_ids={box}&resource_ids={stopped}`),
    undefined,
    501,
    unknownHere,
  ],
  ['a page of costs', costs(`${month}&page_size=5&cursor=a`), undefined, 501, unknownHere],
  [
    'costs of a year',
    costs('start_time=2025-01-01T00:00:00Z&end_time=2026-01-01T00:00:00Z'),
    undefined,
    422,
    /at most 31 days/,
  ],
  ['costs of no time', costs('start_time=today&end_time=yesterday'), undefined, 422, /RFC 3339/],
  ['costs of a time that ends first', costs(month.replace('07', '05')), undefined, 422, /later than start/],
  ['costs by the minute', costs(`${month}&granularity=MINUTE`), undefined, 422, /granularity must be one of/],
  [
    'totals by the hour',
    costs(`${month}&granularity=HOUR&include_totals=true`),
    undefined,
    422,
    /RESOURCE only/,
  ],
  ['a page of no costs', costs(`${month}&page_size=0`), undefined, 422, /page_size/],
  [
    'costs of 101 sandboxes',
    costs(`${month}${'&resource_ids={unknown}'.repeat(101)}`),
    undefined,
    422,
    /resource_ids must be at most 100/,
  ],
];

// prettier-ignore -- one row a line
export const otherRows: Row[] = [
  ['a path of nothing', 'GET /nowhere/at/all', undefined, 404, /path/],
  ['templates of long ago', 'GET /templates', undefined, 404, /path/],
  ['a page of no services', 'GET /volumes', undefined, 404, /path/],
  ['the root by POST', 'POST /', undefined, 404, /path/],
];
