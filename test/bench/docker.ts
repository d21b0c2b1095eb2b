import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { testEnvironment } from '../harness/env';

/** The command line a user would type instead, against the test engine. Gives its stdout, trimmed. */
export async function docker(...args: string[]): Promise<string> {
  const env = { ...process.env, DOCKER_HOST: testEnvironment().engine };
  const { stdout } = await promisify(execFile)('docker', args, { env, maxBuffer: 64 * 1024 ** 2 });
  return stdout.trim();
}
