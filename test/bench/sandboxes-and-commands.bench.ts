import { randomBytes } from 'node:crypto';
import { deleteBox } from '../../src/api/boxes';
import { execute } from '../../src/api/commands';
import { runCommand } from '../../src/api/commands/run-command';
import { pairs, rig } from './rig';
import { timed } from './contest';
import { docker } from './docker';

const unique = randomBytes(4).toString('hex');
const bench = rig();
const dockerExec = () => timed(() => docker('exec', bench.container, '/bin/bash', '-c', 'true'));

bench.contest({
  name: 'create to ready',
  against: 'docker run -d',
  pairs,
  ours: async (round) => {
    const name = `bench-${unique}-${round}`;
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

bench.contest({
  name: 'a command, WebSocket',
  against: 'docker exec',
  pairs,
  ours: () => timed(() => runCommand(bench.transport, bench.box, { command: 'true' })),
  theirs: dockerExec,
});

bench.contest({
  name: 'a command, POST',
  against: 'docker exec',
  pairs,
  ours: () => timed(() => execute(bench.transport, bench.box, { command: 'true' })),
  theirs: dockerExec,
});
