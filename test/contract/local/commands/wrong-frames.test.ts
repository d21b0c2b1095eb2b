import { once } from 'node:events';
import { WebSocket } from 'ws';
import { beforeAll, expect, it } from 'vitest';
import { runningServer } from '../fixture/running-server';
import { baseImage, sentence } from '../fixture/wire';
import { connect } from './fixture/client';

const running = runningServer();
let box: string;

beforeAll(async () => {
  const snapshot = await running.wire.build('frames', baseImage());
  box = (await running.wire.boot({ snapshot_id: snapshot.id })).id;
});

const execute = { type: 'execute', command: 'true' };

it.each([
  ['no JSON', '{"type":', 'must be valid JSON'],
  ['nothing', '', 'must be valid JSON'],
  ['a list', '[]', 'must be a JSON object whose type is one of execute, reconnect'],
  ['an unknown type', { type: 'dance' }, 'must be a JSON object whose type is one of'],
  ['a type of every object', { type: 'constructor' }, 'must be a JSON object whose type is one of'],
  ['binary', Buffer.from('{"type":"execute","command":"true"}'), 'must be a text, not binary'],
  ['input before the command', { type: 'input', data: 'x' }, 'The first frame must be execute or reconnect.'],
  ['no command', { type: 'execute' }, 'command is required without pty'],
  ['an empty command', { type: 'execute', command: '' }, 'command is required without pty'],
  ['a command that is no text', { type: 'execute', command: ['true'] }, 'command must be a text, not a list'],
  ['a zero byte', { type: 'execute', command: 'a\0b' }, 'zero bytes'],
  ['a negative time', { ...execute, timeout_seconds: -1 }, 'timeout_seconds must be at least 0'],
  ['a time that is a text', { ...execute, timeout_seconds: '5' }, 'timeout_seconds must be a number'],
  [
    'an idle time below -1',
    { ...execute, idle_timeout_seconds: -2 },
    'idle_timeout_seconds must be at least -1',
  ],
  ['an empty id', { ...execute, command_id: '' }, 'command_id must be at least 1'],
  ['a long id', { ...execute, command_id: 'x'.repeat(300) }, 'command_id must be at most 256'],
  ['pty as a text', { ...execute, pty: 'yes' }, 'pty must be true or false'],
  [
    'an agent that is a text',
    { ...execute, ssh_agent_forward: 'yes' },
    'ssh_agent_forward must be true or false',
  ],
  ['no size', { ...execute, pty: true, rows: 0 }, 'rows must be at least 1'],
  ['env of numbers', { ...execute, env: { A: 1 } }, 'env.A must be a text'],
  [
    'two configurations',
    { ...execute, cwd: '/', run_config: {} },
    'Give run_config, or env and cwd, not both.',
  ],
  [
    'a negative offset',
    { type: 'reconnect', command_id: 'x', stdout_offset: -1 },
    'stdout_offset must be at least 0',
  ],
  [
    'half an offset',
    { type: 'reconnect', command_id: 'x', stderr_offset: 0.5 },
    'stderr_offset must be a whole number',
  ],
])('a first frame with %s is answered with an error, and 1008', async (_, frame, reason) => {
  const client = await connect(running.server, box);
  client.send(frame);
  expect(await client.closed()).toEqual([
    { type: 'error', error_type: 'InvalidRequest', error: expect.stringContaining(reason) as string },
    1008,
  ]);
});

it.each([
  ['a second execute', execute, 'execute can only be the first frame.'],
  ['input that is no text', { type: 'input', data: 1 }, 'data must be a text, not 1.'],
  [
    'an answer of an agent that nobody asks',
    { type: 'ssh_agent_data', channel_id: '1', data: 'eA==' },
    'does not answer for an SSH agent',
  ],
  ['the end of no channel', { type: 'ssh_agent_close', channel_id: '' }, 'channel_id must be at least 1'],
  [
    'an answer that is no Base64',
    { type: 'ssh_agent_data', channel_id: '1', data: 'x!' },
    'data must be Base64',
  ],
  ['a size of nothing', { type: 'resize', cols: 0, rows: 1 }, 'cols must be at least 1'],
])('%s later ends the connection, and the command goes on', async (_, frame, reason) => {
  const client = await connect(running.server, box, { command: 'read x; echo "got $x"', close_stdin: false });
  client.send(frame);
  const [last, code] = await client.closed();
  expect([last?.error, code]).toEqual([expect.stringContaining(reason), 1008]);
  const again = await connect(running.server, box);
  again.send({ type: 'reconnect', command_id: client.frames[0]?.command_id });
  again.send({ type: 'input', data: 'it\n' });
  expect((await again.closed())[0]).toMatchObject({ exit_code: 0 });
  expect(again.text('stdout')).toBe('got it\n');
});

it.each([
  [
    'a folder that is not there',
    { command: 'true', cwd: '/no/where' },
    'The folder /no/where does not exist',
  ],
  ['a shell that is not there', { command: 'true', shell: '/bin/zsh' }, 'There is no /bin/zsh'],
  [
    'a user who is not there',
    { command: 'true', run_config: { user: 'nobody-knows' } },
    'could not be started',
  ],
])('a command with %s is an error before it is started', async (_, first, reason) => {
  const client = await connect(running.server, box, first);
  expect(await client.closed()).toEqual([
    { type: 'error', error_type: 'CommandError', error: expect.stringContaining(reason) as string },
    1000,
  ]);
  expect(client.frames).toHaveLength(1);
});

it('a frame that is too large closes the connection with 1009', async () => {
  const client = await connect(running.server, box);
  client.send('x'.repeat(2 * 1024 * 1024));
  expect((await client.closed())[1]).toBe(1009);
});

it.each([
  ['no key', {}, 403, 'Send the API key'],
  ['a page of another origin', { Origin: 'https://page.example.com' }, 403, 'web pages'],
])('an upgrade with %s is answered over HTTP', async (_, headers, status, reason) => {
  const url = `${running.server.endpoint.replace('http', 'ws')}/api/v2/sandboxes/${box}/execute/ws`;
  const key = 'Origin' in headers ? { 'X-Api-Key': running.server.apiKey } : {};
  const socket = new WebSocket(url, { headers: { ...headers, ...key } });
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    NodeJS.ReadableStream & { statusCode: number },
  ];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  expect([response.statusCode, sentence({ json: JSON.parse(body) as Record<string, unknown> })]).toEqual([
    status,
    expect.stringContaining(reason),
  ]);
});

it('a sandbox that is not there is 404, and a plain GET 426', async () => {
  const answer = await running.wire.call('GET', '/nobody/execute/ws');
  expect(answer.status).toBe(426);
  await expect(connect(running.server, 'nobody')).rejects.toThrow('404');
});
