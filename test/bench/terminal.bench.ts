import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll } from 'vitest';
import { startCommand } from '../../src/api/commands/command';
import { shellLine } from '../../src/app/terminals/shell-line';
import { testEnvironment } from '../harness/env';
import { timed } from './contest';
import { pairs, rig } from './rig';

const bench = rig();
const size = { cols: 80, rows: 24 };
/** Nothing is echoed on its way there: neither by this machine's terminal nor by a line editor. */
const quiet = 'stty raw -echo; echo; echo open; exec cat';

/** Something that gives back what is typed into it. */
interface Echo {
  /** Resolves when the key has come back. */
  key(key: string): Promise<void>;
  end(): void;
}

let ours: Promise<Echo> | undefined;
let theirs: Promise<Echo> | undefined;
const keys = 20;

bench.contest({
  name: 'the echo of a key in a terminal',
  against: 'docker exec -it',
  pairs,
  ours: async () => {
    const echo = await (ours ??= ourEcho());
    return timed(() => typed(echo));
  },
  theirs: async () => {
    const echo = await (theirs ??= theirEcho());
    return timed(() => typed(echo));
  },
});

afterAll(async () => {
  (await ours)?.end();
  (await theirs)?.end();
});

async function typed(echo: Echo): Promise<void> {
  for (let count = 0; count < keys; count++) await echo.key(String.fromCharCode(97 + (count % 26)));
}

async function ourEcho(): Promise<Echo> {
  const shell = startCommand(bench.transport, bench.box, {
    shell: '/bin/sh',
    command: shellLine(''),
    pty: true,
    ...size,
    timeout_seconds: 0,
  });
  const heard = listener();
  void (async () => {
    for await (const { data } of shell.output()) heard.take(data);
  })();
  await shell.write(`${quiet}\n`);
  await heard.until('open\n');
  return {
    key: (key) => {
      const back = heard.until(key);
      void shell.write(key);
      return back;
    },
    end: () => void shell.kill(),
  };
}

/** `script` gives docker the terminal that it wants. */
async function theirEcho(): Promise<Echo> {
  const inside = `docker exec -it ${bench.container} /bin/bash`;
  const client = spawn('script', ['-qfec', inside, '/dev/null'], {
    env: { ...process.env, DOCKER_HOST: testEnvironment().engine },
  });
  await once(client, 'spawn');
  const heard = listener();
  client.stdout.setEncoding('utf8').on('data', (text: string) => heard.take(text));
  client.stdin.write(`${quiet}\n`);
  await heard.until('open\n');
  return {
    key: (key) => {
      const back = heard.until(key);
      client.stdin.write(key);
      return back;
    },
    end: () => client.kill(),
  };
}

function listener(): { take(text: string): void; until(wanted: string): Promise<void> } {
  let unread = '';
  let look: () => void = () => undefined;
  return {
    take: (text) => {
      unread += text;
      look();
    },
    until: (wanted) =>
      new Promise((resolve) => {
        look = () => {
          const at = unread.indexOf(wanted);
          if (at < 0) return;
          unread = unread.slice(at + wanted.length);
          resolve();
        };
        look();
      }),
  };
}
