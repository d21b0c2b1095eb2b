import { spawn } from 'node:child_process';
import { boundToParent } from './bound-to-parent.mjs';
import { killTree } from './service.mjs';

const tailLength = 12_000;

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args no secrets: other users can read them
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, input?: string, signal?: AbortSignal,
 *   log?: import('node:stream').Writable, uncut?: boolean }} [options] `input` goes to stdin; `log` gets all output as
 *   it comes; an `uncut` program goes on to its end when this process dies
 * @returns {Promise<{ code: number, output: string, stdout: string }>} stdout whole, `output` the end of both
 *   streams; rejects when the program can't be started or the signal aborts (its whole process group is ended first)
 */
export function run(command, args, options = {}) {
  const { cwd, env, input, signal, log, uncut } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const [program, all] = uncut ? [command, args] : boundToParent(command, args);
    const child = spawn(program, all, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-tailLength);
      log?.write(chunk);
    };
    const abort = () => void killTree(child);
    signal?.addEventListener('abort', abort, { once: true });
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
      keep(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', keep);
    child.stdin.on('error', () => {}); // a program may end without reading its input
    child.stdin.end(input ?? '');
    child.once('error', reject);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', abort);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code: code ?? 1, output, stdout });
    });
  });
}

/**
 * Like `run`, for a step that has to work: rejects with the end of its output when its exit code isn't 0.
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function mustRun(command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${result.code}\n${result.output.trim()}`);
  }
  return result;
}
