import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { until } from './until';

const run = promisify(execFile);

/** A real `ssh-agent` of this machine's user, with one new key. */
export interface SshAgent {
  socket: string;
  /** As `ssh-add -L` prints it. */
  publicKey: string;
  /** Whether `signature` (armored, of `ssh-keygen -Y sign`) is the key's, for this text. */
  verifies(text: string, signature: string): Promise<boolean>;
  stop(): Promise<void>;
}

export async function startSshAgent(): Promise<SshAgent> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ssh-agent-'));
  const socket = path.join(folder, 'socket');
  const key = path.join(folder, 'key');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  await until('the SSH agent to listen', () => existsSync(socket) || undefined);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'of the user', '-f', key]);
  await run('ssh-add', ['-q', key], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  const publicKey = (await readFile(`${key}.pub`, 'utf8')).trim();
  return {
    socket,
    publicKey,
    verifies: async (text, signature) => {
      const child = spawn('sh', ['-c', verify, 'sh', folder, publicKey, signature], {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      child.stdin.end(text);
      const [code] = (await once(child, 'exit')) as [number];
      return code === 0;
    },
    stop: async () => {
      agent.kill();
      await once(agent, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

const verify = `
cd "$1" && echo "user $2" > signers && echo "$3" > signature &&
ssh-keygen -q -Y verify -f signers -I user -n file -s signature`;
