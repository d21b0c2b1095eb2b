import type { Context } from 'hono';
import { wireRoot, type Router, type RouterDependencies, type RouterEnvironment } from '../router';
import { invalidRequest } from '../failure';
import { openBoxFile } from '../lifecycle/download';
import { upload } from '../lifecycle/upload';
import { spoolUpload } from '../spool';
import { fileReply } from './file-reply';
import { onPath, pathPart } from './methods';

export function fileRoutes(router: Router, { lifecycle }: RouterDependencies): void {
  onPath(router, `${wireRoot}/:box/upload`, {
    POST: async (context) => {
      const path = askedPath(context);
      const signal = context.get('signal');
      const file = await spoolUpload(context.env.incoming, lifecycle.spoolFolder, signal);
      try {
        return context.json(await upload(lifecycle, pathPart(context, 'box'), path, file, signal));
      } finally {
        await file.remove();
      }
    },
  });
  onPath(router, `${wireRoot}/:box/download`, {
    GET: async (context) => {
      const signal = context.get('signal');
      const file = await openBoxFile(lifecycle, pathPart(context, 'box'), askedPath(context), signal);
      return fileReply(context.req.raw, file, (part) => file.open(part, signal));
    },
  });
}

function askedPath(context: Context<RouterEnvironment>): string {
  const path = context.req.query('path');
  if (!path) throw invalidRequest('Give the file in the query parameter "path".');
  return path;
}
