import type { SandboxClient } from 'langsmith/sandbox';
import { expect, it } from 'vitest';
import { createBox, deleteBoxes, listBoxes, updateBox } from '../../../../src/api/boxes';
import { updateRegistry } from '../../../../src/api/registries';
import {
  allServiceUrls,
  createDownloadUrl,
  deleteServiceUrls,
  endServiceAccess,
  grantServiceAccess,
} from '../../../../src/api/services';
import {
  captureSnapshot,
  createSnapshot,
  getSnapshotTags,
  listSnapshots,
} from '../../../../src/api/snapshots';
import type { Transport } from '../../../../src/api/transport';
import { getUsage } from '../../../../src/api/usage';
import { reply, type SeenRequest } from '../scripted-server';
import { bothSides, everyOne, methodsOf } from './sides';

const base = '/api/v2/sandboxes';
const volumes = [{ volume: 'data', mount_path: '/data' }];
const snapshot = { name: 'a', docker_image: 'i', fs_capacity_bytes: 1 };

/** `METHOD /path?query` below the control plane, and the body. */
type Request = [string, object?];

/** Both spellings of each option, so that none is missed for its name. TypeScript knows neither. */
function both(options: Record<string, unknown>): never {
  const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return {
    ...options,
    ...Object.fromEntries(Object.entries(options).map(([name, value]) => [camel(name), value])),
  } as never;
}

interface Row {
  official: (client: SandboxClient) => Promise<unknown>;
  /** What the server sees of the official SDK: all that it can say. */
  theirs: Request[];
  ours: (transport: Transport) => Promise<unknown>;
  /** What it sees of us. */
  mine: Request;
}

const boxExtras = { env_vars: { K: 'v' }, cpu_millicores: 500, tag_value_ids: ['t'], volumes };
const resources = { vcpus: 2, cpu_millicores: 500, mem_bytes: 1, fs_capacity_bytes: 2, tag_value_ids: ['t'] };
const query = {
  status: 'ready',
  label: ['team'],
  sort_by: 'name',
  sort_order: 'asc',
  created_by: 'me',
} as const;
const filters = { ...query, label: [...query.label] };
const asked = 'status=ready&label=team&sort_by=name&sort_order=asc&created_by=me';
const snapshotExtras = { tag: 'v1', description: 'd', labels: { team: 'red' } };
const captureExtras = {
  ...snapshotExtras,
  include_memory: true,
  include: ['labels' as const],
  checkpoint: 'c',
};
const link = { path: '/f', content_disposition: 'inline' as const };
const pageRules = { csp_sandbox: true, csp_source_bundles: ['none' as const] };

