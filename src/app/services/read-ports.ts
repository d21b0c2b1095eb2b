import { execute } from '../../api/commands';
import { ApiError } from '../../api/errors';
import type { CallOptions } from '../../api/transport';
import type { Session } from '../session';
import { hasSocketTable, listeningPorts, type ListeningPort } from './listening-port';
import { runningBox } from '../running-box';

const commandSeconds = 10;
/** With the answer's way back. */
const patienceMs = 20_000;

/** Of what nearly every image has: a shell and `cat`; names of programs come where there is an `ls`, too. */
const script = `cat /proc/net/tcp /proc/net/tcp6 2>/dev/null
for file in /proc/[0-9]*/comm; do IFS= read -r name <"$file" && echo "$file $name"; done 2>/dev/null
ls -l /proc/[0-9]*/fd 2>/dev/null
true`;

/**
 * What listens in a running sandbox; undefined when its image has nothing to read that by. It counts as use of the
 * sandbox.
 * @throws {NotRunningError} @throws {ApiError}
 */
export async function readListeningPorts(
  session: Session,
  boxId: string,
  { signal }: Pick<CallOptions, 'signal'> = {},
): Promise<ListeningPort[] | undefined> {
  const options = { signal, timeoutMs: patienceMs };
  const box = await runningBox(session, boxId, options);
  try {
    const request = { command: script, shell: '/bin/sh', timeout: commandSeconds };
    const { stdout } = await execute(session.transport, box, request, options);
    return hasSocketTable(stdout) ? listeningPorts(stdout) : undefined;
  } catch (error) {
    if (error instanceof ApiError && error.errorType === 'CommandError') return undefined;
    throw error;
  }
}
