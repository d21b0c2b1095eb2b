import { z } from 'zod';
import { standardErrorLog, type Log } from '../log';
import type { EngineAddress } from './address';
import { getArchive, putArchive, statPath } from './archive';
import { commitContainer } from './commit';
import type { Connection } from './connection';
import {
  inspectContainer,
  listContainers,
  pauseContainer,
  removeContainer,
  startContainer,
  stopContainer,
  unpauseContainer,
} from './containers';
import { changeLimits } from './limits';
import { createContainer } from './create-container';
import { docker } from './docker';
import { createEndings } from './endings';
import type { Engine } from './engine';
import { EngineError } from './engine-error';
import { exec } from './exec';
import { openHttp, prefixed, type EngineHttp } from './http/http';
import { sendForJson, sendForNothing } from './http/json';
import { importContainer } from './import-container';
import { inspectImage, listImages, removeImage, tagImage } from './images';
import { layProgram } from './lay-program';
import { podman } from './podman';
import { pullImage } from './pull';
import { tagWithoutVolumes } from './tag-without-volumes';
import { createStarts } from './starts';
import { usableVersion } from './version';

const versionShape = z.object({
  Version: z.string(),
  ApiVersion: z.string(),
  MinAPIVersion: z.string().optional(),
  Os: z.string(),
  Arch: z.string(),
  Components: z.array(z.object({ Name: z.string() })).nullish(),
});

const infoShape = z.object({
  NCPU: z.number(),
  MemTotal: z.number(),
  CgroupDriver: z.string().nullish(),
  CgroupVersion: z.string().nullish(),
  /** Podman's. */
  Rootless: z.boolean().nullish(),
});

/** Asks the engine who it is and settles on an API version. The owner closes what it gets. */
export async function connectEngine(
  address: EngineAddress,
  signal: AbortSignal,
  log: Log = standardErrorLog(),
): Promise<Engine> {
  const http = openHttp(address);
  try {
    return engineOver({ ...(await negotiate(http, signal)), log });
  } catch (error) {
    await http.close();
    throw error;
  }
}

/** Resolves once anybody answers there, whatever they say; rejects as `send` does for an engine that can't be reached. */
export async function hearEngine(address: EngineAddress, signal: AbortSignal): Promise<void> {
  const http = openHttp(address);
  try {
    await sendForNothing(http, { method: 'GET', path: '/_ping' }, signal);
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind === 'engine-unreachable') throw error;
  } finally {
    await http.close();
  }
}

async function negotiate(http: EngineHttp, signal: AbortSignal): Promise<Omit<Connection, 'log'>> {
  // Podman takes a second for each: both at a time.
  const facts = sendForJson(http, { method: 'GET', path: '/info' }, infoShape, signal);
  facts.catch(() => undefined); // who it is comes first
  const version = await identify(http, signal);
  if (version.Os !== 'linux') {
    throw new EngineError('other', `It runs ${version.Os} containers. Switch it to Linux containers.`);
  }
  const settled = prefixed(http, `/v${usableVersion(version.ApiVersion, version.MinAPIVersion)}`);
  const { NCPU, MemTotal, ...groups } = await facts;
  const isPodman = version.Components?.some(({ Name }) => Name === 'Podman Engine') ?? false;
  const dialect = isPodman ? podman : docker;
  return {
    http: settled,
    updates: dialect.updatePrefix ? prefixed(http, dialect.updatePrefix) : settled,
    dialect,
    starts: createStarts(),
    endings: createEndings(),
    info: {
      url: http.url,
      product: isPodman ? 'podman' : 'docker',
      version: version.Version,
      os: version.Os,
      architecture: version.Arch,
      cpus: NCPU,
      memoryBytes: MemTotal,
      changesLimits: dialect.changesLimits(version.Version),
      changesLimitsOfStopped: dialect.changesLimitsOfStopped,
      hasCgroups: hasCgroups(groups),
    },
  };
}

/** Docker names no driver then; Podman goes without one where it is rootless on version 1, and names it all the same. */
function hasCgroups(
  groups: Pick<z.infer<typeof infoShape>, 'CgroupDriver' | 'CgroupVersion' | 'Rootless'>,
): boolean {
  return groups.CgroupDriver !== 'none' && !(groups.Rootless && groups.CgroupVersion === '1');
}

async function identify(http: EngineHttp, signal: AbortSignal): Promise<z.infer<typeof versionShape>> {
  try {
    return await sendForJson(http, { method: 'GET', path: '/version' }, versionShape, signal);
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind === 'engine-unreachable') throw error;
    const message = `It answered, but not as a container engine does: ${error.message.slice(0, 200)}`;
    throw new EngineError('other', message, { cause: error });
  }
}

function engineOver(connection: Connection): Engine {
  return {
    info: connection.info,
    pullImage: (...call) => pullImage(connection, ...call),
    inspectImage: (...call) => inspectImage(connection, ...call),
    listImages: (...call) => listImages(connection, ...call),
    tagImage: (...call) => tagImage(connection, ...call),
    tagWithoutVolumes: (...call) => tagWithoutVolumes(connection, ...call),
    removeImage: (...call) => removeImage(connection, ...call),
    createContainer: (...call) => createContainer(connection, ...call),
    startContainer: (...call) => startContainer(connection, ...call),
    stopContainer: (...call) => stopContainer(connection, ...call),
    pauseContainer: (...call) => pauseContainer(connection, ...call),
    unpauseContainer: (...call) => unpauseContainer(connection, ...call),
    changeLimits: (...call) => changeLimits(connection, ...call),
    removeContainer: (...call) => removeContainer(connection, ...call),
    inspectContainer: (...call) => inspectContainer(connection, ...call),
    listContainers: (...call) => listContainers(connection, ...call),
    commitContainer: (...call) => commitContainer(connection, ...call),
    importContainer: (...call) => importContainer(connection, ...call),
    exec: (...call) => exec(connection, ...call),
    putArchive: (...call) => putArchive(connection, ...call),
    getArchive: (...call) => getArchive(connection, ...call),
    statPath: (...call) => statPath(connection, ...call),
    layProgram: (...call) => layProgram(connection, ...call),
    close: () => connection.http.close(),
  };
}