const rows: Record<string, Row> = {
  'variables, millicores, tags and volumes of a new sandbox': {
    official: (client) => client.createSandbox('s1', both({ name: 'a', ...boxExtras })),
    theirs: [['POST boxes', { snapshot_id: 's1', name: 'a', wait_for_ready: true, timeout: 30 }]],
    ours: (transport) => createBox(transport, { snapshot_id: 's1', name: 'a', ...boxExtras }),
    mine: ['POST boxes', { snapshot_id: 's1', name: 'a', ...boxExtras }],
  },
  'resources and tags of a sandbox that is there': {
    // It has nothing to change then, and changes nothing without a word.
    official: (client) => client.updateSandbox('a', both(resources)),
    theirs: [['GET boxes/a']],
    ours: (transport) => updateBox(transport, 'a', resources),
    mine: ['PATCH boxes/a', resources],
  },
  'the deletion of several sandboxes at once': {
    official: async (client) => {
      for (const name of ['a', 'b']) await client.deleteSandbox(name);
    },
    theirs: [['DELETE boxes/a'], ['DELETE boxes/b']],
    ours: (transport) => deleteBoxes(transport, ['a', 'b']),
    mine: ['POST boxes/batch-delete', { names: ['a', 'b'] }],
  },
  'filters and the order of sandboxes': {
    official: (client) =>
      (client.listSandboxes as (query: object) => Promise<unknown>).call(client, both(filters)),
    theirs: [['GET boxes']],
    ours: (transport) => listBoxes(transport, filters),
    mine: [`GET boxes?${asked}`],
  },
  'filters and the order of snapshots': {
    official: (client) => client.listSnapshots(both({ name_contains: 'n', ...filters })),
    theirs: [['GET snapshots?name_contains=n']],
    ours: (transport) => listSnapshots(transport, { name_contains: 'n', ...filters }),
    mine: [`GET snapshots?name_contains=n&${asked}`],
  },
  'the tags of a snapshot’s name': {
    official: (client) => client.getSnapshot('a/b'),
    theirs: [['GET snapshots/a%2Fb']],
    ours: (transport) => getSnapshotTags(transport, 'a/b'),
    mine: ['GET snapshots-by-name/a%2Fb'],
  },
  'tag, description and labels of a new snapshot': {
    official: (client) => client.createSnapshot('a', 'i', 1, both(snapshotExtras)),
    theirs: [['POST snapshots', snapshot], ['GET snapshots/b1']],
    ours: (transport) => createSnapshot(transport, { ...snapshot, ...snapshotExtras }),
    mine: ['POST snapshots', { ...snapshot, ...snapshotExtras }],
  },
  'memory, settings, a checkpoint and a tag of a capture': {
    official: (client) => client.captureSnapshot('a', 's', both(captureExtras)),
    theirs: [['POST boxes/a/snapshot', { name: 's' }], ['GET snapshots/b1']],
    ours: (transport) => captureSnapshot(transport, 'a', { name: 's', ...captureExtras }),
    mine: ['POST boxes/a/snapshot', { name: 's', ...captureExtras }],
  },
  'the end of a service’s log-in': {
    official: (client) => client.serviceUrl('a', both({ port: 80, access: 'off' })).catch(String),
    theirs: [],
    ours: (transport) => endServiceAccess(transport, 'a', 80),
    mine: ['POST boxes/a/service-url', { port: 80, access: 'off' }],
  },
  'what a page that is downloaded may do': {
    official: (client) => client.generateDownloadURL('a', '/f', both({ ...link, ...pageRules })),
    theirs: [['POST boxes/a/download-url', link]],
    ours: (transport) => createDownloadUrl(transport, 'a', { ...link, ...pageRules }),
    mine: ['POST boxes/a/download-url', { ...link, ...pageRules }],
  },
};

it.each(Object.entries(rows))('F %s: we can say them, the official SDK cannot', async (_, row) => {
  const { official, ours, seenOfOfficial, seenOfOurs } = await scriptedSides();
  await row.official(official);
  await row.ours(ours);
  expect(seenOfOfficial().map(told)).toEqual(row.theirs);
  expect(seenOfOurs().map(told)).toEqual([row.mine]);
});

it('F what the official SDK says as well, we say in the same words', async () => {
  const { official, ours, seenOfOfficial, seenOfOurs } = await scriptedSides();
  await official.registries.update('r', { url: 'https://r.test' });
  await updateRegistry(ours, 'r', { url: 'https://r.test' });
  await official.serviceUrl('a', { port: 80, access: 'workspace', embedOrigins: ['https://x.test'] });
  await grantServiceAccess(ours, 'a', { port: 80, access: 'workspace', embed_origins: ['https://x.test'] });
  await official.generateDownloadURL('a', '/f', { expiresInSeconds: 60, contentType: 'text/plain' });
  await createDownloadUrl(ours, 'a', { path: '/f', expires_in_seconds: 60, content_type: 'text/plain' });
  expect(seenOfOurs()).toHaveLength(3);
  expect(seenOfOurs().map(told)).toEqual(seenOfOfficial().map(told));
});

it('F links to services are listed and taken back, and usage is told: the official SDK has no method for these', async () => {
  const { official, ours, seenOfOurs } = await scriptedSides();
  expect(methodsOf(official).filter((name) => /service|usage|cost|quota/i.test(name))).toEqual([
    'serviceUrl',
  ]);
  await everyOne(allServiceUrls(ours, 'a'));
  await deleteServiceUrls(ours, 'a', 80);
  await getUsage(ours);
  expect(seenOfOurs().map(told)).toEqual([
    ['GET boxes/a/service-urls?page_size=100'],
    ['DELETE boxes/a/service-urls?port=80'],
    ['GET usage'],
  ]);
});

function scriptedSides(): ReturnType<typeof bothSides> {
  return bothSides((response, { method }) => {
    if (method === 'DELETE') response.writeHead(204).end();
    else reply(response, 200, { id: 'b1', name: 'a', status: 'ready', items: [], next_cursor: null });
  });
}

function told({ method, url, body }: SeenRequest): Request {
  const line = `${method} ${url.replace(`${base}/`, '')}`;
  return body === '' ? [line] : [line, JSON.parse(body) as object];
}
