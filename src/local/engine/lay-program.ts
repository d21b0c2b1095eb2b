import { agentExecutable, agentPath } from './ssh-agent/agent';
import { putArchive, statPath } from './archive';
import type { Connection } from './connection';
import { programArchive } from './program-archive';
import { leaderExecutable, leaderPath } from './leader/leader';
import { relayExecutable, relayPath } from './relay/relay';

/** A container made by an older version of this server has none of one of them, or another one. */
const programs = {
  relay: { path: relayPath, executable: relayExecutable },
  agent: { path: agentPath, executable: agentExecutable },
  leader: { path: leaderPath, executable: leaderExecutable },
};

export type ProgramName = keyof typeof programs;

/** Makes sure that a container has the program; gives its path. */
export async function layProgram(
  connection: Connection,
  id: string,
  name: ProgramName,
  signal: AbortSignal,
): Promise<string> {
  const { path, executable } = programs[name];
  if (!(await statPath(connection, id, path, signal))) {
    const archive = programArchive([[path, executable(connection.info.architecture)]]);
    await putArchive(connection, id, '/', archive, signal);
  }
  return path;
}
