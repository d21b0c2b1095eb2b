import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../setup/run.mjs';

const onWindows = process.platform === 'win32';

/** @returns {Promise<boolean>} whether VS Code's `code` is on the PATH and there is a screen for it */
export async function desktopAvailable() {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return false;
  const [command, args] = onWindows ? ['cmd', ['/c', 'code', '--version']] : ['code', ['--version']];
  const version = await run(command, args).catch(() => undefined);
  return version?.code === 0;
}

/**
 * Opens desktop VS Code with the extension loaded from the project's folder.
 * @param {string} root
 * @param {string} home folder that keeps the editor's user from one start to the next
 * @param {{ env: NodeJS.ProcessEnv }} options `env` is added to the editor's
 * @returns {Promise<{ ended: Promise<void>, stop(): Promise<void> }>} `ended` when its window was closed
 */
export async function openDesktop(root, home, { env }) {
  const data = path.join(home, 'data');
  await mkdir(data, { recursive: true });
  const args = [`--extensionDevelopmentPath=${root}`, `--user-data-dir=${data}`, '--new-window', '--wait'];
  args.push(`--extensions-dir=${path.join(home, 'extensions')}`);
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const child = spawn('code', args, { env: { ...process.env, ...env }, stdio: 'ignore', shell: onWindows });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
  return { ended, stop: () => endEditor(path.join(data, 'code.lock'), child) };
}

/** `code` only hands over to the editor's own process, which writes its pid into `code.lock`. */
async function endEditor(lockFile, child) {
  const pid = Number(await readFile(lockFile, 'utf8').catch(() => '0'));
  try {
    if (pid > 0) process.kill(pid, 'SIGTERM');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
  child.kill();
}
