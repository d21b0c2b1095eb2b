import { Duplex, type Writable } from 'node:stream';
import { endFrame, pieceHeader } from './relay-frames';

/** Nothing listens on the port. */
export class PortRefused extends Error {
  override readonly name = 'PortRefused';
}

/** What a connection tells its relay. */
export interface ConnectionEvents {
  connected(stream: Duplex): void;
  /** It never came to be. The relay can dial again. */
  refused(error: PortRefused): void;
  /** Both ways are over. The relay can dial again. */
  done(): void;
  /** Its owner gave it up halfway: only the end of the relay ends it. */
  givenUp(): void;
  /** Its owner wants more bytes. */
  hungry(): void;
}

export interface RelayConnection {
  /** What the relay says: a status first, then how what it received ends. */
  word(value: number): void;
  /** False when its owner has enough for the moment. */
  bytes(part: Buffer): boolean;
  /** The relay is gone. */
  lost(error: Error): void;
}

export function relayConnection(stdin: Writable, events: ConnectionEvents): RelayConnection {
  let state: 'dialing' | 'open' | 'over' = 'dialing';
  const stream = new Duplex({
    read: () => events.hungry(),
    write: (chunk: Buffer, _encoding, written) => {
      stdin.cork();
      if (chunk.length > 0) stdin.write(pieceHeader(chunk.length)); // an empty piece would be the end
      stdin.write(chunk, written);
      stdin.uncork();
    },
    final: (written) => void stdin.write(endFrame, written),
    destroy: (error, destroyed) => {
      if (state === 'over') events.done();
      else events.givenUp();
      destroyed(error);
    },
  });
  // It may break before anybody has it. Whoever does learns it from its close, or from this event too.
  stream.on('error', () => undefined);
  const word = (value: number): void => {
    const was = state;
    state = was === 'dialing' && value === 0 ? 'open' : 'over';
    if (state === 'open') events.connected(stream);
    else if (was === 'dialing') events.refused(new PortRefused('Nothing listens on this port.'));
    else if (value === 0) stream.push(null);
    else stream.destroy(connectionReset());
  };
  return { word, bytes: (part) => stream.push(part), lost: (error) => void stream.destroy(error) };
}

function connectionReset(): Error {
  return Object.assign(new Error('The service ended the connection.'), { code: 'ECONNRESET' });
}
