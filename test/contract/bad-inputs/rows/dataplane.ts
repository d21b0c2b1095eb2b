import { long, refused, type Row } from './row';

const run = 'POST /{box}/execute';
const glob = 'POST /{box}/glob';
const grep = 'POST /{box}/grep';
const sse = 'POST /{box}/execute/stream/start';
const resume = 'POST /{box}/execute/stream/resume';
const read = (path: string): string => `GET /{box}/download${path}`;
const command = { command: 'true' };
const started = { command: 'true', command_id: 'bad-inputs', shell: '/bin/sh', timeout_seconds: 5 };

// prettier-ignore -- one row a line
export const commandRows: Row[] = [
  ['no command', run, {}, 422, /command/],
  ['an empty command', run, { command: '' }, 422, /command/],
  ['a number as command', run, { command: 1 }, 422, /command/],
  ['no arguments', run, { command: [] }, 422, /command/],
  ['a zero byte in the command', run, { command: 'a\0b' }, 422, /command|zero/],
  ['a command cut off', run, '{"command":"tr', 400, /not valid JSON/],
  ['a negative time limit', run, { ...command, timeout: -1 }, 422, /timeout/],
  ['a text as time limit', run, { ...command, timeout: '60' }, 422, /timeout must be a number/],
  ['a shell that is no text', run, { ...command, shell: 1 }, 422, /shell/],
  ['variables as a list', run, { ...command, env: ['A=B'] }, 422, /env must be an object/],
  ['a variable named with =', run, { ...command, env: { 'A=B': '' } }, 422, /variable/],
  ['run_config beside env', run, { ...command, env: { A: 'b' }, run_config: {} }, 400, /not both/],
  ['run_config beside cwd', run, { ...command, cwd: '/', run_config: {} }, 400, /not both/],
  ['a relative work_dir', run, { ...command, run_config: { work_dir: 'a' } }, 422, /absolute/],
  ['a folder that is nowhere', run, { ...command, cwd: '/no/where' }, 400, /\/no\/where/],
  ['a user that is nobody', run, { ...command, run_config: { user: 'no-such-user' } }, 400, /no-such-user/],
  ['a shell that is nowhere', run, { ...command, shell: '/no/shell' }, 400, /\/no\/shell/],
  ['a command past its time', run, { command: 'sleep 30', timeout: 0.2 }, [400, 408], /time/],
  ['a command in nothing', 'POST /{unknown}/execute', command, 404, /sandbox/],
  ['a command by GET', 'GET /{box}/execute', undefined, 405, /POST/],
  ['a stream without a command', sse, { command_id: 'bad-inputs' }, refused, /command/],
  ['a stream without an id', sse, { ...started, command_id: '' }, refused, /command_id/],
  ['a stream with a number as id', sse, { ...started, command_id: 7 }, refused, /command_id/],
  [
    'a stream with a bad time limit',
    sse,
    { ...started, timeout_seconds: 'soon' },
    refused,
    /timeout_seconds/,
  ],
  ['a stream with a time limit of -1', sse, { ...started, timeout_seconds: -1 }, refused, /timeout_seconds/],
  [
    'a stream with an idle time of -2',
    sse,
    { ...started, idle_timeout_seconds: -2 },
    refused,
    /idle_timeout/,
  ],
  ['a stream with a kept time of -2', sse, { ...started, ttl_seconds: -2 }, refused, /ttl_seconds/],
  [
    'a stream with two kinds of settings',
    sse,
    { ...started, env: { A: 'b' }, run_config: {} },
    refused,
    /not both/,
  ],
  ['a stream cut off', sse, '{"command":', 400, /not valid JSON/],
  ['a stream from nothing', 'POST /{unknown}/execute/stream/start', started, 404, /sandbox/],
  ['a stream by GET', 'GET /{box}/execute/stream/start', undefined, 405, /POST/],
  ['going on without an id', resume, { stdout_offset: 0, stderr_offset: 0 }, refused, /command_id/],
  [
    'going on with an unknown command',
    resume,
    { command_id: 'nowhere', stdout_offset: 0, stderr_offset: 0 },
    404,
    /command/,
  ],
  [
    'going on at a negative byte',
    resume,
    { command_id: 'a', stdout_offset: -1, stderr_offset: 0 },
    refused,
    /stdout_offset/,
  ],
  [
    'going on at half a byte',
    resume,
    { command_id: 'a', stdout_offset: 0, stderr_offset: 0.5 },
    refused,
    /stderr_offset/,
  ],
  ['an unknown step of a stream', 'POST /{box}/execute/stream/pause', {}, 404, /path/],
  ['the socket by plain GET', 'GET /{box}/execute/ws', undefined, [400, 426], /WebSocket/i],
  ['the tunnel by plain GET', 'GET /{box}/tunnel', undefined, [400, 426], /WebSocket/i],
];

