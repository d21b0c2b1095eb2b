import { expect, it } from 'vitest';
import { streamCommand } from '../../../../src/api/commands/stream-command';
import { scripted } from '../scripted-server';
import { eager } from '../scripted-sockets';

const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const bytes = (text: string, offset: number): object => ({
  data: Buffer.from(text, 'latin1').toString('base64'),
  offset,
});

async function outputOf(command: ReturnType<typeof streamCommand>): Promise<[string, number]> {
  let all = '';
  for (;;) {
    const next = await command.next();
    if (next.done) return [all, next.value];
    all += next.value.bytes.toString('latin1');
  }
}

it('a command over events gives its bytes as they are, resumes where it broke and acknowledges what it has', async () => {
  const { transport, seen } = await scripted((response, { body }, count) => {
    const { command_id } = JSON.parse(body) as { command_id: string };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`: still here\n\n${event('started', { command_id })}`);
    if (count === 1) {
      response.write(event('stdout', bytes('\xff\x00', 0)));
      response.write(event('stderr', bytes('e', 0)), () => response.destroy());
    } else if (count === 2) {
      response.write(event('stdout', bytes('\x00ab', 1)));
      response.end(event('ack_required', { stdout_offset: 4, stderr_offset: 1 }));
    } else {
      response.end(event('exit', { exit_code: 5 }));
    }
  });
  const command = streamCommand(transport, { id: 'b1' }, { command: 'x' }, { persistence: eager });
  expect(await outputOf(command)).toEqual(['\xff\x00eab', 5]);
  expect(seen.map(({ url }) => url.split('/').at(-1))).toEqual(['start', 'resume', 'resume']);
  const asked = seen.map(({ body }) => JSON.parse(body) as { command_id: string });
  expect(asked[1]).toEqual({ command_id: asked[0]?.command_id, stdout_offset: 2, stderr_offset: 1 });
  expect(asked[2]).toEqual({ command_id: asked[0]?.command_id, stdout_offset: 4, stderr_offset: 1 });
});

it('a command over events whose start was not seen is started again by the same id', async () => {
  const { transport, seen } = await scripted((response, _, count) => {
    if (count === 1) response.destroy();
    else response.end(event('exit', { exit_code: 0 }));
  });
  await outputOf(streamCommand(transport, { id: 'b1' }, { command: 'x' }, { persistence: eager }));
  const [first, second] = seen.map(({ url, body }) => url + body);
  expect(second).toBe(first);
});

it.each([
  ['says a full buffer and nothing more', event('ack_required', {}), 'ambiguous'],
  ['shuts down for ever', event('error', { error_type: 'ServerShuttingDown', error: 'bye' }), 'ambiguous'],
  ['ends it', event('error', { error_type: 'CommandTimeout', error: 'too long' }), 'timeout'],
])('a command over events is given up when the server %s', async (_, answer, kind) => {
  const { transport } = await scripted((response) => response.writeHead(200).end(answer));
  const command = streamCommand(transport, { id: 'b1' }, { command: 'x' }, { persistence: eager });
  await expect(outputOf(command)).rejects.toMatchObject({ kind });
});
