import { long } from './row';

/** One message: an object goes as JSON, a text as it is, a Buffer as raw bytes of the protocol. */
export type Sent = object | string | Buffer;

/** What is wrong · path · messages in order · `error` of the answer's last message, a close code, or both are right. */
export type SocketRow = [what: string, path: string, messages: Sent[], says: RegExp, closes?: number[]];

const ws = '/{box}/execute/ws';
const run = {
  type: 'execute',
  command: 'cat',
  command_id: 'bad-{nonce}',
  shell: '/bin/sh',
  timeout_seconds: 10,
  kill_on_disconnect: true,
};
const again = { type: 'reconnect', command_id: 'nowhere', stdout_offset: 0, stderr_offset: 0 };
const frame = (first: number, payload: Buffer): Buffer =>
  Buffer.concat([Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0]), payload]);

/** Where the wire leaves open whether a message is answered by an `error` or by closing: RFC 6455, 7.4.1. */
const refusals = [1002, 1003, 1007, 1008];

// prettier-ignore -- one row a line
export const socketRows: SocketRow[] = [
  ['no JSON', ws, ['hello'], /JSON/, refusals],
  ['JSON that is no object', ws, ['[]'], /object/, refusals],
  ['JSON null', ws, ['null'], /object/, refusals],
  ['a message cut off', ws, ['{"type":"execute","comm'], /JSON/, refusals],
  ['no type', ws, [{ command: 'true' }], /type/, refusals],
  ['an unknown type', ws, [{ type: 'dance' }], /execute/, refusals],
  ['input before a command', ws, [{ type: 'input', data: 'a' }], /execute/, refusals],
  ['kill before a command', ws, [{ type: 'kill' }], /execute/, refusals],
  ['resize before a command', ws, [{ type: 'resize', cols: 80, rows: 24 }], /execute/, refusals],
  ['closing an input before a command', ws, [{ type: 'close_stdin' }], /execute/, refusals],
  ['no command', ws, [{ ...run, command: undefined }], /command/, refusals],
  ['a number as command', ws, [{ ...run, command: 7 }], /command/, refusals],
  ['a zero byte in the command', ws, [{ ...run, command: 'a\0b' }], /zero|command/, refusals],
  ['a number as command_id', ws, [{ ...run, command_id: 7 }], /command_id/, refusals],
  ['a command_id of 100 KB', ws, [{ ...run, command_id: long(100_000) }], /command_id/, [1009, ...refusals]],
  ['a negative time limit', ws, [{ ...run, timeout_seconds: -5 }], /timeout_seconds/, refusals],
  ['a text as time limit', ws, [{ ...run, timeout_seconds: 'soon' }], /timeout_seconds/, refusals],
  ['an idle time of -2', ws, [{ ...run, idle_timeout_seconds: -2 }], /idle_timeout_seconds/, refusals],
  ['a kept time of -2', ws, [{ ...run, ttl_seconds: -2 }], /ttl_seconds/, refusals],
  ['a text as pty', ws, [{ ...run, pty: 'yes' }], /pty/, refusals],
  ['variables as a list', ws, [{ ...run, env: ['A=B'] }], /env/, refusals],
  ['run_config beside env', ws, [{ ...run, env: { A: 'b' }, run_config: {} }], /not both/, refusals],
  ['a relative work_dir', ws, [{ ...run, run_config: { work_dir: 'a' } }], /absolute/, refusals],
  ['a folder that is nowhere', ws, [{ ...run, cwd: '/no/where' }], /\/no\/where/],
  ['a shell that is nowhere', ws, [{ ...run, shell: '/no/shell' }], /\/no\/shell/],
  ['a user that is nobody', ws, [{ ...run, run_config: { user: 'no-such-user' } }], /no-such-user/],
  ['a command past its time', ws, [{ ...run, command: 'sleep 30', timeout_seconds: 0.2 }], /time/],
  ['going on with an unknown command', ws, [again], /command|nowhere/],
  ['going on without an id', ws, [{ ...again, command_id: undefined }], /command_id/, refusals],
  ['going on at a negative byte', ws, [{ ...again, stdout_offset: -1 }], /stdout_offset/, refusals],
  ['going on at half a byte', ws, [{ ...again, stderr_offset: 0.5 }], /stderr_offset/, refusals],
  ['a second execute', ws, [run, run], /./, refusals],
  ['a reconnect behind an execute', ws, [run, again], /./, refusals],
  ['input that is a number', ws, [run, { type: 'input', data: 7 }], /data/, refusals],
  [
    'a resize to nothing',
    ws,
    [
      { ...run, pty: true },
      { type: 'resize', cols: 0, rows: 0 },
    ],
    /cols/,
    refusals,
  ],
  [
    'a resize by texts',
    ws,
    [
      { ...run, pty: true },
      { type: 'resize', cols: '80', rows: '24' },
    ],
    /cols/,
    refusals,
  ],
  ['input that is cut off', ws, [run, '{"type":"input","da'], /JSON/, refusals],
  ['a message of 20 MiB', ws, [long(20 * 2 ** 20)], /./, [1009]],
  ['bytes that are no UTF-8', ws, [frame(0x81, Buffer.from([0xff, 0xfe]))], /./, [1007]],
  ['a binary message', ws, [frame(0x82, Buffer.from('{}'))], /text/, refusals],
  ['a message without a mask', ws, [Buffer.from([0x81, 0x02, 0x7b, 0x7d])], /./, [1002]],
  ['reserved bits', ws, [frame(0xf1, Buffer.from('{}'))], /./, [1002]],
  ['a kind of message nobody knows', ws, [frame(0x83, Buffer.from('{}'))], /./, [1002]],
  ['the rest of nothing', ws, [frame(0x80, Buffer.from('{}'))], /./, [1002]],
  ['a ping that is too long', ws, [Buffer.from([0x89, 0xfe, 0x10, 0x00])], /./, [1002]],
  ['a tunnel of text', '/{box}/tunnel', ['hello, is anybody there?'], /./, [1000, 1002, 1003, 1008, 1011]],
  [
    'a tunnel of another protocol',
    '/{box}/tunnel',
    [frame(0x82, Buffer.from('GET / HTTP/1.1\r\n\r\n'))],
    /./,
    [1000, 1002, 1003, 1008, 1011],
  ],
  [
    'a tunnel of an unknown type',
    '/{box}/tunnel',
    [frame(0x82, Buffer.from([0, 9, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]))],
    /./,
    [1000, 1002, 1003, 1008, 1011],
  ],
];

