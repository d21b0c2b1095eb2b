import { settlesWithin } from '../abort';
import { agentFrame, type AgentFrame } from './agent-frames';

/** Somebody outside who has an SSH agent. */
export interface AgentHolder {
  /** What was said on a channel, which is new when it has not been named before. Resolves when more may come. */
  said(channel: number, bytes: Buffer): Promise<void>;
  /** A channel ended, not by the holder. */
  ended(channel: number): void;
}

/** How a holder answers. What it says to a channel that is over, or is not its own, is dropped. */
export interface HeldAgent {
  answer(channel: number, bytes: Buffer): void;
  /** One who ends a channel without an answer has no agent, and steps back when there is another one. */
  end(channel: number): void;
  /** It has gone: its channels end. */
  release(): void;
}

/**
 * The channels between a socket in a sandbox and those who hold an agent, of whom one is asked at a time. Without one,
 * whoever connects is turned away, after a while if there has not been one yet.
 */
export interface ForwardedAgent {
  /** `first`: it is asked from here on; `last`: when no other is left. Channels end with the turn of their holder. */
  hold(holder: AgentHolder, place: 'first' | 'last'): HeldAgent;
}

/** Where frames for the program go. */
export interface AgentInput {
  write(bytes: Buffer): void;
  /** Bytes it has not taken. */
  readonly waiting: number;
}

/** Of answers that the program does not take; a channel beyond it is ended. */
const mostWaitingBytes = 1024 * 1024;
/** The program has no more, and says that one is over before it takes another. */
const mostChannels = 32;
/** The command may ask before the client that started it is known to hold an agent. */
const usualFirstHolderMs = 10_000;

interface Channel {
  isEnding: boolean;
  isAnswered: boolean;
}

/** Serves until `frames` end. Rejects for a program that is not ours: the sandbox may have put another in its place. */
export function forwardAgent(
  frames: AsyncIterable<AgentFrame>,
  input: AgentInput,
  firstHolderMs = usualFirstHolderMs,
): ForwardedAgent & { served: Promise<void> } {
  /** The program tells the end of each once, also of those that were ended from here. */
  const channels = new Map<number, Channel>();
  const holders: AgentHolder[] = [];
  let asked: AgentHolder | undefined;
  let isAwaited = true;
  let turnEnds = (): void => undefined;
  let turn = new Promise<void>((resolve) => (turnEnds = resolve));

  const end = (channel: number, state: Channel): void => {
    state.isEnding = true;
    input.write(agentFrame(channel));
  };
  const choose = (): void => {
    const next = holders.at(-1);
    if (next === asked) return;
    // Without one asked, those that are not ending wait for the first one.
    for (const [channel, state] of asked ? channels : []) {
      if (state.isEnding) continue;
      asked?.ended(channel);
      end(channel, state);
    }
    asked = next;
    turnEnds();
    turn = new Promise<void>((resolve) => (turnEnds = resolve));
  };
  const take = async ({ channel, length, bytes }: AgentFrame): Promise<void> => {
    let state = channels.get(channel);
    if (length <= 0) {
      channels.delete(channel);
      if (state && !state.isEnding) asked?.ended(channel);
      return;
    }
    if (!state) {
      if (channel === 0 || channels.size >= mostChannels) throw new Error('This is not our agent program.');
      channels.set(channel, (state = { isEnding: false, isAnswered: false }));
    }
    if (isAwaited) await settlesWithin(turn, firstHolderMs);
    isAwaited = false;
    if (state.isEnding) return;
    if (asked) await Promise.race([asked.said(channel, bytes), turn]);
    else end(channel, state);
  };
  const serve = async (): Promise<void> => {
    try {
      for await (const frame of frames) await take(frame);
    } finally {
      for (const [channel, { isEnding }] of channels) if (!isEnding) asked?.ended(channel);
      channels.clear();
    }
  };
  const hold: ForwardedAgent['hold'] = (holder, place) => {
    isAwaited = false;
    if (place === 'first') holders.push(holder);
    else holders.unshift(holder);
    choose();
    const own = (channel: number): Channel | undefined => {
      const state = holder === asked ? channels.get(channel) : undefined;
      return state?.isEnding ? undefined : state;
    };
    const release = (): void => {
      if (holders.includes(holder)) holders.splice(holders.indexOf(holder), 1);
      choose();
    };
    return {
      answer: (channel, bytes) => {
        const state = own(channel);
        if (!state || bytes.length === 0) return;
        state.isAnswered = true;
        if (input.waiting < mostWaitingBytes) {
          input.write(agentFrame(channel, bytes));
          return;
        }
        end(channel, state);
        holder.ended(channel);
      },
      end: (channel) => {
        const state = own(channel);
        if (!state) return;
        end(channel, state);
        if (!state.isAnswered && holders.length > 1) release();
      },
      release,
    };
  };
  return { hold, served: serve() };
}
