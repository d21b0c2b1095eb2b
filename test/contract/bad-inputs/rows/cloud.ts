import type { Row } from './row';

const create = 'POST /boxes';
/** Would boot. */
const from = { snapshot_id: '{snapshot}' };
const bucket = { id: 'a', type: 's3', mount_path: '/mnt/mounts/a', s3: { bucket: 'b', region: 'r' } };
/** Mounts of a bucket, each changed so. */
const mounting = (...changes: object[]) => ({
  mount_config: { mounts: changes.map((change) => ({ ...bucket, ...change })) },
});

/** Of what only LangSmith can do: what is wrong with it is said first. */
// prettier-ignore -- one row a line
export const cloudRows: Row[] = [
  [
    'delegation of an unknown kind',
    create,
    { ...from, access_delegation: { mode: 'ALL' } },
    422,
    /access_delegation/,
  ],
  [
    'explicit delegation of nothing',
    create,
    { ...from, access_delegation: { mode: 'EXPLICIT' } },
    422,
    /access_delegation/,
  ],
  ['a bucket to mount', create, { ...from, ...mounting({}) }, 501, /works on LangSmith only/],
  [
    'a bucket without a region',
    create,
    { ...from, ...mounting({ s3: { bucket: 'b' } }) },
    422,
    /region is required/,
  ],
  ['a bucket of no kind', create, { ...from, ...mounting({ type: 'ftp' }) }, 422, /type must be one of/],
  ['a bucket that is not described', create, { ...from, ...mounting({ s3: null }) }, 422, /s3 is required/],
  [
    'a bucket anywhere',
    create,
    { ...from, ...mounting({ mount_path: '/root' }) },
    422,
    /below \/mnt\/mounts/,
  ],
  ['two buckets of one id', create, { ...from, ...mounting({}, {}) }, 422, /id of its own/],
  [
    'a repository over SSH',
    create,
    { ...from, ...mounting({ type: 'git', git: { remote_url: 'git@a:b' } }) },
    422,
    /https/,
  ],
  ['a volume', create, { ...from, volumes: [{ volume: 'v', mount_path: '/v' }] }, 501, /volume/],
];
