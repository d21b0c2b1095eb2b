import type { HeldAgent } from '../agents/forwarded-agent';
import { invalidFrame, type ClientFrame } from './client-frames';
import type { Command } from './command';

type AgentFrame = Extract<ClientFrame, { type: 'ssh_agent_data' | 'ssh_agent_close' }>;

/**
 * Makes a client the one whose SSH agent the command reaches, when it asks to be, or comes back to a command that has
 * lost the one it had. ASSUMED: `reconnect` has no field for it. `send` writes a frame to the client.
 */
export function holdAgent(
  { agent }: Command,
  isAsked: boolean,
  send: (frame: object) => Promise<void>,
): HeldAgent | undefined {
  if (!agent || (agent.isHeld && !isAsked)) return undefined;
  // One that is gone is told of by the end of its connection.
  const tell = (frame: object): Promise<void> => send(frame).catch(() => undefined);
  return agent.hold({
    said: (channel, bytes) =>
      tell({ type: 'ssh_agent_data', channel_id: String(channel), data: bytes.toString('base64') }),
    ended: (channel) => void tell({ type: 'ssh_agent_close', channel_id: String(channel) }),
  });
}

/** Throws Failure 400 for a client whose agent nobody asks. */
export async function answerAgent(agent: HeldAgent | undefined, frame: AgentFrame): Promise<void> {
  if (!agent) throw invalidFrame(`${frame.type}: this connection does not answer for an SSH agent.`);
  const channel = Number(frame.channel_id);
  if (frame.type === 'ssh_agent_close') agent.end(channel);
  else await agent.answer(channel, Buffer.from(frame.data, 'base64'));
}
