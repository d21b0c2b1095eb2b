import type { Readable } from 'node:stream';
import type { Secret } from '../../api/secret';
import type { ExecSpec, ExecStream } from './exec-shapes';
import type { ProgramName } from './lay-program';
import type { PathStat } from './path-stat';

/**
 * What the local server asks of a Docker-compatible engine. One interface; whatever differs between engines
 * stays behind it. Every call takes a signal and rejects with `EngineError` (or the signal's reason).
 * An engine that says nothing for a minute counts as unreachable; pull, commit, exec and the archives are as slow
 * as the image is large, so there the signal alone sets the limit.
 */
export interface Engine {
  readonly info: EngineInfo;

  /**
   * Pulls `reference`; rejects with the registry's own reason, however the engine reports it. Aborting ends the
   * pull in the engine too.
   */
  pullImage(reference: string, options: PullOptions): Promise<void>;
  /** Undefined when the engine has no such image. `reference` is a name, `name:tag`, digest or image id. */
  inspectImage(reference: string, signal: AbortSignal): Promise<EngineImage | undefined>;
  listImages(signal: AbortSignal): Promise<EngineImageSummary[]>;
  tagImage(reference: string, repository: string, tag: string, signal: AbortSignal): Promise<void>;
  /**
   * Gives a twin of the image that declares no volumes this name, so that commits hold what lies in those folders.
   * It shares all layers and has no digest. Rejects `not-found` without the image, `other` where the engine can't
   * (Podman, Docker on containerd's image store).
   */
  tagWithoutVolumes(reference: string, repository: string, tag: string, signal: AbortSignal): Promise<void>;
  /**
   * Removes this name only (and the image with its last name). A missing image is no error; rejects `conflict`
   * while a container, running or not, needs it under its last name.
   */
  removeImage(reference: string, signal: AbortSignal): Promise<void>;

  /**
   * Creates a container whose process 1 (root's) idles and reaps whatever the image holds, even no shell. Not
   * started. `/tmp` is in memory, at most half of it. Gives its id; rejects `not-found` without the image, `conflict` when the name
   * is taken. After an abort it may exist all the same.
   */
  createContainer(spec: ContainerSpec, signal: AbortSignal): Promise<string>;
  startContainer(id: string, signal: AbortSignal): Promise<void>;
  /** Asks process 1 to end, kills it after `graceSeconds`. Stopping a stopped one is no error. */
  stopContainer(id: string, graceSeconds: number, signal: AbortSignal): Promise<void>;
  /** Freezes its processes, memory and all. Rejects unless `info.hasCgroups`. */
  pauseContainer(id: string, signal: AbortSignal): Promise<void>;
  unpauseContainer(id: string, signal: AbortSignal): Promise<void>;
  /**
   * Changes what is given, of a container that runs or is paused, until it ends; with `info.changesLimitsOfStopped` of
   * any, for good. What the engine doesn't keep is left out, as at creation. Rejects unless `info.changesLimits`.
   */
  changeLimits(id: string, limits: ContainerLimits, signal: AbortSignal): Promise<void>;
  /** Kills and removes it with its anonymous volumes. A missing one is no error. */
  removeContainer(id: string, signal: AbortSignal): Promise<void>;
  inspectContainer(id: string, signal: AbortSignal): Promise<EngineContainer | undefined>;
  /** Running and stopped ones that carry this label with this value. */
  listContainers(label: string, value: string, signal: AbortSignal): Promise<EngineContainer[]>;
  /**
   * Writes the container's filesystem as `repository:tag`; gives the image id. Left out: `/tmp`, processes, and
   * the folders that the image declares as volumes (`EngineImage.volumes`). The container is paused meanwhile, if
   * `info.hasCgroups`.
   * After an abort the image may appear all the same.
   */
  commitContainer(id: string, spec: CommitSpec, signal: AbortSignal): Promise<string>;
  /**
   * Writes the filesystem of a container that does not run as an image of one layer and no configuration, through this
   * process. Leaves out what commit leaves out. After an abort the image may appear all the same.
   */
  importContainer(id: string, repository: string, tag: string, signal: AbortSignal): Promise<void>;

  /** Runs a process in a running container; never a shell of its own accord. Rejects `conflict` on a stopped one. */
  exec(id: string, spec: ExecSpec, signal: AbortSignal): Promise<ExecStream>;

