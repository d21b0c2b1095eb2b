import type { Duplex } from 'node:stream';
import type { Line } from '../network/line';
import type { AgentCloseFrame, AgentDataFrame } from '../wire/command-frames';

/** Opens one more connection to the SSH agent of whoever follows a command. */
export type OpenAgent = () => Duplex;

/** Of questions that an agent has not taken; one that takes no more is given up. */
const mostWaitingBytes = 1024 * 1024;
const mostChannels = 64;

/**
 * The connections that programs in a sandbox have to an SSH agent on this side. A channel begins with the first that is
 * said on it; those of a connection to the server end with it, for nobody knows what of them has arrived.
 */
export class AgentChannels {
  readonly #open: OpenAgent | undefined;
  readonly #channels = new Map<string, Duplex>();
  #line: Line | undefined;

  constructor(open: OpenAgent | undefined) {
    this.#open = open;
  }

  attach(line: Line): void {
    this.#line = line;
  }

  detach(): void {
    this.#line = undefined;
    for (const agent of this.#channels.values()) agent.destroy();
    this.#channels.clear();
  }

  said({ channel_id: id, data }: AgentDataFrame): void {
    const agent = this.#channels.get(id) ?? this.#begin(id);
    if (!agent || agent.destroyed) return;
    agent.write(Buffer.from(data, 'base64'));
    if (agent.writableLength > mostWaitingBytes) agent.destroy();
  }

  ended({ channel_id: id }: AgentCloseFrame): void {
    const agent = this.#channels.get(id);
    this.#channels.delete(id);
    agent?.destroy();
  }

  #begin(id: string): Duplex | undefined {
    const line = this.#line;
    if (!line) return undefined;
    if (!this.#open || this.#channels.size >= mostChannels) {
      // A command that somebody with an agent started asks whoever follows it.
      void tell(line, { type: 'ssh_agent_close', channel_id: id });
      return undefined;
    }
    const agent = this.#open();
    this.#channels.set(id, agent);
    agent.on('error', () => undefined); // its close tells it
    agent.on('data', (bytes: Buffer) => {
      agent.pause();
      void tell(line, { type: 'ssh_agent_data', channel_id: id, data: bytes.toString('base64') }).finally(
        () => agent.resume(),
      );
    });
    agent.once('end', () => agent.destroy());
    agent.once('close', () => {
      if (this.#channels.get(id) !== agent) return;
      this.#channels.delete(id);
      void tell(line, { type: 'ssh_agent_close', channel_id: id });
    });
    return agent;
  }
}

/** A line that is gone takes its channels with it. */
function tell(line: Line, frame: AgentDataFrame | AgentCloseFrame): Promise<void> {
  return line.send(JSON.stringify(frame)).catch(() => undefined);
}
