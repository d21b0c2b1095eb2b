import type { Row } from './row';

const asked = (list: string, query: string): string => `GET /${list}?${query}`;

/** Of a form that the server could have given, for the order that is the default. */
const cursorOf = (fields: object): string => {
  const cursor = { by: 'created_at', down: true, value: '2026-01-01', seq: 1, ...fields };
  return `cursor=${Buffer.from(JSON.stringify(cursor)).toString('base64url')}`;
};

const everywhere = (list: string): Row[] => [
  [`${list}: page_size 0`, asked(list, 'page_size=0'), undefined, 400, /page_size/],
  [`${list}: page_size of a million`, asked(list, 'page_size=1000000'), undefined, 400, /page_size/],
  [`${list}: page_size that is no number`, asked(list, 'page_size=ten'), undefined, 400, /page_size/],
  [`${list}: limit 0`, asked(list, 'limit=0'), undefined, 400, /limit/],
  [`${list}: limit 501`, asked(list, 'limit=501'), undefined, 400, /limit.*500/],
  [`${list}: a negative offset`, asked(list, 'offset=-1'), undefined, 400, /offset/],
  [`${list}: a broken offset`, asked(list, 'offset=1.5'), undefined, 400, /offset/],
  [`${list}: a made-up cursor`, asked(list, 'cursor=abc'), undefined, 400, /cursor/],
  [`${list}: a cursor of zero bytes`, asked(list, 'cursor=%00%00'), undefined, 400, /cursor/],
  [`${list}: a cursor of another list`, asked(list, cursorOf({ of: 'tags' })), undefined, 400, /cursor/],
  [`${list}: a cursor and an offset`, asked(list, 'cursor=a&offset=1'), undefined, 400, /not both/],
  [`${list}: limit 0 beside a page_size`, asked(list, 'limit=0&page_size=5'), undefined, 400, /limit/],
  [`${list}: a number too long for one`, asked(list, `offset=${'9'.repeat(40)}`), undefined, 400, /offset/],
  [`${list}: created by another`, asked(list, 'created_by=you'), undefined, 400, /created_by/],
];

const ordered = (list: string): Row[] => [
  [`${list}: sorted by a secret`, asked(list, 'sort_by=password'), undefined, 400, /sort_by/],
  [`${list}: sorted by SQL`, asked(list, 'sort_by=name;drop%20table%20boxes'), undefined, 400, /sort_by/],
  [`${list}: sorted sideways`, asked(list, 'sort_order=sideways'), undefined, 400, /sort_order/],
  [`${list}: sorted sideways, as of old`, asked(list, 'sort_direction=up'), undefined, 400, /sort_direction/],
  [
    `${list}: a cursor of another order`,
    asked(list, cursorOf({ of: list === 'boxes' ? 'sandboxes' : list, by: 'name' })),
    undefined,
    400,
    /cursor/,
  ],
  [`${list}: a label without a key`, asked(list, 'label==value'), undefined, 400, /label/],
  [`${list}: a status that is none`, asked(list, 'status=happy'), undefined, 400, /status/],
];

const services = '{box}/service-urls';

const lists = ['boxes', 'snapshots'];

// prettier-ignore -- one row a line
export const listRows: Row[] = [
  ...[...lists, 'registries'].flatMap(everywhere),
  ...lists.flatMap(ordered),
  ['snapshots: a status of sandboxes', asked('snapshots', 'status=stopped'), undefined, 400, /status/],
  [
    'snapshots: sorted as only sandboxes are',
    asked('snapshots', 'sort_by=stopped_at'),
    undefined,
    400,
    /sort_by/,
  ],
  ['services: page_size 101', asked(`boxes/${services}`, 'page_size=101'), undefined, 400, /page_size.*100/],
  ['services: a made-up cursor', asked(`boxes/${services}`, 'cursor=abc'), undefined, 400, /cursor/],
  ['registries: by label', asked('registries', 'label=a'), undefined, 400, /labels/],
  ['registries: page_size 101', asked('registries', 'page_size=101'), undefined, 400, /page_size.*100/],
];
