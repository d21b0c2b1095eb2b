import { deleteBox } from '../../../src/api/boxes';
import { startCommand } from '../../../src/api/commands/command';
import { deleteSnapshot, getSnapshot, listSnapshots } from '../../../src/api/snapshots';
import { mine, snapshotOf, statusOf, theirs, type Operation } from './operation';

export const ending: Operation[] = [
  {
    what: 'delete a sandbox, and ask it for a command',
    theirs: async (side) => {
      const box = await theirs(side);
      await box.delete();
      const failure: unknown = await box.run('true').catch((error: unknown) => error);
      return /HTTP (\d+)/.exec(String(failure))?.[1];
    },
    ours: async (side) => {
      const box = await mine(side);
      await deleteBox(side.transport, box.name);
      return String(await statusOf(startCommand(side.transport, box, { command: 'true' }).exited()));
    },
  },
  {
    what: 'delete snapshots',
    theirs: async ({ client, unique }) => {
      for (const name of [`${snapshotOf(unique)}-capture`, snapshotOf(unique)]) {
        await client.deleteSnapshot((await client.getSnapshot(name)).id);
      }
      return (await client.listSnapshots({ nameContains: unique })).length;
    },
    ours: async ({ transport, unique }) => {
      for (const name of [`${snapshotOf(unique)}-capture`, snapshotOf(unique)]) {
        await deleteSnapshot(transport, (await getSnapshot(transport, name)).id);
      }
      return (await listSnapshots(transport, { name_contains: unique })).items.length;
    },
  },
];
