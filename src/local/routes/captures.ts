import { z } from 'zod';
import { wireRoot, type Router, type RouterDependencies } from '../router';
import { startCapture } from '../lifecycle/capture';
import { readBody } from '../request-body';
import { capacity, description, labels, optional, runConfig } from './fields';
import { onPath, pathPart } from './methods';
import { snapshotReply } from './snapshot-reply';
import { snapshotName, snapshotTag } from './snapshots';
import { refuseUnsupported } from './unsupported';

const captureShape = z.looseObject({
  name: snapshotName,
  tag: optional(snapshotTag),
  description: optional(description),
  fs_capacity_bytes: optional(capacity),
  labels: optional(labels),
  run_config: optional(runConfig),
});

const notYetSupported = ['checkpoint', 'docker_image', 'image_config', 'include', 'include_memory'];

export function captureRoutes(router: Router, { lifecycle }: RouterDependencies): void {
  onPath(router, `${wireRoot}/boxes/:box/snapshot`, {
    POST: async (context) => {
      const request = await readBody(context, captureShape);
      refuseUnsupported(request, notYetSupported);
      const box = pathPart(context, 'box');
      const snapshot = await startCapture(lifecycle, box, request, context.get('signal'));
      return context.json(snapshotReply(snapshot), 201);
    },
  });
}
