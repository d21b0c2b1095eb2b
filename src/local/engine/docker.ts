import type { Dialect } from './dialect';
import { envList } from './env-list';
import { resources } from './limits';

export const docker: Dialect = {
  changesLimits: () => true,
  changesLimitsOfStopped: true,
  changedLimits: resources,

  // What its runtime tells of a container is worked off in a queue.
  hearsOfPausesLate: true,

  // It gives them two seconds after the end.
  dropsLastWords: true,

  // Not where containerd keeps its images, which its `info` tells.
  takesImagesWithoutLayers: true,

  // A tmpfs of HostConfig.Tmpfs is out of reach of the archive calls (they land beneath it, and get committed).
  // An anonymous volume that the local driver mounts as tmpfs is reached, left out of commits, and goes with v=1.
  temporaryFolder: (mountOptions) => ({
    Mounts: [
      {
        Type: 'volume',
        Target: '/tmp',
        VolumeOptions: {
          NoCopy: true,
          DriverConfig: {
            Name: 'local',
            Options: { type: 'tmpfs', device: 'tmpfs', o: mountOptions },
          },
        },
      },
    ],
  }),

  pathToRead: (path) => path,

  // Only the body can clear an inherited entrypoint; `changes` can't.
  commitConfiguration: (spec) => ({
    query: {},
    json: {
      Labels: spec.labels,
      Env: envList(spec.env),
      User: spec.user,
      WorkingDir: spec.workDir,
      Entrypoint: spec.entrypoint,
      Cmd: spec.cmd,
      ExposedPorts: setOf(spec.exposedPorts),
      Volumes: setOf(spec.volumes),
    },
  }),
};

/** Go's form of a set. */
function setOf(names: string[]): Record<string, object> {
  return Object.fromEntries(names.map((name) => [name, {}]));
}
