import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const gzip = promisify(zlib.gzip);
const types = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
};
const architectures = { x64: 'amd64', arm64: 'arm64' };

/**
 * Puts an image into a registry over its HTTP API; no engine is asked, so none has its layers afterwards.
 * @param {{ registry: string, name: string, tag: string, authorization?: string }} target `registry` is host:port
 *   on plain HTTP
 * @param {{ layers: Buffer[], config: object, platform?: { os: string, architecture: string } }} image layers are
 *   uncompressed tars, lowest first; the platform is this machine's unless given
 * @returns {Promise<string>} the reference to pull it by
 */
export async function pushImage(target, { layers, config, platform }) {
  const blobs = await Promise.all(layers.map((layer) => gzip(layer, { level: 1 })));
  const description = Buffer.from(
    JSON.stringify({
      os: 'linux',
      architecture: architectures[process.arch],
      ...platform,
      config,
      rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
      history: layers.map(() => ({ created_by: 'LangSmith Sandboxes test image' })),
    }),
  );
  for (const blob of [...blobs, description]) await pushBlob(target, blob);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: types.manifest,
    config: describe(description, types.config),
    layers: blobs.map((blob) => describe(blob, types.layer)),
  });
  await send(target, 'PUT', `/v2/${target.name}/manifests/${target.tag}`, manifest, types.manifest);
  return `${target.registry}/${target.name}:${target.tag}`;
}

async function pushBlob(target, blob) {
  const started = await send(target, 'POST', `/v2/${target.name}/blobs/uploads/`);
  const place = new URL(started.headers.get('location'), `http://${target.registry}`);
  place.searchParams.set('digest', digestOf(blob));
  await send(target, 'PUT', place, blob, 'application/octet-stream');
}

async function send(target, method, place, body, type) {
  const url = new URL(place, `http://${target.registry}`);
  const headers = { ...(type && { 'Content-Type': type }) };
  if (target.authorization) headers.Authorization = target.authorization;
  const response = await fetch(url, { method, body, headers, signal: AbortSignal.timeout(30_000) });
  if (!response.ok) {
    throw new Error(
      `${method} ${url.pathname} on ${target.registry}: ${response.status} ${await response.text()}`,
    );
  }
  return response;
}

function describe(blob, mediaType) {
  return { mediaType, size: blob.length, digest: digestOf(blob) };
}

function digestOf(bytes) {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
