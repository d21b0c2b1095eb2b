import path from 'node:path';
import { z } from 'zod';
import { sentenceOf } from '../issue-sentence';
import { optional } from './fields';

/** Form: `Mount` in `src/api/wire/mounts.ts`. What is wrong with one is said here too, though nothing is mounted. */

const text = z.string().min(1);
const bucketsFolder = '/mnt/mounts/';
const repository = z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'repo must be owner/repo.');

const storage = {
  s3: z.looseObject({ bucket: text, region: text }),
  gcs: z.looseObject({ bucket: text }),
  azure_blob: z.looseObject({ container: text, storage_account: text }),
  git: z.looseObject({
    remote_url: z.string().startsWith('https://', 'remote_url must begin with https://.'),
    ref: optional(z.looseObject({ type: z.enum(['branch', 'tag']), name: text })),
    refresh_interval_seconds: optional(z.number().min(1)),
  }),
  contexthub: z.looseObject({ repo: repository }),
};
const types = Object.keys(storage) as (keyof typeof storage)[];

const mount = z
  .looseObject({
    id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "A mount's id has 1 to 64 letters, digits, '_' or '-'."),
    type: z.enum(types),
    mount_path: z.string().startsWith('/', 'mount_path must be an absolute path.'),
    read_only: optional(z.boolean()),
  })
  .superRefine((each, context) => {
    const { type, mount_path } = each;
    if (type !== 'contexthub' && !path.posix.normalize(mount_path).startsWith(bucketsFolder)) {
      const message = `mount_path of ${type} must be below ${bucketsFolder}.`;
      context.addIssue({ code: 'custom', path: ['mount_path'], message });
    }
    const parsed = storage[type].safeParse(each[type], { error: sentenceOf });
    const missing = `${type} is required: it says which storage to mount.`;
    for (const issue of parsed.error?.issues ?? []) {
      const message = issue.path.length === 0 ? missing : issue.message;
      context.addIssue({ code: 'custom', path: [type, ...issue.path], message });
    }
  });

export const mountConfig = z.looseObject({
  auth: optional(z.record(z.string(), z.unknown())),
  mounts: optional(
    z
      .array(mount)
      .refine(
        (all) => new Set(all.map(({ id }) => id)).size === all.length,
        'Each mount must have an id of its own.',
      ),
  ),
});
