import { z } from 'zod';
import { parseImageReference } from '../image-reference';
import { unlessMissing } from './absent';
import type { Connection } from './connection';
import type { EngineImage, EngineImageSummary } from './engine';
import { envRecord } from './env-list';
import { pathPart } from './http/http';
import { sendForJson, sendForNothing } from './http/json';

const texts = z.array(z.string()).nullish();
const labels = z.record(z.string(), z.string()).nullish();

/** Lists of nothing are null or missing, depending on the version. */
const imageShape = z.object({
  Id: z.string(),
  RepoTags: texts,
  RepoDigests: texts,
  Size: z.number(),
  Os: z.string(),
  Architecture: z.string(),
  RootFS: z.object({ Layers: texts }).nullish(),
  Config: z
    .object({
      User: z.string().nullish(),
      WorkingDir: z.string().nullish(),
      Env: texts,
      Entrypoint: texts,
      Cmd: texts,
      Labels: labels,
      ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
      Volumes: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
});

const summaryShape = z.object({
  Id: z.string(),
  RepoTags: texts,
  Size: z.number(),
  /** Seconds since 1970. */
  Created: z.number(),
});

export async function inspectImage(
  { http }: Connection,
  reference: string,
  signal: AbortSignal,
): Promise<EngineImage | undefined> {
  const request = { method: 'GET', path: `/images/${pathPart(reference)}/json` } as const;
  const image = await unlessMissing(sendForJson(http, request, imageShape, signal));
  if (!image) return undefined;
  const config = image.Config ?? {};
  return {
    id: image.Id,
    references: namesOf(image.RepoTags),
    digest: digestOf(image.RepoDigests ?? [], reference),
    sizeBytes: image.Size,
    os: image.Os,
    architecture: image.Architecture,
    layerCount: image.RootFS?.Layers?.length ?? 0,
    user: config.User ?? '',
    workDir: config.WorkingDir ?? '',
    env: envRecord(config.Env ?? []),
    entrypoint: config.Entrypoint ?? [],
    cmd: config.Cmd ?? [],
    exposedPorts: Object.keys(config.ExposedPorts ?? {}),
    labels: config.Labels ?? {},
    volumes: Object.keys(config.Volumes ?? {}),
  };
}

export async function listImages({ http }: Connection, signal: AbortSignal): Promise<EngineImageSummary[]> {
  const images = await sendForJson(
    http,
    { method: 'GET', path: '/images/json' },
    z.array(summaryShape),
    signal,
  );
  return images.map((image) => ({
    id: image.Id,
    references: namesOf(image.RepoTags),
    sizeBytes: image.Size,
    createdAt: new Date(image.Created * 1000),
  }));
}

export function tagImage(
  { http }: Connection,
  reference: string,
  repository: string,
  tag: string,
  signal: AbortSignal,
): Promise<void> {
  const path = `/images/${pathPart(reference)}/tag`;
  return sendForNothing(http, { method: 'POST', path, query: { repo: repository, tag } }, signal);
}

/** Never by force: Docker would leave a nameless image behind, Podman would remove the containers that run it. */
export async function removeImage(
  { http }: Connection,
  reference: string,
  signal: AbortSignal,
): Promise<void> {
  const path = `/images/${pathPart(reference)}`;
  await unlessMissing(sendForNothing(http, { method: 'DELETE', path }, signal));
}

/** A dangling image has no names, or `<none>:<none>`. */
function namesOf(tags: string[] | null | undefined): string[] {
  return (tags ?? []).filter((name) => !name.startsWith('<none>'));
}

/**
 * `repository@sha256:…` each: that of the repository asked for. An alias that `docker tag` made has none, as nothing was
 * pulled under that name; an id that was asked for has any. `localhost/` is no registry: Podman, and
 * Docker on containerd, have digests of their own making there.
 */
function digestOf(repositoryDigests: string[], reference: string): string | undefined {
  const isId = /^(?:sha256:)?[0-9a-f]{64}$/.test(reference);
  const asked = repositoryOf(reference);
  const own = repositoryDigests.find(
    (name) => !name.startsWith('localhost/') && (isId || repositoryOf(name) === asked),
  );
  return own?.split('@')[1];
}

/** With its registry, which Docker leaves out of its own hub's names. */
function repositoryOf(reference: string): string | undefined {
  const parsed = parseImageReference(reference);
  return parsed && `${parsed.host}/${parsed.path}`;
}
