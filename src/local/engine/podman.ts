import type { Dialect } from './dialect';

export const podman: Dialect = {
  // Its compatible API answers 404 to `update`.
  changesLimits: false,

  // Archives reach Podman's tmpfs. `notmpcopyup`: the image's own /tmp stays out; `exec`: as on Docker.
  temporaryFolder: (mountOptions) => ({ Tmpfs: { '/tmp': `rw,exec,notmpcopyup,${mountOptions}` } }),

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
