import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { AgentFrame } from '../../../../src/local/ssh-agent/agent-frames';
import { forwardAgent } from '../../../../src/local/ssh-agent/forwarded-agent';

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
