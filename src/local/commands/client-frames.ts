import { z } from 'zod';
import { Failure } from '../failure';
import { sentenceOf } from '../issue-sentence';
import { commandShape, idShape, offsetShape } from './command-shapes';

const channelShape = z.string().min(1).max(64);

const frames = {
  execute: z.object({
    ...commandShape.shape,
    close_stdin: z.boolean().nullish(),
    pty: z.boolean().nullish(),
    kill_on_disconnect: z.boolean().nullish(),
    ssh_agent_forward: z.boolean().nullish(),
    rows: z.int().min(1).max(10_000).nullish(),
    cols: z.int().min(1).max(10_000).nullish(),
  }),
  reconnect: z.object({ command_id: idShape, stdout_offset: offsetShape, stderr_offset: offsetShape }),
  input: z.object({ data: z.string() }),
  close_stdin: z.object({}),
  kill: z.object({}),
  ssh_agent_data: z.object({ channel_id: channelShape, data: z.base64('data must be Base64.') }),
  ssh_agent_close: z.object({ channel_id: channelShape }),
  resize: z.object({ cols: z.int().min(1).max(10_000), rows: z.int().min(1).max(10_000) }),
};
type FrameType = keyof typeof frames;

/** What a client may send over a WebSocket. `rows` and `cols` of `execute`: as the Go SDK sends them. */
export type ClientFrame = { [Type in FrameType]: { type: Type } & z.infer<(typeof frames)[Type]> }[FrameType];
export type ExecuteFrame = Extract<ClientFrame, { type: 'execute' }>;

/** Throws Failure 400 with a sentence for whatever is none of these. */
export function readFrame(data: Buffer, isBinary: boolean): ClientFrame {
  if (isBinary) throw invalidFrame('A frame must be a text, not binary.');
  const json = parse(data.toString());
  const type: unknown = typeof json === 'object' && json !== null && 'type' in json ? json.type : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(frames, type)) {
    const known = Object.keys(frames).join(', ');
    throw invalidFrame(`A frame must be a JSON object whose type is one of ${known}.`);
  }
  const parsed = frames[type as FrameType].safeParse(json, { error: sentenceOf });
  if (parsed.success) return { type, ...parsed.data } as ClientFrame;
  throw invalidFrame(`${type}: ${parsed.error.issues.map(({ message }) => message).join(' ')}`);
}

export function invalidFrame(message: string): Failure {
  return new Failure(400, 'InvalidRequest', message);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidFrame('A frame must be valid JSON.');
  }
}
