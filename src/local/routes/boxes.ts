import type { Context } from 'hono';
import { z } from 'zod';
import { wireRoot, type Router, type RouterDependencies, type RouterEnvironment } from '../router';
import { startBox } from '../lifecycle/boot';
import { createBox } from '../lifecycle/create-box';
import { getBox } from '../lifecycle/find-box';
import { patchBox } from '../lifecycle/patch-box';
import { removeBox, removeBoxes } from '../lifecycle/remove-box';
import { stopBox } from '../lifecycle/stop';
import { refuseUnenforced } from '../proxy/unenforced';
import { readBody } from '../request-body';
import { listBoxes, type BoxRecord } from '../store/boxes';
import { boxReply, statusMessage } from './box-reply';
import { createBoxShape, patchBoxShape } from './box-shapes';
import { boxCloudOnly, refuseCloudOnly } from './cloud-only';
import { listQuery, type ListRules } from './list-query';
import { listReply } from './list-reply';
import { onPath, pathPart } from './methods';

const listRules: ListRules = {
  key: 'sandboxes',
  hasLabels: true,
  sortKeys: ['name', 'status', 'created_at', 'stopped_at', 'idle_ttl_seconds', 'delete_after_stop_seconds'],
  statuses: ['provisioning', 'ready', 'failed', 'stopped', 'deleting'],
};

const batchShape = z.object({ names: z.array(z.string()).max(1000) });

export function boxRoutes(router: Router, { lifecycle, endpoint }: RouterDependencies): void {
  const { database, observer } = lifecycle;
  const reply = (context: Context<RouterEnvironment>, box: BoxRecord) =>
    boxReply(box, {
      endpoint: endpoint(context),
      unreachable: observer.unreachable,
      isInUse: lifecycle.activity.isHeld(box.id),
      lastUse: lifecycle.activity.lastUse(box.id),
    });

  onPath(router, `${wireRoot}/boxes`, {
    POST: async (context) => {
      const request = await readBody(context, createBoxShape);
      refuseCloudOnly(request, boxCloudOnly);
      refuseUnenforced(request.proxy_config);
      return context.json(reply(context, await createBox(lifecycle, request, context.get('signal'))), 201);
    },
    GET: async (context) => {
      const query = listQuery(context, listRules);
      await observer.refresh(context.get('signal'));
      // No sandbox here has resource tags to be found by.
      const asksForTags = context.req.queries('tag_value_id')?.some((id) => id !== '') ?? false;
      const { records, next } = asksForTags ? { records: [] } : listBoxes(database, query);
      const boxes = records.map((box) => reply(context, box));
      return context.json(listReply(listRules.key, boxes, query, next));
    },
  });
  onPath(router, `${wireRoot}/boxes/batch-delete`, {
    POST: async (context) => {
      const { names } = await readBody(context, batchShape);
      return context.json(await removeBoxes(lifecycle, names));
    },
  });
  onPath(router, `${wireRoot}/boxes/:box`, {
    GET: async (context) =>
      context.json(reply(context, await getBox(lifecycle, pathPart(context, 'box'), context.get('signal')))),
    PATCH: async (context) => {
      const patch = await readBody(context, patchBoxShape);
      refuseCloudOnly(patch, boxCloudOnly);
      refuseUnenforced(patch.proxy_config);
      const { name, idle_ttl_seconds, delete_after_stop_seconds, run_config, proxy_config } = patch;
      const { vcpus, cpu_millicores, mem_bytes, fs_capacity_bytes } = patch;
      const resources = { vcpus, cpu_millicores, mem_bytes, fs_capacity_bytes };
      const lifetimes = { idle_ttl_seconds, delete_after_stop_seconds };
      const changes = { name, ...lifetimes, run_config, proxy_config, ...resources };
      return context.json(reply(context, patchBox(lifecycle, pathPart(context, 'box'), changes)));
    },
    DELETE: async (context) => {
      await removeBox(lifecycle, pathPart(context, 'box'));
      return context.body(null, 204);
    },
  });
  onPath(router, `${wireRoot}/boxes/:box/status`, {
    GET: async (context) => {
      const box = await getBox(lifecycle, pathPart(context, 'box'), context.get('signal'));
      const message = statusMessage(box.status_message, observer.unreachable);
      return context.json({ status: box.status, status_message: message });
    },
  });
  onPath(router, `${wireRoot}/boxes/:box/start`, {
    POST: async (context) => {
      const box = await startBox(lifecycle, pathPart(context, 'box'), context.get('signal'));
      return context.json(reply(context, box), 202);
    },
  });
  onPath(router, `${wireRoot}/boxes/:box/stop`, {
    POST: async (context) => {
      await stopBox(lifecycle, pathPart(context, 'box'), context.get('signal'));
      return context.body(null, 204);
    },
  });
}
