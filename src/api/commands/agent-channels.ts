import type { Duplex } from 'node:stream';
import type { Line } from '../network/line';
import type { AgentCloseFrame, AgentDataFrame } from '../wire/command-frames';
import { agentRefusal, agentRequests } from './agent-requests';

/** Opens one more connection to the SSH agent of whoever follows a command. */
export type OpenAgent = () => Duplex;

/** Of questions that an agent has not taken; one that takes no more is given up. */
const mostWaitingBytes = 1024 * 1024;
const mostChannels = 64;

interface Channel {
  agent: Duplex;
  take: (bytes: Buffer) => void;
}

/**
 * The connections that programs in a sandbox have to an SSH agent on this side. A channel begins with the first that is
 * said on it; those of a connection to the server end with it, for nobody knows what of them has arrived.
 */
export class AgentChannels {
  readonly #open: OpenAgent | undefined;
  readonly #channels = new Map<string, Channel>();
  /** Ended from here: what the server has sent on them meanwhile is no beginning. */
  readonly #over = new Set<string>();
  #line: Line | undefined;

  constructor(open: OpenAgent | undefined) {
    this.#open = open;
  }

  attach(line: Line): void {
    this.#line = line;
  }

  detach(): void {
    this.#line = undefined;
    for (const { agent } of this.#channels.values()) agent.destroy();
    this.#channels.clear();
    this.#over.clear();
  }

  said({ channel_id: id, data }: AgentDataFrame): void {
    const line = this.#line;
    if (!line || this.#over.has(id)) return;
    const isFull = this.#channels.size >= mostChannels;
    const channel = this.#channels.get(id) ?? (this.#open && !isFull && this.#begin(line, id, this.#open()));
    // A command that somebody with an agent started asks whoever follows it.
    if (channel) channel.take(Buffer.from(data, 'base64'));
    else this.#end(line, id);
  }

  ended({ channel_id: id }: AgentCloseFrame): void {
    const channel = this.#channels.get(id);
    this.#channels.delete(id);
    this.#over.delete(id);
    channel?.agent.destroy();
  }

  #begin(line: Line, id: string, agent: Duplex): Channel {
    const answer = (bytes: Buffer): Promise<void> =>
      tell(line, { type: 'ssh_agent_data', channel_id: id, data: bytes.toString('base64') });
    const take = agentRequests({
      pass: (bytes) => {
        if (!agent.destroyed) agent.write(bytes);
        if (agent.writableLength > mostWaitingBytes) agent.destroy();
      },
      refuse: () => void answer(agentRefusal),
      broken: () => void agent.destroy(),
    });
    agent.on('error', () => undefined); // its close tells it
    agent.on('data', (bytes: Buffer) => {
      agent.pause();
      void answer(bytes).finally(() => agent.resume());
    });
    agent.once('end', () => agent.destroy());
    agent.once('close', () => {
      if (this.#channels.get(id)?.agent !== agent) return;
      this.#channels.delete(id);
      this.#end(line, id);
    });
    const channel = { agent, take };
    this.#channels.set(id, channel);
    return channel;
  }

  #end(line: Line, id: string): void {
    this.#over.add(id);
    void tell(line, { type: 'ssh_agent_close', channel_id: id });
  }
}

/** A line that is gone takes its channels with it. */
function tell(line: Line, frame: AgentDataFrame | AgentCloseFrame): Promise<void> {
  return line.send(JSON.stringify(frame)).catch(() => undefined);
}
