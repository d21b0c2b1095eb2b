import { z } from 'zod';
import { Failure } from '../failure';
import { optional } from './fields';

const text = z.string().min(1);
const mountTypes = ['s3', 'gcs', 'azure_blob', 'git', 'contexthub'] as const;

const mount = z.looseObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "A mount's id has 1 to 64 letters, digits, '_' or '-'."),
  type: z.enum(mountTypes),
  mount_path: z.string().startsWith('/', 'mount_path must be an absolute path.'),
  read_only: optional(z.boolean()),
});

const volume = z.object({
  volume: text,
  mount_path: z.string().startsWith('/', 'mount_path must be an absolute path.'),
  read_only: optional(z.boolean()),
});

const delegation = z
  .object({ mode: z.enum(['INHERIT', 'EXPLICIT']), permissions: optional(z.array(text)) })
  .refine(({ mode, permissions }) => (mode === 'EXPLICIT') === (permissions !== undefined), {
    path: ['permissions'],
    error: 'access_delegation has permissions with the mode EXPLICIT, and only with that.',
  });

/** What only LangSmith's cloud can do. Its form is checked all the same, so that a mistake shows here too. */
export const cloudOnlyFields = {
  mount_config: optional(
    z.looseObject({
      auth: optional(z.record(z.string(), z.unknown())),
      mounts: optional(z.array(mount)),
    }),
  ),
  volumes: optional(z.array(volume).max(4)),
  access_delegation: optional(delegation),
  tag_value_ids: optional(z.array(text)),
};

/** Why not here, and what to do instead; by field. */
export const boxCloudOnly: Record<keyof typeof cloudOnlyFields, string> = {
  mount_config: 'the local server mounts no buckets or repositories. Leave it out, and upload the files.',
  volumes: 'the local server has no volumes. Leave them out, and keep the files in a snapshot.',
  access_delegation: 'the local server has one user. Leave it out.',
  tag_value_ids: 'the local server has no resource tags. Leave them out, and use labels.',
};

/**
 * Refuses a request that asks for it: to leave it out in silence could lose or expose what the caller relies on.
 * Empty values ask for nothing. Throws 501.
 */
export function refuseCloudOnly(request: Record<string, unknown>, reasons: Record<string, string>): void {
  for (const [field, reason] of Object.entries(reasons)) {
    if (!asksFor(request[field])) continue;
    throw new Failure(501, 'NotImplemented', `${field} works on LangSmith only: ${reason}`);
  }
}

function asksFor(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return Object.values(value).some((part) => typeof part !== 'object' || asksFor(part));
}