  /**
   * Unpacks a tar stream below the folder `path` (`/tmp` included), with the owners and modes of its entries.
   * The folder must be known to be there: Podman would make it, and Docker refuses only after it has read the whole
   * stream. Rejects `conflict` where a file would replace a folder. `/tmp` can be reached only while the container runs.
   */
  putArchive(id: string, path: string, tar: Readable, signal: AbortSignal): Promise<void>;
  /** A tar stream whose first entry is what `path` leads to, under its own name; rejects `not-found`. */
  getArchive(id: string, path: string, signal: AbortSignal): Promise<Readable>;
  /** Undefined when nothing is there. Links are followed. */
  statPath(id: string, path: string, signal: AbortSignal): Promise<PathStat | undefined>;

  /**
   * Makes sure that the container has a program of ours, to be run by `exec`; gives its path. The relay (relay/relay.ts)
   * reaches ports that nobody published, the agent (ssh-agent/agent.ts) stands for an SSH agent outside, the leader
   * (leader/leader.ts) begins commands and ends them.
   */
  layProgram(id: string, name: ProgramName, signal: AbortSignal): Promise<string>;

  /** Closes the connections; calls under way reject. */
  close(): Promise<void>;
}

export interface EngineInfo {
  /** Where it was found, as a URL: `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://…`. */
  url: string;
  product: 'docker' | 'podman';
  version: string;
  os: string;
  /** Go's names: `amd64`, `arm64`. */
  architecture: string;
  cpus: number;
  memoryBytes: number;
  /** Whether the limits of a container that exists can be changed. */
  changesLimits: boolean;
  /** Whether also while it is stopped, and for good. */
  changesLimitsOfStopped: boolean;
  /** Whether its containers are in control groups. Without them none can be paused, and limits of CPU and memory are not kept. */
  hasCgroups: boolean;
}

export interface RegistryAuth {
  /** Host and port, as in the image reference. */
  serverAddress: string;
  username: string;
  password: Secret;
}

/** The total grows while the engine reads the manifest. */
export interface PullProgress {
  layersDone: number;
  layersTotal: number;
}

export interface PullOptions {
  auth?: RegistryAuth;
  onProgress?: (progress: PullProgress) => void;
  signal: AbortSignal;
}

export interface EngineImageSummary {
  id: string;
  /** `name:tag` each; empty for a dangling image. */
  references: string[];
  sizeBytes: number;
  createdAt: Date;
}

export interface EngineImage {
  id: string;
  references: string[];
  /** `sha256:…` of the manifest in the registry it came from; absent on an image that was never pushed or pulled. */
  digest?: string;
  sizeBytes: number;
  os: string;
  architecture: string;
  /** Layers in its chain: engines refuse more than about 125. */
  layerCount: number;
  user: string;
  workDir: string;
  env: Record<string, string>;
  entrypoint: string[];
  cmd: string[];
  /** `8080/tcp` each. */
  exposedPorts: string[];
  labels: Record<string, string>;
  /** Folders the image declares as volumes: each container gets its own, and no commit holds them. */
  volumes: string[];
}

export interface ContainerLimits {
  /** Thousandths of a core; absent, or more than the engine has, means as much as it has. */
  cpuMillicores?: number;
  memoryBytes?: number;
}

export interface ContainerSpec extends ContainerLimits {
  name: string;
  image: string;
  labels: Record<string, string>;
  /** Above the image's own. Commits keep these: what only commands need belongs into `ExecSpec.env`. */
  env: Record<string, string>;
}

export interface EngineContainer {
  id: string;
  name: string;
  labels: Record<string, string>;
  state: 'created' | 'running' | 'paused' | 'exited';
  imageId: string;
}

export interface CommitSpec {
  repository: string;
  tag: string;
  /** Above the container's own, which can be emptied but not removed. The same goes for `env`. */
  labels: Record<string, string>;
  env: Record<string, string>;
  user: string;
  workDir: string;
  entrypoint: string[];
  cmd: string[];
  /** `8080/tcp` each, beside those that the image has: engines can not take one back. */
  exposedPorts: string[];
  /** Folders that it declares as volumes, beside those that the image has. */
  volumes: string[];
}
