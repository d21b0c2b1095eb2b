import { agentFrame, type AgentFrame } from './agent-frames';

/** Somebody outside who has an SSH agent. */
export interface AgentHolder {
  /** What was said on a channel, which is new when it has not been named before. Resolves when more may come. */
  said(channel: number, bytes: Buffer): Promise<void>;
  /** A channel ended in the sandbox. */
  ended(channel: number): void;
}

/** How a holder answers. What it says to a channel that is over is dropped. */
export interface HeldAgent {
  /** Resolves when more may come. */
  answer(channel: number, bytes: Buffer): Promise<void>;
  end(channel: number): void;
  /** It has gone: its channels end. */
  release(): void;
}

/** The channels between a socket in a sandbox and one holder at a time. Without one, whoever connects is turned away. */
export interface ForwardedAgent {
  readonly isHeld: boolean;
  /** From here on `holder` is asked; the channels of an earlier one end. */
  hold(holder: AgentHolder): HeldAgent;
}

/** Serves until `frames` end. `write` hands bytes to the program and resolves when more may come. */
export function forwardAgent(
  frames: AsyncIterable<AgentFrame>,
  write: (bytes: Buffer) => Promise<void>,
): ForwardedAgent & { served: Promise<void> } {
  /** The program tells the end of each once, also of those that were ended from here. */
  const channels = new Map<number, 'open' | 'ending'>();
  let holder: AgentHolder | undefined;

  const end = (channel: number): void => {
    channels.set(channel, 'ending');
    void write(agentFrame(channel));
  };
  const endAll = (): void => {
    for (const [channel, state] of channels) if (state === 'open') end(channel);
  };
  const take = async ({ channel, length, bytes }: AgentFrame): Promise<void> => {
    const state = channels.get(channel);
    if (length <= 0) {
      channels.delete(channel);
      if (state === 'open') holder?.ended(channel);
    } else if (state !== 'ending') {
      channels.set(channel, 'open');
      if (holder) await holder.said(channel, bytes);
      else end(channel);
    }
  };
  const serve = async (): Promise<void> => {
    try {
      for await (const frame of frames) await take(frame);
    } finally {
      for (const [channel, state] of channels) if (state === 'open') holder?.ended(channel);
      channels.clear();
    }
  };
  const hold = (next: AgentHolder): HeldAgent => {
    endAll();
    holder = next;
    const isMine = (channel: number): boolean => holder === next && channels.get(channel) === 'open';
    return {
      answer: async (channel, bytes) => {
        if (bytes.length > 0 && isMine(channel)) await write(agentFrame(channel, bytes));
      },
      end: (channel) => {
        if (isMine(channel)) end(channel);
      },
      release: () => {
        if (holder !== next) return;
        endAll();
        holder = undefined;
      },
    };
  };
  return {
    get isHeld() {
      return holder !== undefined;
    },
    hold,
    served: serve(),
  };
}
