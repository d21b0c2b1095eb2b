import { EventEmitter, once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { agentFrame, type AgentFrame } from '../../../../src/local/ssh-agent/agent-frames';
import { forwardAgent } from '../../../../src/local/ssh-agent/forwarded-agent';

it('who asks before the first holder is there waits for it', async () => {
  const read = new EventEmitter();
  const frames = async function* (): AsyncGenerator<AgentFrame> {
    yield said(1);
    await once(read, 'end');
  };
  const written: Buffer[] = [];
  const agent = forwardAgent(frames(), { write: (bytes) => void written.push(bytes), waiting: 0 });
  await setImmediate();
  const heard: number[] = [];
  agent.hold(
    { said: (channel) => Promise.resolve(void heard.push(channel)), ended: () => undefined },
    'first',
  );
  await expect.poll(() => heard).toEqual([1]);
  expect(written).toEqual([]);
  read.emit('end');
  await agent.served;
});

it('who asks is turned away when no holder comes', async () => {
  const written: Buffer[] = [];
  const frames = Readable.from([said(1)]) as AsyncIterable<AgentFrame>;
  await forwardAgent(frames, { write: (bytes) => void written.push(bytes), waiting: 0 }, 20).served;
  expect(Buffer.concat(written)).toEqual(agentFrame(1));
});

it.each([
  ['more channels than it has', Array.from({ length: 33 }, (_, at) => said(at + 1))],
  ['words of its own', [said(0)]],
])('a program in its place that sends %s is given up', async (_, frames) => {
  const agent = forwardAgent(Readable.from(frames) as AsyncIterable<AgentFrame>, {
    write: () => undefined,
    waiting: 0,
  });
  agent.hold({ said: () => Promise.resolve(), ended: () => undefined }, 'first');
  await expect(agent.served).rejects.toThrow('not our agent');
});

function said(channel: number): AgentFrame {
  return { channel, length: 1, bytes: Buffer.from('x') };
}
