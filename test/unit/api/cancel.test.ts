import { expect, it } from 'vitest';
import { allBoxes, getBox } from '../../../src/api/boxes';
import { attachCommand, startCommand } from '../../../src/api/commands/command';
import { runCommand } from '../../../src/api/commands/run-command';
import { streamCommand } from '../../../src/api/commands/stream-command';
import { download, upload } from '../../../src/api/files';
import { downloadRanges } from '../../../src/api/files/download-ranges';
import { downloadResuming } from '../../../src/api/files/resume-download';
import { serviceAccess } from '../../../src/api/service-access';
import type { Transport } from '../../../src/api/transport';
import { openTunnel } from '../../../src/api/tunnel/tunnel';
import { waitForBox, waitForSnapshot } from '../../../src/api/wait';
import { settledByAbort } from './abort';
import { reply, type Answer } from './scripted-server';
import { scriptedSockets, type SocketScript } from './scripted-sockets';

const box = { id: 'b1' };

interface Situation {
  answer?: Answer;
  onFrame?: SocketScript['onFrame'];
  refuse?: SocketScript['refuse'];
  /** Begins, and calls `reached` where it is to be aborted. A call that does not tell is where the server has answered. */
  begin: (transport: Transport, signal: AbortSignal, reached: () => void) => Promise<unknown>;
}

const starts: SocketScript['onFrame'] = ({ say }, { command_id }) => say({ type: 'started', command_id });

/** Behind what is on its way between both sides of a socket. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function each(items: AsyncIterable<unknown>, onItem: () => void): Promise<void> {
  for await (const item of items) if (item) onItem();
}

const busy: Answer = (response) => reply(response, 503, { detail: 'busy' }, { 'retry-after': '20' });
const firstBytes: Answer = (response) => response.writeHead(200, { 'content-length': 10 }).write('first');
const brokenFile: Answer = (response) => {
  response.writeHead(200, { 'content-length': 10, etag: '"e"' });
  response.write('first', () => setImmediate(() => response.destroy()));
};

const situations: Record<string, Situation> = {
  'a call whose reply stalls': {
    answer: (response) => response.writeHead(200).write('{"id":'),
    begin: (transport, signal) => getBox(transport, 'b1', { signal }),
  },
  'a call that pauses before it is sent again': {
    answer: busy,
    begin: (transport, signal) => getBox(transport, 'b1', { signal }),
  },
  'a list in its second page': {
    answer: (response, { url }) => {
      if (!url.includes('cursor')) reply(response, 200, { items: [{ id: 'b1' }], next_cursor: 'c2' });
    },
    begin: (transport, signal, reached) => each(allBoxes(transport, {}, { signal }), reached),
  },
  'a wait for a snapshot': {
    answer: (response) => reply(response, 200, { id: 's1', name: 's', status: 'building' }),
    begin: (transport, signal, reached) =>
      waitForSnapshot(transport, 's1', { timeoutMs: 60_000, signal, onUpdate: reached }),
  },
  'a wait for a sandbox': {
    answer: (response) => reply(response, 200, { status: 'provisioning' }),
    begin: (transport, signal, reached) =>
      waitForBox(transport, 'b1', { timeoutMs: 60_000, signal, onUpdate: reached }),
  },
  'a command that runs': {
    onFrame: starts,
    begin: (transport, signal, reached) => {
      const command = startCommand(transport, box, { command: 'x' }, { signal });
      void command.started.then(reached);
      return command.exited();
    },
  },
  'a reader of its output': {
    onFrame: (server, frame) => {
      starts(server, frame);
      server.say({ type: 'stdout', data: 'first', offset: 0 });
    },
    begin: (transport, signal, reached) =>
      each(startCommand(transport, box, { command: 'x' }, { signal }).output(), reached),
  },
  'a command that is run to its end': {
    onFrame: (server, frame) => {
      if (frame.type === 'execute') starts(server, frame);
    },
    begin: (transport, signal) => runCommand(transport, box, { command: 'x' }, { signal }),
  },
  'a command that pauses before it is attached to again': {
    refuse: (refuse) => refuse(503, { detail: 'busy' }, { 'retry-after': '20' }),
    onFrame: starts,
    begin: (transport, signal, reached) => {
      const onLine = reached;
      return attachCommand(transport, box, 'c1', { signal, onLine }).exited();
    },
  },
  'a command over events': {
    answer: (response) =>
      response.write(`event: stdout\ndata: {"data":"${Buffer.from('x').toString('base64')}","offset":0}\n\n`),
    begin: (transport, signal, reached) =>
      each(streamCommand(transport, box, { command: 'x' }, { signal }), reached),
  },
  'a file on its way down': {
    answer: firstBytes,
    begin: async (transport, signal, reached) =>
      each(await download(transport, box, '/f', { signal }), reached),
  },
  'a file that goes on where it broke': {
    answer: brokenFile,
    begin: (transport, signal, reached) =>
      each(
        downloadResuming(transport, box, '/f', {
          signal,
          persistence: { mostTries: 5, budgetMs: 60_000, firstPauseMs: 20_000 },
        }),
        reached,
      ),
  },
  'a file on its way down in ranges, some of which are here': {
    answer: (response, { headers: { range = '' } }) => {
      const start = Number(/\d+/.exec(range)?.[0]);
      const last = start === 0 ? 1 : start + 2;
      const head = { etag: '"e"', 'content-range': `bytes ${start}-${last}/8` };
      // The first ends, and the others stall.
      response.writeHead(206, head).write('xx');
      if (start === 0) response.end();
    },
    begin: (transport, signal, reached) => {
      let here = 0;
      return downloadRanges(
        transport,
        box,
        '/f',
        {
          state: { size: 8, etag: '"e"' },
          ranges: [{ at: 0, end: 1 }, ...[2, 5].map((at) => ({ at, end: at + 2 }))],
          take: () => {
            if (++here === 3) reached();
            return Promise.resolve();
          },
        },
        { signal },
      );
    },
  },
  'a file on its way up': {
    begin: (transport, signal, reached) => {
      async function* endless(): AsyncGenerator<Uint8Array> {
        yield await Promise.resolve(Buffer.from('first'));
        reached();
        await new Promise(() => undefined);
      }
      return upload(transport, box, '/f', endless(), { signal });
    },
  },
  'a connection through a tunnel': {
    refuse: () => true,
    begin: (transport, signal) => openTunnel(transport, box).connect(80, { signal }),
  },
  'a way into a service': {
    begin: (transport, signal) => serviceAccess(transport, 'b1', { port: 80 })({ signal }),
  },
};

it.each(Object.entries(situations))(
  '%s ends in less than 50 ms with the reason of its signal',
  async (_, { answer = () => undefined, onFrame = () => undefined, refuse = () => false, begin }) => {
    let answered: () => void = () => undefined;
    const { transport } = await scriptedSockets({
      answer: (...given) => {
        answer(...given);
        answered();
      },
      onFrame: (...given) => {
        onFrame(...given);
        answered();
      },
      refuse: (...given) => {
        const isRefused = refuse(...given);
        if (isRefused) answered();
        return isRefused;
      },
    });
    const abort = new AbortController();
    const order: string[] = [];
    await new Promise<void>((reached) => {
      if (begin.length < 3) answered = reached;
      begin(transport, abort.signal, reached).then(
        () => order.push('resolved'),
        (reason: unknown) => order.push(String(reason)),
      );
    });
    await turns();
    expect(order).toEqual([]);
    expect(await settledByAbort(abort, 'changed my mind', order)).toEqual(['changed my mind']);
  },
);
