import { z } from 'zod';
import { carriableSettings } from '../lifecycle/carried-settings';
import { capacity, description, labels, optional, plainText, runConfig } from './fields';
import { snapshotName, snapshotTag } from './snapshots';

const mostWords = 1000;
const mostPorts = 100;

const words = optional(z.array(plainText).max(mostWords));

const imageConfig = z.object({
  entrypoint: words,
  cmd: words,
  exposed_ports: optional(z.array(z.int().min(1).max(65_535)).max(mostPorts)),
});

const text = optional(z.string());

export const captureShape = z.looseObject({
  name: snapshotName,
  tag: optional(snapshotTag),
  description: optional(description),
  fs_capacity_bytes: optional(capacity),
  labels: optional(labels),
  run_config: optional(runConfig),
  image_config: optional(imageConfig),
  include: optional(z.array(z.enum(['all', ...carriableSettings]))),
  confirm_allow_snapshot_secret_values: optional(z.boolean()),
  include_memory: optional(z.boolean()),
  checkpoint: text,
  docker_image: text,
});

/** What of a capture only LangSmith's cloud can do, and what to do here instead. */
export const captureCloudOnly = {
  checkpoint: 'the local server keeps no checkpoints. Leave it out, to capture the sandbox as it is.',
  docker_image:
    'no sandbox of the local server has an image store of its own. Build a snapshot from the image instead.',
  include_memory: 'the local server captures files. Leave it out; what runs has to be started again.',
};
