import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { Transform } from 'node:stream';

/** A way to a server on which connections break. Where the server names its own address it names this one instead. */
export interface BreakingLine {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  /** Breaks each of the next `times` connections when so many bytes of answers have come through. */
  breakNext(times: number, afterBytes: number): void;
  /** The connections that stand now carry nothing any more, no farewell either, to either side. Further ones do. */
  silence(): void;
  /** Whoever connects from now on reaches that server. */
  leadTo(endpoint: string): void;
  /** How many connections there have been. */
  readonly opened: number;
  /** How many are still to break. */
  readonly left: number;
  close(): Promise<void>;
}

interface Plan {
  times: number;
  afterBytes: number;
}

interface Passage {
  client: net.Socket;
  upstream: net.Socket;
  /** What goes to the client. */
  back: Transform;
  isSilent: boolean;
}

export async function breakingLineTo(endpoint: string): Promise<BreakingLine> {
  const passages = new Set<Passage>();
  const plan: Plan = { times: 0, afterBytes: 0 };
  let target = new URL(endpoint);
  let own = '';
  let opened = 0;
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(target.port), target.hostname);
    opened += 1;
    const passage = { client, upstream, back: renaming(target.port, own), isSilent: false };
    passages.add(passage);
    const end = (): void => {
      if (!passage.isSilent) destroy(passage);
    };
    for (const socket of [client, upstream]) socket.on('error', end).once('close', end);
    const cut = cutting(plan, () => {
      upstream.off('close', end).destroy();
      client.once('finish', end);
    });
    client.pipe(upstream).pipe(cut).pipe(passage.back).on('error', end).pipe(client);
    upstream.once('close', () => passages.delete(passage));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  own = String((server.address() as AddressInfo).port);
  return {
    endpoint: `http://127.0.0.1:${own}`,
    breakNext: (times, afterBytes) => Object.assign(plan, { times, afterBytes }),
    silence: () => {
      for (const passage of passages) {
        passage.isSilent = true;
        for (const stream of [passage.client, passage.upstream, passage.back]) stream.unpipe().pause();
      }
    },
    leadTo: (other) => (target = new URL(other)),
    get opened() {
      return opened;
    },
    get left() {
      return plan.times;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      passages.forEach(destroy);
      await closed;
    },
  };
}

function destroy({ client, upstream }: Passage): void {
  client.destroy();
  upstream.destroy();
}

/** Ends where the plan says that a connection breaks, and calls `onBreak` then. */
function cutting(plan: Plan, onBreak: () => void): Transform {
  let passed = 0;
  return new Transform({
    transform(bytes: Buffer, _, done) {
      const before = passed;
      passed += bytes.length;
      if (plan.times === 0 || passed < plan.afterBytes) {
        done(null, bytes);
        return;
      }
      plan.times -= 1;
      this.push(bytes.subarray(0, Math.max(0, plan.afterBytes - before)));
      this.push(null);
      onBreak();
    },
  });
}

/** In what is short enough to be an answer in JSON. Ports of five digits both: no length changes. */
function renaming(port: string, own: string): Transform {
  const [there, here] = [`"http://127.0.0.1:${port}/`, `"http://127.0.0.1:${own}/`];
  return new Transform({
    transform: (bytes: Buffer, _, done) => {
      const text = there.length === here.length && bytes.length < 16 * 1024 ? bytes.toString('latin1') : '';
      done(null, text.includes(there) ? Buffer.from(text.replaceAll(there, here), 'latin1') : bytes);
    },
  });
}
