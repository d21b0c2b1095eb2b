/** What is wrong · query · content type · body · statuses · words of the sentence. */
export type UploadRow = [
  what: string,
  query: string,
  type: string,
  body: string,
  gets: number[],
  says: RegExp,
];

const type = 'multipart/form-data; boundary=edge';
const part = (name: string, end = '\r\n--edge--\r\n'): string =>
  `--edge\r\nContent-Disposition: form-data; name="${name}"; filename="file"\r\n\r\nbytes${end}`;
const there = '?path=/root/bad-inputs/file';

// prettier-ignore -- one row a line
export const uploadRows: UploadRow[] = [
  ['no path', '', type, part('file'), [400], /path/],
  ['an empty path', '?path=', type, part('file'), [400], /path/],
  ['a path that is no UTF-8', '?path=/root/%FF', type, part('file'), [400], /escape of UTF-8/],
  ['a zero byte in the path', '?path=/root/a%00b', type, part('file'), [400], /path|name/],
  ['a folder as path', '?path=/etc', type, part('file'), [400], /directory|folder/],
  [
    'a file where a folder must be',
    '?path=/etc/hostname/below',
    type,
    part('file'),
    [400],
    /\/etc\/hostname is a file/,
  ],
  [
    'a name of 300 characters',
    `?path=/root/${'n'.repeat(300)}`,
    type,
    part('file'),
    [400],
    /must name a file .* at most 255 bytes to a name/,
  ],
  ['no content type', there, '', part('file'), [400], /multipart/],
  ['JSON', there, 'application/json', '{}', [400], /multipart/],
  ['a form of the old kind', there, 'application/x-www-form-urlencoded', 'file=a', [400], /multipart|part/],
  ['no boundary', there, 'multipart/form-data', part('file'), [400], /multipart|boundary/],
  [
    'another boundary',
    there,
    'multipart/form-data; boundary=other',
    part('file'),
    [400],
    /end of multipart.*boundary/,
  ],
  ['no part', there, type, '--edge--\r\n', [400], /part/],
  ['nothing at all', there, type, '', [400], /end of multipart.*whole/],
  ['a part of another name', there, type, part('data'), [400], /"file"/],
  ['a body without its end', there, type, part('file', ''), [400], /terminated early.*whole/],
  [
    'a part without its header',
    there,
    type,
    '--edge\r\nbytes\r\n--edge--\r\n',
    [400],
    /no part named "file"/,
  ],
];
