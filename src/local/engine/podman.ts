import type { Dialect } from './dialect';
import type { EngineErrorKind } from './engine-error';
import { isBelow } from './version';

/** A pattern for an asterisk without one in it: anything but what comes before and after it. */
const asterisk = '[^\u{1}-)+-\u{10ffff}]';

export const podman: Dialect = {
  // Only its own API has `update`, for containers that run or are paused. It takes the resources of the OCI's runtime
  // specification. With 4.3.1 the limits are those of the creation again at the next start.
  changesLimits: (version) => !isBelow(version, '4.3'),
  changesLimitsOfStopped: false,
  updatePrefix: '/v4.3.0/libpod',
  changedLimits: ({ cpuMillicores, memoryBytes }) => ({
    ...(cpuMillicores !== undefined && { cpu: { quota: cpuMillicores * 100, period: 100_000 } }),
    ...(memoryBytes !== undefined && { memory: { limit: memoryBytes, swap: memoryBytes } }),
  }),

  // It asks its runtime.
  hearsOfPausesLate: false,

  // Its monitor stays until all is read.
  dropsLastWords: false,

  takesImagesWithoutLayers: false,

  // Archives reach Podman's tmpfs. `notmpcopyup`: the image's own /tmp stays out; `exec`: as on Docker.
  temporaryFolder: (mountOptions) => ({ Tmpfs: { '/tmp': `rw,exec,notmpcopyup,${mountOptions}` } }),

  // What is read is a pattern, of Go's filepath.Match; whatever has an asterisk in it is said not to be there.
  pathToRead: (path) => path.replace(/[?[\\]/g, '\\$&').replaceAll('*', asterisk),

  // The body is ignored.
  commitConfiguration: (spec) => ({
    query: {
      changes: [
        ...Object.entries(spec.env).map(([name, value]) => `ENV ${name}=${value}`),
        ...Object.entries(spec.labels).map(([name, value]) => `LABEL ${name}=${value}`),
        ...(spec.user ? [`USER ${spec.user}`] : []),
        ...(spec.workDir ? [`WORKDIR ${spec.workDir}`] : []),
        ...spec.exposedPorts.map((port) => `EXPOSE ${port}`),
        ...spec.volumes.map((folder) => `VOLUME ${folder}`),
        `ENTRYPOINT ${JSON.stringify(spec.entrypoint)}`,
        `CMD ${JSON.stringify(spec.cmd)}`,
      ],
    },
    json: {},
  }),
};

/** Podman answers 500 where Docker's status says what happened; its words say it too. Seen with 4.3.1. */
const failureKinds: [RegExp, EngineErrorKind][] = [
  [/container state improper|can only create exec sessions on running containers/, 'conflict'],
  [/that name is already in use/, 'conflict'],
  [/image (?:is )?in use by/, 'conflict'],
  [/copier: put: .*(?:is a directory|file exists)/, 'conflict'],
  [/no such (?:container|image|exec session)/i, 'not-found'],
];

export function podmanFailureKind(message: string): EngineErrorKind | undefined {
  return failureKinds.find(([words]) => words.test(message))?.[1];
}
