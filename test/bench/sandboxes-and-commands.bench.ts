import { randomBytes } from 'node:crypto';
import { describe } from 'vitest';
import { deleteBox } from '../../src/api/boxes';
import { execute } from '../../src/api/commands';
import { runCommand } from '../../src/api/commands/run-command';
import { pairs, rig } from './rig';
import { timed } from './contest';
import { docker } from './docker';

const unique = randomBytes(4).toString('hex');

describe.each([
  ['', true],
  [', without spares', false],
])('%s', (how, spares) => {
  const bench = rig({ spares });
  const dockerExec = (): Promise<number> =>
    timed(() => docker('exec', bench.container, '/bin/bash', '-c', 'true'));

  bench.contest({
    name: `create to ready${how}`,
    against: 'docker run -d',
    pairs,
    ours: async (round) => {
      const name = `bench-${unique}-${round}`;
      await bench.spared();
      const ms = await timed(() => bench.create(name));
      await deleteBox(bench.transport, name);
      return ms;
    },
    theirs: async (round) => {
      const name = `bench-docker-${unique}-${round}`;
      const run = ['run', '-d', '--init', '--name', name, bench.image, 'sleep', '3600'];
      const ms = await timed(() => docker(...run));
      await docker('rm', '-f', name);
      return ms;
    },
  });

  const ways = { WebSocket: runCommand, POST: execute };
  for (const [way, run] of Object.entries(ways)) {
    bench.contest({
      name: `a command, ${way}${how}`,
      against: 'docker exec',
      pairs,
      ours: async () => {
        await bench.spared();
        return timed(() => run(bench.transport, bench.box, { command: 'true' }));
      },
      theirs: dockerExec,
    });
  }
});