// prettier-ignore -- one row a line
export const fileRows: Row[] = [
  ['reading nothing named', read(''), undefined, 400, /path/],
  ['reading an empty path', read('?path='), undefined, 400, /path/],
  ['reading a zero byte', read('?path=%00'), undefined, 400, /path|file name/],
  ['reading what is nowhere', read('?path=/no/where'), undefined, 404, /\/no\/where/],
  ['reading a folder', read('?path=/etc'), undefined, 400, /is a directory/],
  ['reading past a file', read('?path=/etc/hostname/below'), undefined, [400, 404], /./],
  ['reading a path of 5000 characters', read(`?path=/${long(5000)}`), undefined, [400, 404], /./],
  ['reading a device', read('?path=/dev/zero'), undefined, [400, 404], /\/dev\/zero/],
  ['reading from nothing', 'GET /{unknown}/download?path=/etc/hostname', undefined, 404, /sandbox/],
  ['deleting a file', 'DELETE /{box}/download?path=/etc/hostname', undefined, 405, /GET/],
  ['finding without a pattern', glob, { path: '/' }, refused, /pattern/],
  ['finding without a folder', glob, { pattern: '*' }, refused, /path/],
  ['finding an empty pattern', glob, { pattern: '', path: '/' }, refused, /pattern/],
  ['finding a number', glob, { pattern: 1, path: '/' }, refused, /pattern/],
  ['finding below a relative folder', glob, { pattern: '*', path: 'etc' }, refused, /absolute/],
  ['finding below what is nowhere', glob, { pattern: '*', path: '/no/where' }, 404, /\/no\/where/],
  ['finding none', glob, { pattern: '*', path: '/', limit: 0 }, refused, /limit/],
  ['finding a text of them', glob, { pattern: '*', path: '/', limit: 'all' }, refused, /limit/],
  ['finding in nothing', 'POST /{unknown}/glob', { pattern: '*', path: '/' }, 404, /sandbox/],
  ['finding by GET', 'GET /{box}/glob', undefined, 405, /POST/],
  ['searching for nothing', grep, { path: '/' }, refused, /pattern/],
  ['searching for an empty text', grep, { pattern: '', path: '/etc' }, refused, /pattern/],
  ['searching for a list', grep, { pattern: ['a'], path: '/etc' }, refused, /pattern/],
  ['searching a relative folder', grep, { pattern: 'a', path: '.' }, refused, /absolute/],
  ['searching what is nowhere', grep, { pattern: 'a', path: '/no/where' }, 404, /\/no\/where/],
  ['searching files named by a number', grep, { pattern: 'a', path: '/etc', glob: 1 }, refused, /glob/],
  ['searching to a negative limit', grep, { pattern: 'a', path: '/etc', limit: -1 }, refused, /limit/],
  ['searching in nothing', 'POST /{unknown}/grep', { pattern: 'a', path: '/' }, 404, /sandbox/],
  ['an upload into nothing', 'POST /{unknown}/upload?path=/root/file', undefined, [400, 404], /./],
  ['an upload without a path', 'POST /{box}/upload', undefined, 400, /path/],
];