/** What is wrong · path · headers in place of the right ones · statuses · words of the sentence. */
export type HandshakeRow = [
  what: string,
  path: string,
  headers: Record<string, string>,
  gets: number[],
  says: RegExp,
];

// prettier-ignore -- one row a line
export const handshakeRows: HandshakeRow[] = [
  ['no sandbox', '/{unknown}/execute/ws', {}, [404], /sandbox/],
  ['no sandbox for a tunnel', '/{unknown}/tunnel', {}, [404], /sandbox/],
  ['a wrong key', ws, { 'X-Api-Key': 'wrong' }, [401, 403], /key/],
  ['a wrong key for a tunnel', '/{box}/tunnel', { 'X-Api-Key': 'wrong' }, [401, 403], /key/],
  ['a page of elsewhere', ws, { Origin: 'https://page.example.com' }, [403], /origin/],
  ['a host of elsewhere', ws, { Host: 'rebound.example.com' }, [403], /host/],
  ['a version of long ago', ws, { 'Sec-WebSocket-Version': '7' }, [400, 426], /WebSocket/],
  ['a key that is none', ws, { 'Sec-WebSocket-Key': 'short' }, [400], /WebSocket/],
  ['another protocol', ws, { Upgrade: 'h2c' }, [400, 426], /WebSocket/],
  ['a path that is none', '/{box}/nowhere', {}, [404], /./],
];
