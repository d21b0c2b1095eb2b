import type { WebSocket } from 'ws';
import { asFailure } from '../error-reply';
import type { Log } from '../log';
import { invalidFrame, readFrame, type ClientFrame, type ExecuteFrame } from './client-frames';
import type { Command } from './command';
import { answerAgent, holdAgent, type FirstFrame } from './hold-agent';
import { commandRequest } from './command-shapes';
import type { Commands } from './commands';
import { follow } from './follow';
import { arrivalsOn, type Arrivals } from './arrivals';
import type { HeldAgent } from '../ssh-agent/forwarded-agent';
import type { Offsets } from './output';

/** RFC 6455, 7.4.1. */
const closeCodes = { normal: 1000, policy: 1008, broken: 1006 };
const usualTerminal = { cols: 80, rows: 24 };

/**
 * One client of one command, over a WebSocket. A frame that is wrong, and an unknown id, is answered with an `error`
 * frame and ends the connection; the command goes on. Never throws.
 */
export function serveSocket(
  commands: Commands,
  boxId: string,
  webSocket: WebSocket,
  firstFrameMs: number,
  log: Log,
): void {
  const gone = new AbortController();
  let command: Command | undefined;
  let agent: HeldAgent | undefined;
  let turn = Promise.resolve();
  let isRefused = false;

  const send = (frame: object): Promise<void> =>
    new Promise((resolve, reject) => {
      webSocket.send(JSON.stringify(frame), (error) => (error ? reject(error) : resolve()));
    });
  const refuse = (error: unknown): void => {
    if (webSocket.readyState !== webSocket.OPEN) return;
    isRefused = true;
    const { type, message, status } = asFailure(error);
    log.info(`command refused: ${type}: ${message}`);
    const isProtocol = type === 'InvalidRequest';
    webSocket.send(JSON.stringify({ type: 'error', error: message, error_type: type }));
    webSocket.close(isProtocol ? closeCodes.policy : closeCodes.normal, isProtocol ? `${status}` : undefined);
  };
  const attach = async (found: Command, from: Offsets, first: FirstFrame): Promise<void> => {
    command = found;
    if (webSocket.readyState === webSocket.OPEN) agent = holdAgent(found, first, send);
    const arrivals = keepUntilArrived(found, webSocket, from);
    found.output.acknowledge(undefined);
    await send({ type: 'started', command_id: found.id, pid: found.pid });
    const sent = { ...from };
    const options = { from, isText: true, acknowledges: false, signal: gone.signal };
    for await (const progress of follow(found, options)) {
      if (progress.kind === 'bytes') {
        const { stream, offset, bytes } = progress;
        await send({ type: stream, data: bytes.toString(), offset });
        sent[stream] = offset + bytes.length;
        arrivals.sent(sent);
      } else if (progress.kind === 'outcome') {
        agent?.release();
        await send(progress.outcome);
        webSocket.close(closeCodes.normal);
      }
    }
  };
  const begin = async (frame: ClientFrame): Promise<void> => {
    if (frame.type !== 'execute' && frame.type !== 'reconnect') {
      throw invalidFrame('The first frame must be execute or reconnect.');
    }
    clearTimeout(patience);
    const from = frame.type === 'reconnect' ? frame : { stdout_offset: 0, stderr_offset: 0 };
    const found = await (frame.type === 'reconnect'
      ? commands.find(boxId, frame.command_id)
      : commands.open(boxId, frame.command_id, requestOf(frame)));
    void attach(found, { stdout: from.stdout_offset, stderr: from.stderr_offset }, frame).catch(refuse);
  };
  const handle = async (data: Buffer, isBinary: boolean): Promise<void> => {
    if (isRefused) return;
    const frame = readFrame(data, isBinary);
    // Also of a client that has gone since: the official one says kill and leaves in one breath.
    if (command) await steer(command, agent, frame);
    else if (webSocket.readyState === webSocket.OPEN) await begin(frame);
  };

  const patience = setTimeout(
    () => refuse(invalidFrame('Send execute or reconnect as the first frame.')),
    firstFrameMs,
  );
  webSocket.once('close', () => {
    clearTimeout(patience);
    agent?.release();
    gone.abort(new Error('The client went away.'));
  });
  webSocket.on('message', (data: Buffer, isBinary) => {
    webSocket.pause(); // what comes meanwhile waits in the connection
    turn = turn
      .then(() => handle(data, isBinary))
      .catch(refuse)
      .finally(() => webSocket.resume());
  });
  webSocket.resume();
}

/** What is not known to have arrived is kept, also for a while after the connection broke. */
function keepUntilArrived({ output, returning }: Command, webSocket: WebSocket, from: Offsets): Arrivals {
  const arrivals = arrivalsOn(webSocket, from, () => output.bell.ring());
  if (webSocket.readyState === webSocket.CLOSED) return arrivals;
  const letGo = output.hold(arrivals.confirmed);
  const client = returning.arrive();
  webSocket.once('close', (code: number) => {
    if (code === closeCodes.broken) returning.expect(client, arrivals.confirmed);
    letGo();
  });
  return arrivals;
}

function requestOf(frame: ExecuteFrame): Parameters<Commands['open']>[2] {
  const isTerminal = frame.pty ?? false;
  if (!isTerminal && !frame.command) throw invalidFrame('execute: command is required without pty.');
  return {
    ...commandRequest(frame),
    forwardsAgent: frame.ssh_agent_forward ?? false,
    killOnDisconnect: frame.kill_on_disconnect ?? false,
    stdin: isTerminal || !frame.close_stdin,
    tty: isTerminal
      ? { cols: frame.cols ?? usualTerminal.cols, rows: frame.rows ?? usualTerminal.rows }
      : undefined,
  };
}

async function steer(command: Command, agent: HeldAgent | undefined, frame: ClientFrame): Promise<void> {
  switch (frame.type) {
    case 'input':
      return command.input(frame.data);
    case 'close_stdin':
      command.closeInput();
      return;
    case 'kill':
      void command.kill();
      return;
    case 'resize':
      return command.resize(frame);
    case 'ssh_agent_data':
    case 'ssh_agent_close':
      answerAgent(agent, frame);
      return;
    case 'execute':
    case 'reconnect':
      throw invalidFrame(`${frame.type} can only be the first frame.`);
  }
}
