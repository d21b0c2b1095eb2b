import { beforeAll, expect, it } from 'vitest';
import { peakOf } from '../../../harness/resident';
import { runningServer } from '../fixture/running-server';
import { baseImage, sentence, type Answer } from '../fixture/wire';

// What 80 commands wrote, 2 MB each, is more than the 64 MiB that the server keeps of commands that have ended.

const commands = 80;
const atATime = 5;
const mostMegabytes = 190;

const running = runningServer();
let box: string;

beforeAll(async () => {
  const snapshot = await running.wire.build('kept', baseImage());
  box = (await running.wire.boot({ snapshot_id: snapshot.id })).id;
});

const stream = (step: 'start' | 'resume', body: object): Promise<Answer> =>
  running.wire.call('POST', `/${box}/execute/stream/${step}`, body);
const start = (number: number): Promise<Answer> => {
  const write = 'echo >> /root/runs; head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2';
  return stream('start', { command_id: `kept-${number}`, command: write });
};

it(
  'of many commands that wrote much the newest are kept, the oldest are forgotten and not run again, and memory stays bounded',
  { timeout: 180_000 },
  async () => {
    const peak = await peakOf(running.server.pid);
    for (let first = 0; first < commands; first += atATime) {
      const numbers = Array.from({ length: atATime }, (_, index) => first + index);
      for (const { text } of await Promise.all(numbers.map(start))) expect(text).toContain('event: exit');
    }
    expect(await peak()).toBeLessThan(mostMegabytes);

    for (const again of [await stream('resume', { command_id: 'kept-0' }), await start(0)]) {
      expect([again.status, again.json]).toMatchObject([404, { detail: { error: 'SessionExpired' } }]);
      expect(sentence(again)).toBe('Command kept-0 ended, and its output is no longer kept.');
    }
    const newest = await stream('resume', { command_id: `kept-${commands - 1}` });
    expect(newest.text.match(/"stream":"std(?:out|err)","offset":1000000/g)).toHaveLength(2);
    expect((await running.wire.execute(box, 'wc -l < /root/runs')).stdout).toBe(`${commands}\n`);
  },
);
