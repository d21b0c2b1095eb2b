import {
  createBox,
  getBox,
  getBoxStatus,
  listBoxes,
  startBox,
  stopBox,
  updateBox,
} from '../../../src/api/boxes';
import { createRegistry, deleteRegistry, listRegistries } from '../../../src/api/registries';
import { captureSnapshot, createSnapshot, getSnapshot, listSnapshots } from '../../../src/api/snapshots';
import { waitForBox, waitForSnapshot } from '../../../src/api/wait';
import { baseImage, gibibyte } from '../local/fixture/wire';
import { boxOf, snapshotOf, statusOf, type Operation } from './operation';

const timeoutMs = 60_000;
const registry = (unique: string) => ({ name: `differential-${unique}`, url: 'registry.example.com' });

export const controlPlane: Operation[] = [
  {
    what: 'build a snapshot',
    theirs: async ({ client, unique }) => {
      const { status, name } = await client.createSnapshot(snapshotOf(unique), baseImage(), gibibyte);
      return { status, name };
    },
    ours: async ({ transport, unique }) => {
      const request = { name: snapshotOf(unique), docker_image: baseImage(), fs_capacity_bytes: gibibyte };
      const { id } = await createSnapshot(transport, request);
      const { status, name } = await waitForSnapshot(transport, id, { timeoutMs });
      return { status, name };
    },
  },
  {
    what: 'find snapshots',
    theirs: async ({ client, unique }) =>
      (await client.listSnapshots({ nameContains: unique })).map(({ name, status }) => [name, status]),
    ours: async ({ transport, unique }) =>
      (await listSnapshots(transport, { name_contains: unique })).items.map(({ name, status }) => [
        name,
        status,
      ]),
  },
  {
    what: 'create a sandbox',
    theirs: async ({ client, unique }) => {
      const options = { snapshotName: snapshotOf(unique), name: boxOf(unique), idleTtlSeconds: 120 };
      const { name, status, idle_ttl_seconds } = await client.createSandbox(options);
      return { name, status, idle_ttl_seconds };
    },
    ours: async ({ transport, unique }) => {
      const { name, status, idle_ttl_seconds } = await createBox(transport, {
        snapshot_name: snapshotOf(unique),
        name: boxOf(unique),
        idle_ttl_seconds: 120,
        wait_for_ready: true,
        timeout: 30,
      });
      return { name, status, idle_ttl_seconds };
    },
  },
  {
    what: 'list sandboxes',
    theirs: async ({ client, unique }) =>
      (await client.listSandboxes()).map(({ name }) => name).filter((name) => name.includes(unique)),
    ours: async ({ transport, unique }) =>
      (await listBoxes(transport)).items.map(({ name }) => name).filter((name) => name.includes(unique)),
  },
  {
    what: 'look at a sandbox and a snapshot, by name',
    theirs: async ({ client, unique }) => {
      const box = await client.getSandbox(boxOf(unique));
      const snapshot = await client.getSnapshot(snapshotOf(unique));
      return [look(box), look(snapshot), box.snapshot_id === snapshot.id];
    },
    ours: async ({ transport, unique }) => {
      const box = await getBox(transport, boxOf(unique));
      const snapshot = await getSnapshot(transport, snapshotOf(unique));
      return [look(box), look(snapshot), box.snapshot_id === snapshot.id];
    },
  },
  {
    what: 'change a sandbox',
    theirs: async ({ client, unique }) =>
      (await client.updateSandbox(boxOf(unique), { deleteAfterStopSeconds: 600 })).delete_after_stop_seconds,
    ours: async ({ transport, unique }) =>
      (await updateBox(transport, boxOf(unique), { delete_after_stop_seconds: 600 }))
        .delete_after_stop_seconds,
  },
  {
    what: 'capture a sandbox',
    theirs: async ({ client, unique }) => {
      const capture = await client.captureSnapshot(boxOf(unique), `${snapshotOf(unique)}-capture`);
      return { name: capture.name, status: capture.status };
    },
    ours: async ({ transport, unique }) => {
      const request = { name: `${snapshotOf(unique)}-capture` };
      const { id } = await captureSnapshot(transport, boxOf(unique), request);
      const { name, status } = await waitForSnapshot(transport, id, { timeoutMs });
      return { name, status };
    },
  },
  {
    what: 'stop a sandbox and start it',
    theirs: async ({ client, unique }) => {
      await client.stopSandbox(boxOf(unique));
      const { status } = await client.getSandboxStatus(boxOf(unique));
      return [status, (await client.startSandbox(boxOf(unique))).status];
    },
    ours: async ({ transport, unique }) => {
      await stopBox(transport, boxOf(unique));
      const { status } = await getBoxStatus(transport, boxOf(unique));
      await startBox(transport, boxOf(unique));
      return [status, (await waitForBox(transport, boxOf(unique), { timeoutMs })).status];
    },
  },
  {
    what: 'keep a registry, twice under one name',
    theirs: async ({ client, unique }) => {
      await client.registries.create(registry(unique));
      const refused = await statusOf(client.registries.create(registry(unique)));
      const { registries } = await client.registries.list({ name_contains: unique });
      await client.registries.delete(registry(unique).name);
      return [refused, registries?.map(({ name }) => name)];
    },
    ours: async ({ transport, unique }) => {
      await createRegistry(transport, registry(unique));
      const refused = await statusOf(createRegistry(transport, registry(unique)));
      const { items } = await listRegistries(transport, { name_contains: unique });
      await deleteRegistry(transport, registry(unique).name);
      return [refused, items.map(({ name }) => name)];
    },
    better: {
      why: 'a conflict is no less of one the second time: it is asked once, not three times',
      theirs: Array<string>(2).fill(
        'POST /registries {"name":"differential-{unique}","url":"registry.example.com"} 409',
      ),
      ours: [],
    },
  },
];

/** What somebody chose of it. The official client writes `vCpus`. */
function look(thing: object): unknown {
  const names = [
    ...['id', 'name', 'status', 'status_message', 'labels', 'docker_image', 'fs_capacity_bytes', 'vcpus'],
    ...[
      'mem_bytes',
      'idle_ttl_seconds',
      'delete_after_stop_seconds',
      'preserve_memory_on_stop',
      'run_config',
    ],
  ];
  const entries = Object.entries(thing).map(
    ([name, value]) => [name.toLowerCase(), value as unknown] as const,
  );
  return Object.fromEntries(entries.filter(([name]) => names.includes(name)));
}
