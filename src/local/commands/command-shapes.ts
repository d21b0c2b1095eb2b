import { z } from 'zod';
import { invalidRequest } from '../failure';
import { envVars, optional, runConfig } from '../routes/fields';
import type { CommandRequest } from './start';

/** What WebSockets and event streams ask alike. Durations are seconds. */

const argument = z.string().refine((text) => !text.includes('\0'), 'A command can not hold zero bytes.');
const limit = optional(z.number().min(-1));

export const idShape = z.string().min(1).max(256);
export const offsetShape = z
  .int()
  .min(0)
  .nullish()
  .transform((offset) => offset ?? 0);

export const commandShape = z.object({
  command: optional(argument),
  command_id: optional(idShape),
  shell: optional(argument.min(1)),
  timeout_seconds: optional(z.number().min(0)),
  idle_timeout_seconds: limit,
  ttl_seconds: limit,
  env: optional(envVars),
  cwd: optional(argument),
  run_config: optional(runConfig),
});

/** Source: the documentation of the daemon, and for `timeout` the SDKs. */
const defaultSeconds = { timeout: 60, idle: 3600, ttl: 300 };

/** Throws Failure 400 for fields that exclude each other. */
export function commandRequest(
  asked: z.infer<typeof commandShape>,
): Omit<CommandRequest, 'stdin' | 'killOnDisconnect'> & { ttlSeconds?: number } {
  const { command, shell, env, cwd, run_config } = asked;
  if (run_config && (env || cwd !== undefined)) {
    throw invalidRequest('Give run_config, or env and cwd, not both.');
  }
  return {
    command,
    shell,
    own: run_config ?? { env_vars: env, work_dir: cwd },
    timeoutSeconds:
      asked.timeout_seconds === 0 ? undefined : (asked.timeout_seconds ?? defaultSeconds.timeout),
    idleSeconds: unlessEndless(asked.idle_timeout_seconds ?? defaultSeconds.idle),
    ttlSeconds: unlessEndless(asked.ttl_seconds ?? defaultSeconds.ttl),
  };
}

/** -1 means for ever. */
function unlessEndless(seconds: number): number | undefined {
  return seconds < 0 ? undefined : seconds;
}
