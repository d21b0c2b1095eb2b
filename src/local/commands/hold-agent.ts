import type { HeldAgent } from '../ssh-agent/forwarded-agent';
import { invalidFrame, type ClientFrame } from './client-frames';
import type { Command } from './command';

type AgentFrame = Extract<ClientFrame, { type: 'ssh_agent_data' | 'ssh_agent_close' }>;
export type FirstFrame = Extract<ClientFrame, { type: 'execute' | 'reconnect' }>;

/**
 * Makes a client one whose SSH agent the command reaches: at once when it asks for that, and when no other is left when
 * it comes back. ASSUMED: `reconnect` has no field for it. `send` writes a frame to the client.
 */
export function holdAgent(
  { agent }: Command,
  first: FirstFrame,
  send: (frame: object) => Promise<void>,
): HeldAgent | undefined {
  if (!agent || (first.type === 'execute' && !first.ssh_agent_forward)) return undefined;
  // One that is gone is told of by the end of its connection.
  const tell = (frame: object): Promise<void> => send(frame).catch(() => undefined);
  const holder = {
    said: (channel: number, bytes: Buffer) =>
      tell({ type: 'ssh_agent_data', channel_id: String(channel), data: bytes.toString('base64') }),
    ended: (channel: number) => void tell({ type: 'ssh_agent_close', channel_id: String(channel) }),
  };
  return agent.hold(holder, first.type === 'execute' ? 'first' : 'last');
}

/** Throws Failure 400 for a client whose agent nobody asks. */
export function answerAgent(agent: HeldAgent | undefined, frame: AgentFrame): void {
  if (!agent) throw invalidFrame(`${frame.type}: this connection does not answer for an SSH agent.`);
  const channel = Number(frame.channel_id);
  if (frame.type === 'ssh_agent_close') agent.end(channel);
  else agent.answer(channel, Buffer.from(frame.data, 'base64'));
}
