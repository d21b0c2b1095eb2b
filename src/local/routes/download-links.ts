import path from 'node:path';
import { Failure } from '../failure';
import { openBoxFile } from '../lifecycle/download';
import { fileLinkPurpose, readFileLink, type FileLink } from '../links/file-link';
import { boxOfFileHost, fileLinkPath, needsOwnHost } from '../links/file-link-address';
import { linkKey } from '../links/link-key';
import { forbidden } from '../links/link-token';
import type { Router, RouterDependencies } from '../router';
import { fileReply } from './file-reply';
import { onPath, pathPart } from './methods';

/** Files, for those who have a link to them. The host for links reaches nothing else. */
export function downloadLinkRoutes(router: Router, { lifecycle }: RouterDependencies): void {
  const key = linkKey(lifecycle, fileLinkPurpose);
  router.use(async ({ req }, next) => {
    if (boxOfFileHost(req.header('host') ?? '') === undefined || req.path.startsWith(fileLinkPath))
      return next();
    throw new Failure(404, 'NotFound', 'There is nothing under this path. Copy the link whole.');
  });
  onPath(router, `${fileLinkPath}:token`, {
    GET: async (context) => {
      const link = await readFileLink(key, pathPart(context, 'token'));
      const ownHost = boxOfFileHost(context.req.header('host') ?? '');
      if (ownHost !== (needsOwnHost(link) ? link.boxId : undefined))
        throw forbidden('This link is for another host.');
      const signal = context.get('signal');
      const file = await openBoxFile(lifecycle, link.boxId, link.path, signal);
      const reply = await fileReply(context.req.raw, file, (part) => file.open(part, signal));
      for (const [name, value] of servedAs(link)) reply.headers.set(name, value);
      return reply;
    },
  });
}

function servedAs({ path: file, contentType, disposition, policy }: FileLink): [string, string][] {
  const name = encodeURIComponent(path.posix.basename(file)).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16)}`,
  );
  return [
    ['Content-Type', contentType],
    ['Content-Disposition', `${disposition}; filename*=UTF-8''${name}`],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'no-referrer'],
    ...(policy === '' ? [] : [['Content-Security-Policy', policy] as [string, string]]),
  ];
}
