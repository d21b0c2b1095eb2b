import { wireRoot, type Router, type RouterDependencies } from '../router';
import { startCapture } from '../lifecycle/capture';
import { readBody } from '../request-body';
import { captureCloudOnly, captureShape } from './capture-shapes';
import { refuseCloudOnly } from './cloud-only';
import { onPath, pathPart } from './methods';
import { snapshotReply } from './snapshot-reply';

export function captureRoutes(router: Router, { lifecycle }: RouterDependencies): void {
  onPath(router, `${wireRoot}/boxes/:box/snapshot`, {
    POST: async (context) => {
      const request = await readBody(context, captureShape);
      refuseCloudOnly(request, captureCloudOnly);
      const box = pathPart(context, 'box');
      const snapshot = await startCapture(lifecycle, box, request, context.get('signal'));
      return context.json(snapshotReply(snapshot), 201);
    },
  });
}
