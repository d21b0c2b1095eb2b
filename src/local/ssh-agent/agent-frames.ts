import type { Readable } from 'node:stream';
import { pieceReader } from '../piece-reader';

/** The frames of engine/ssh-agent/agent.ts, as the server writes and reads them. */

const headerBytes = 8;

export interface AgentFrame {
  /** 0: of the program itself. */
  channel: number;
  /** Of the bytes; 0 or a negative errno stands for itself. */
  length: number;
  bytes: Buffer;
}

/** No bytes: the end of the channel. */
export function agentFrame(channel: number, bytes: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(channel);
  header.writeInt32LE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

/** As they arrive. */
export async function* readAgentFrames(stdout: Readable): AsyncGenerator<AgentFrame, void> {
  const frames: AgentFrame[] = [];
  let channel = 0;
  const read = pieceReader(headerBytes, {
    header: (header) => {
      channel = header.readUInt32LE();
      const length = header.readInt32LE(4);
      if (length <= 0) frames.push({ channel, length, bytes: Buffer.alloc(0) });
      return Math.max(length, 0);
    },
    part: (bytes) => frames.push({ channel, length: bytes.length, bytes }),
  });
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    read(chunk);
    yield* frames.splice(0);
  }
}
