import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { z } from 'zod';
import type { Connection } from './connection';
import { EngineError } from './engine-error';
import { pathPart } from './http/http';
import { sendForJson } from './http/json';
import { jsonLines } from './http/json-lines';

const imageShape = z.object({
  Architecture: z.string(),
  Variant: z.string().optional(),
  Os: z.string(),
  Created: z.string().nullish(),
  Config: z.record(z.string(), z.unknown()),
  RootFS: z.object({ Layers: z.array(z.string()) }),
});
const storeShape = z.object({ DriverStatus: z.array(z.array(z.string())).nullish() });
const lineShape = z.object({ error: z.string().optional() });

/**
 * No call clears the volumes of an image, but Docker loads an image without the layers it already has: so this one
 * is loaded again as its configuration alone, with that field empty.
 */
export async function tagWithoutVolumes(
  { http, dialect }: Connection,
  reference: string,
  repository: string,
  tag: string,
  signal: AbortSignal,
): Promise<void> {
  const store = await sendForJson(http, { method: 'GET', path: '/info' }, storeShape, signal);
  const isContainerd =
    store.DriverStatus?.some((pair) => pair[1]?.startsWith('io.containerd.snapshotter')) ?? false;
  if (!dialect.takesImagesWithoutLayers || isContainerd) {
    throw new EngineError(
      'other',
      'This container engine keeps the folders that an image declares as volumes apart.',
    );
  }
  const describe = { method: 'GET', path: `/images/${pathPart(reference)}/json` } as const;
  const image = await sendForJson(http, describe, imageShape, signal);
  const load = {
    method: 'POST',
    path: '/images/load',
    query: { quiet: true },
    tar: imageArchive(image, `${repository}:${tag}`),
  } as const;
  const body = await http.send(load, signal);
  for await (const { error } of jsonLines(body, lineShape, http.url, signal)) {
    if (error !== undefined) throw new EngineError('other', error);
  }
}

/** Forms: `docker save`'s archive, and the image configuration of the OCI image specification. */
function imageArchive(image: z.infer<typeof imageShape>, name: string): Readable {
  const layers = image.RootFS.Layers;
  const configuration = JSON.stringify({
    architecture: image.Architecture,
    variant: image.Variant,
    os: image.Os,
    created: image.Created,
    config: { ...image.Config, Volumes: null },
    rootfs: { type: 'layers', diff_ids: layers },
  });
  const configurationName = `${createHash('sha256').update(configuration).digest('hex')}.json`;
  const layerFiles = layers.map((digest) => `${digest.replace('sha256:', '')}/layer.tar`);
  const manifest = [{ Config: configurationName, RepoTags: [name], Layers: layerFiles }];
  const pack = tar.pack();
  pack.entry({ name: configurationName }, configuration);
  pack.entry({ name: 'manifest.json' }, JSON.stringify(manifest));
  pack.finalize();
  return Readable.from(pack);
}
