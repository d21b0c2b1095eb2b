import type { Row } from './row';

const asked = (list: string, query: string): string => `GET /${list}?${query}`;

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
];

const ordered = (list: string): Row[] => [
  [`${list}: sorted by a secret`, asked(list, 'sort_by=password'), undefined, 400, /sort_by/],
  [`${list}: sorted by SQL`, asked(list, 'sort_by=name;drop%20table%20boxes'), undefined, 400, /sort_by/],
  [`${list}: sorted sideways`, asked(list, 'sort_order=sideways'), undefined, 400, /sort_order/],
  [`${list}: a status that is none`, asked(list, 'status=happy'), undefined, 400, /status/],
  [`${list}: created by another`, asked(list, 'created_by=you'), undefined, 400, /created_by/],
];

const lists = ['boxes', 'snapshots'];

// prettier-ignore -- one row a line
export const listRows: Row[] = [
  ...[...lists, 'registries'].flatMap(everywhere),
  ...lists.flatMap(ordered),
  ['registries: page_size 101', asked('registries', 'page_size=101'), undefined, 400, /page_size.*100/],
];
