import { z } from 'zod';
import { wireRoot, type Router, type RouterDependencies } from '../router';
import { notFound } from '../failure';
import { parseImageReference } from '../image-reference';
import { startBuild } from '../lifecycle/build';
import { getSnapshot } from '../lifecycle/find-snapshot';
import { removeSnapshot } from '../lifecycle/remove-snapshot';
import { readBody } from '../request-body';
import { isReservedName, isSnapshotName, isTag, snapshotNameRule, tagRule } from '../snapshot-name';
import { listSnapshots, tagsOfName } from '../store/snapshots';
import { capacity, description, labels, optional, runConfig } from './fields';
import { listQuery, type ListRules } from './list-query';
import { listReply } from './list-reply';
import { onPath, pathPart } from './methods';
import { snapshotReply } from './snapshot-reply';

export const snapshotName = z
  .string()
  .refine(isSnapshotName, snapshotNameRule)
  .refine((name) => !isReservedName(name), 'Names under system/ are reserved. Choose another name.');
export const snapshotTag = z.string().refine(isTag, tagRule);

const createShape = z.object({
  name: snapshotName,
  docker_image: z.string().refine((image) => parseImageReference(image) !== undefined, {
    error: 'docker_image is not an image name such as "python:3.13" or "registry.example.com/team/router:1".',
  }),
  fs_capacity_bytes: capacity,
  registry_id: optional(z.string()),
  tag: optional(snapshotTag),
  description: optional(description),
  labels: optional(labels),
  run_config: optional(runConfig),
});

const listRules: ListRules = {
  key: 'snapshots',
  hasLabels: true,
  sortKeys: ['name', 'status', 'created_at'],
  statuses: ['building', 'ready', 'failed', 'deleting'],
};

export function snapshotRoutes(router: Router, { lifecycle }: RouterDependencies): void {
  const { database } = lifecycle;
  onPath(router, `${wireRoot}/snapshots`, {
    POST: async (context) => {
      const request = await readBody(context, createShape);
      return context.json(snapshotReply(startBuild(lifecycle, request)), 201);
    },
    GET: (context) => {
      const query = listQuery(context, listRules);
      const { records, next } = listSnapshots(database, query);
      return context.json(listReply(listRules.key, records.map(snapshotReply), query, next));
    },
  });
  onPath(router, `${wireRoot}/snapshots/:snapshot{.+}`, {
    GET: (context) => context.json(snapshotReply(getSnapshot(database, pathPart(context, 'snapshot')))),
    DELETE: async (context) => {
      await removeSnapshot(lifecycle, pathPart(context, 'snapshot'));
      return context.body(null, 204);
    },
  });
  onPath(router, `${wireRoot}/snapshots-by-name/:name{.+}`, {
    GET: (context) => {
      const name = pathPart(context, 'name');
      const tags = tagsOfName(database, name);
      if (tags.length === 0) throw notFound('snapshot', name);
      return context.json({ name, tags });
    },
  });
}
