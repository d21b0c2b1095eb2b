import { z } from 'zod';
import { putArchive } from './archive';
import { agentExecutable, agentPath } from './ssh-agent/agent';
import type { Connection } from './connection';
import { removeContainer } from './containers';
import type { ContainerSpec } from './engine';
import { envList } from './env-list';
import { sendForJson } from './http/json';
import { initExecutable, initPath } from './init/init';
import { leaderExecutable, leaderPath } from './leader/leader';
import { keptLimits, resources } from './limits';
import { programArchive } from './program-archive';
import { relayExecutable, relayPath } from './relay/relay';

const cleanUpLimitMs = 30_000;

/** Creates it and lays process 1 and our programs into it, which also works on an image that holds no program at all. */
export async function createContainer(
  connection: Connection,
  spec: ContainerSpec,
  signal: AbortSignal,
): Promise<string> {
  const { architecture } = connection.info;
  const programs = programArchive([
    [initPath, initExecutable(architecture)],
    [relayPath, relayExecutable(architecture)],
    [agentPath, agentExecutable(architecture)],
    [leaderPath, leaderExecutable(architecture)],
  ]);
  const request = {
    method: 'POST',
    path: '/containers/create',
    query: { name: spec.name },
    json: configuration(connection, spec),
  } as const;
  const { Id: id } = await sendForJson(connection.http, request, z.object({ Id: z.string() }), signal);
  try {
    await putArchive(connection, id, '/', programs, signal);
    return id;
  } catch (error) {
    await removeContainer(connection, id, AbortSignal.timeout(cleanUpLimitMs));
    throw error;
  }
}

/** Source: `ContainerCreate` of the Engine API. */
function configuration({ dialect, info }: Connection, spec: ContainerSpec): unknown {
  return {
    Image: spec.image,
    Entrypoint: [initPath],
    Cmd: [],
    // Whoever the image runs as may not exist in it, and must not be able to end process 1.
    User: '0:0',
    Env: envList(spec.env),
    Labels: spec.labels,
    StopSignal: 'SIGTERM',
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      Init: false,
      AutoRemove: false,
      RestartPolicy: { Name: 'no' },
      ...resources(keptLimits(spec, info)),
      ...dialect.temporaryFolder(temporaryFolderOptions(spec.memoryBytes)),
    },
  };
}

/** Half of the memory, which is what the kernel gives a tmpfs by itself where there is no limit. */
function temporaryFolderOptions(memoryBytes: number | undefined): string {
  const size = memoryBytes === undefined ? '' : `,size=${Math.floor(memoryBytes / 2)}`;
  return `mode=1777,nosuid,nodev${size}`;
}
