import { long } from './row';

/** One message: an object goes as JSON, a text as it is, a Buffer as raw bytes of the protocol. */
export type Sent = object | string | Buffer;

/**
 * What is wrong · path · messages in order · words of the sentence · the close code. The sentence is the `error` of the
 * last message where the code is 1000 or 1008, and the close reason elsewhere.
 */
export type SocketRow = [what: string, path: string, messages: Sent[], says: RegExp, closes: number];

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

/** RFC 6455, 7.4.1. */
const codes = { normal: 1000, protocol: 1002, noText: 1007, policy: 1008, tooLong: 1009 };
const asOfRfc = /RFC 6455/;

// prettier-ignore -- one row a line
export const socketRows: SocketRow[] = [
  ['no JSON', ws, ['hello'], /JSON/, codes.policy],
  ['JSON that is no object', ws, ['[]'], /object/, codes.policy],
  ['JSON null', ws, ['null'], /object/, codes.policy],
  ['a message cut off', ws, ['{"type":"execute","comm'], /JSON/, codes.policy],
  ['no type', ws, [{ command: 'true' }], /type/, codes.policy],
  ['an unknown type', ws, [{ type: 'dance' }], /execute/, codes.policy],
  ['input before a command', ws, [{ type: 'input', data: 'a' }], /execute/, codes.policy],
  ['kill before a command', ws, [{ type: 'kill' }], /execute/, codes.policy],
  ['resize before a command', ws, [{ type: 'resize', cols: 80, rows: 24 }], /execute/, codes.policy],
  ['closing an input before a command', ws, [{ type: 'close_stdin' }], /execute/, codes.policy],
  ['no command', ws, [{ ...run, command: undefined }], /command/, codes.policy],
  ['a number as command', ws, [{ ...run, command: 7 }], /command/, codes.policy],
  ['a zero byte in the command', ws, [{ ...run, command: 'a\0b' }], /zero bytes/, codes.policy],
  ['a number as command_id', ws, [{ ...run, command_id: 7 }], /command_id/, codes.policy],
  ['a command_id of 100 KB', ws, [{ ...run, command_id: long(100_000) }], /command_id/, codes.policy],
  ['a negative time limit', ws, [{ ...run, timeout_seconds: -5 }], /timeout_seconds/, codes.policy],
  ['a text as time limit', ws, [{ ...run, timeout_seconds: 'soon' }], /timeout_seconds/, codes.policy],
  ['an idle time of -2', ws, [{ ...run, idle_timeout_seconds: -2 }], /idle_timeout_seconds/, codes.policy],
  ['a kept time of -2', ws, [{ ...run, ttl_seconds: -2 }], /ttl_seconds/, codes.policy],
  ['a text as pty', ws, [{ ...run, pty: 'yes' }], /pty/, codes.policy],
  ['variables as a list', ws, [{ ...run, env: ['A=B'] }], /env/, codes.policy],
  ['run_config beside env', ws, [{ ...run, env: { A: 'b' }, run_config: {} }], /not both/, codes.policy],
  ['a relative work_dir', ws, [{ ...run, run_config: { work_dir: 'a' } }], /absolute/, codes.policy],
  ['a folder that is nowhere', ws, [{ ...run, cwd: '/no/where' }], /\/no\/where/, codes.normal],
  ['a shell that is nowhere', ws, [{ ...run, shell: '/no/shell' }], /\/no\/shell/, codes.normal],
  [
    'a user that is nobody',
    ws,
    [{ ...run, run_config: { user: 'no-such-user' } }],
    /no-such-user/,
    codes.normal,
  ],
  [
    'a command past its time',
    ws,
    [{ ...run, command: 'sleep 30', timeout_seconds: 0.2 }],
    /timeout of 0.2 s was exceeded/,
    codes.normal,
  ],
  ['going on with an unknown command', ws, [again], /no command nowhere/, codes.normal],
  ['going on without an id', ws, [{ ...again, command_id: undefined }], /command_id/, codes.policy],
  ['going on at a negative byte', ws, [{ ...again, stdout_offset: -1 }], /stdout_offset/, codes.policy],
  ['going on at half a byte', ws, [{ ...again, stderr_offset: 0.5 }], /stderr_offset/, codes.policy],
  ['a second execute', ws, [run, run], /execute can only be the first/, codes.policy],
  ['a reconnect behind an execute', ws, [run, again], /reconnect can only be the first/, codes.policy],
  ['input that is a number', ws, [run, { type: 'input', data: 7 }], /data/, codes.policy],
  [
    'a resize to nothing',
    ws,
    [
      { ...run, pty: true },
      { type: 'resize', cols: 0, rows: 0 },
    ],
    /cols/,
    codes.policy,
  ],
  [
    'a resize by texts',
    ws,
    [
      { ...run, pty: true },
      { type: 'resize', cols: '80', rows: '24' },
    ],
    /cols/,
    codes.policy,
  ],
  ['input that is cut off', ws, [run, '{"type":"input","da'], /JSON/, codes.policy],
  ['a message of 20 MiB', ws, [long(20 * 2 ** 20)], /at most 1048576 bytes/, codes.tooLong],
  ['bytes that are no UTF-8', ws, [frame(0x81, Buffer.from([0xff, 0xfe]))], /UTF-8/, codes.noText],
  ['a binary message', ws, [frame(0x82, Buffer.from('{}'))], /text/, codes.policy],
  ['a message without a mask', ws, [Buffer.from([0x81, 0x02, 0x7b, 0x7d])], asOfRfc, codes.protocol],
  ['reserved bits', ws, [frame(0xf1, Buffer.from('{}'))], asOfRfc, codes.protocol],
  ['a kind of message nobody knows', ws, [frame(0x83, Buffer.from('{}'))], asOfRfc, codes.protocol],
  ['the rest of nothing', ws, [frame(0x80, Buffer.from('{}'))], asOfRfc, codes.protocol],
  ['a ping that is too long', ws, [Buffer.from([0x89, 0xfe, 0x10, 0x00])], asOfRfc, codes.protocol],
  ['a tunnel of text', '/{box}/tunnel', ['hello, is anybody there?'], /Version 104 of yamux/, codes.protocol],
  [
    'a tunnel of another protocol',
    '/{box}/tunnel',
    [frame(0x82, Buffer.from('GET / HTTP/1.1\r\n\r\n'))],
    /Version 71 of yamux/,
    codes.protocol,
  ],
  [
    'a tunnel of an unknown type',
    '/{box}/tunnel',
    [frame(0x82, Buffer.from([0, 9, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]))],
    /type 9/,
    codes.protocol,
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
  ['a path that is none', '/{box}/nowhere', {}, [404], /path/],
  ['a host that is none', ws, { Host: 'a b' }, [400], /Host header/],
  ['a host with a user', ws, { Host: 'me@127.0.0.1' }, [400, 403], /host/i],
];
