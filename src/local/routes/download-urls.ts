import { z } from 'zod';
import { wireRoot, type Router, type RouterDependencies } from '../router';
import { invalidField } from '../failure';
import { boxPath, pathRule } from '../lifecycle/box-path';
import { getBox } from '../lifecycle/find-box';
import { contentTypeOf } from '../links/content-type';
import { fileLinkPurpose, signFileLink } from '../links/file-link';
import { fileLinkPolicy, sandboxFlags, sourceBundles } from '../links/file-link-policy';
import { linkKey } from '../links/link-key';
import { fileLinkUrl } from '../links/file-link-address';
import { readBody } from '../request-body';
import { optional } from './fields';
import { onPath, pathPart } from './methods';

/** RFC 9110, 8.3.1, without what a header can't hold. */
const mediaType = z
  .string()
  .max(255, 'content_type may have at most 255 characters.')
  .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?$/, {
    error: 'content_type must be a media type, such as text/html.',
  });
/** Longer ones make no date. */
const mostSeconds = 100 * 365 * 24 * 3600;

const downloadUrlShape = z.object({
  path: z.string().refine((text) => boxPath(text, '/') !== undefined, `path ${pathRule}`),
  expires_in_seconds: optional(z.int().min(1).max(mostSeconds)),
  content_type: optional(mediaType),
  content_disposition: optional(z.enum(['attachment', 'inline'])),
  csp_sandbox: optional(z.boolean()),
  csp_sandbox_flags: optional(z.array(z.enum(sandboxFlags))),
  csp_source_bundles: optional(z.array(z.enum(sourceBundles))),
});

/** Links are signed and not kept: nothing can take one back, and all are void once the sandbox is gone. */
export function downloadUrlRoutes(router: Router, { lifecycle, endpoint }: RouterDependencies): void {
  const key = linkKey(lifecycle, fileLinkPurpose);
  onPath(router, `${wireRoot}/boxes/:box/download-url`, {
    POST: async (context) => {
      const request = await readBody(context, downloadUrlShape);
      const { path, csp_sandbox: isSandboxed = true, csp_sandbox_flags: flags = [] } = request;
      if (!isSandboxed && flags.length > 0) {
        throw invalidField('csp_sandbox_flags', 'Leave csp_sandbox_flags out where csp_sandbox is false.');
      }
      const { id: boxId } = await getBox(lifecycle, pathPart(context, 'box'), context.get('signal'));
      const { expires_in_seconds, content_type, content_disposition, csp_source_bundles } = request;
      const expiresAt =
        expires_in_seconds === undefined ? undefined : Math.floor(Date.now() / 1000) + expires_in_seconds;
      const link = {
        boxId,
        path,
        contentType: content_type ?? contentTypeOf(path),
        disposition: content_disposition ?? ('attachment' as const),
        policy: fileLinkPolicy({ isSandboxed, flags, sources: csp_source_bundles }),
      };
      const token = await signFileLink(key, link, expiresAt);
      return context.json({
        download_url: fileLinkUrl(endpoint(context), link, token),
        token,
        expires_at: expiresAt === undefined ? null : new Date(expiresAt * 1000).toISOString(),
      });
    },
  });
}
