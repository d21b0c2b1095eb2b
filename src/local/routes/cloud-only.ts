import { z } from 'zod';
import { Failure } from '../failure';
import { optional } from './fields';
import { mountConfig } from './mounts';

const text = z.string().min(1);
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
  mount_config: optional(mountConfig),
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
