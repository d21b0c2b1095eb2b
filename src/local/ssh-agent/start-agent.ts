import { randomBytes } from 'node:crypto';
import { orAborted } from '../abort';
import type { Engine } from '../engine/engine';
import { Failure } from '../failure';
import type { Log } from '../log';
import { openProgram } from '../open-program';
import { agentFrame, readAgentFrames } from './agent-frames';
import { forwardAgent, type ForwardedAgent } from './forwarded-agent';

/** The program takes ten minutes of silence for the end of its server. */
const signOfLifeMs = 60_000;
/** For the program to take its socket away. */
const farewellMs = 2_000;

export interface StartedAgent extends ForwardedAgent {
  /** What `SSH_AUTH_SOCK` is to be in the sandbox. */
  path: string;
  /** Ends it with all its channels, and takes the socket away. */
  close(): void;
}

/** Lets an SSH agent be reached in a running container by one user. Throws Failure `CommandError` where it can't. */
export async function startAgent(
  { engine, log }: { engine: Engine; log: Log },
  container: string,
  user: string | undefined,
  signal: AbortSignal,
): Promise<StartedAgent> {
  const path = `/tmp/langsmith-agent-${randomBytes(8).toString('hex')}.sock`;
  const process = await openProgram(engine, container, { program: 'agent', args: [path], user }, signal);
  const { stdin, stdout } = process;
  const end = (): void => process.end();
  for (const stream of [stdin, stdout]) stream.on('error', end);
  try {
    const frames = readAgentFrames(stdout);
    const first = await orAborted(frames.next(), signal);
    if (first.done || first.value.length !== 0) throw noSocket(path, first.value?.length);
    const agent = forwardAgent(frames, {
      write: (bytes) => void stdin.write(bytes),
      get waiting() {
        return stdin.writableLength;
      },
    });
    const signs = setInterval(() => stdin.write(agentFrame(0)), signOfLifeMs).unref();
    agent.served
      .catch((error: unknown) => log.info(`the SSH agent in ${container} ended: ${String(error)}`))
      .finally(() => {
        clearInterval(signs);
        end();
      });
    const close = (): void => {
      stdin.end();
      setTimeout(end, farewellMs).unref();
    };
    return Object.assign(agent, { path, close });
  } catch (error) {
    end();
    throw error;
  }
}

function noSocket(path: string, errno: number | undefined): Failure {
  const reason = errno === undefined ? 'the program for it ended' : `errno ${-errno}`;
  return new Failure(
    400,
    'CommandError',
    `No SSH agent can be forwarded: ${path} can't be made (${reason}).`,
  );
}
