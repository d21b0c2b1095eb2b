import { randomUUID } from 'node:crypto';
import type { CreateSnapshotRequest } from '../../api/types';
import { Failure } from '../failure';
import { fullReference } from '../image-reference';
import { defaultTag } from '../snapshot-name';
import {
  insertSnapshot,
  updateSnapshot,
  type SnapshotChanges,
  type SnapshotRecord,
} from '../store/snapshots';
import { within } from '../abort';
import { buildFailure, wrongPlatform, type BuildSubject } from './build-failure';
import { snapshotKey } from './engine-names';
import { flattenIfDeep, flattenIfVolumes } from './flatten';
import { imageSource, registryAuth, type ImageSource } from './image-source';
import type { Lifecycle } from './lifecycle';
import { obtainImage, type ObtainedImage } from './obtain-image';
import { removeSnapshotImage } from './remove-image';
import { emptyRunConfig, overlay } from './run-config';
import { wasDeleted } from './tasks';

/** A pull that takes longer has stalled. */
const buildLimitMs = 60 * 60_000;

/**
 * Starts a build and gives the snapshot as `building`; the build goes on by itself and ends in `ready` or `failed`.
 * Throws Failure for a registry that does not exist or does not serve the image.
 */
export function startBuild(lifecycle: Lifecycle, request: CreateSnapshotRequest): SnapshotRecord {
  const source = imageSource(lifecycle.database, request.docker_image, request.registry_id);
  const record = insertSnapshot(
    lifecycle.database,
    {
      id: randomUUID(),
      name: request.name,
      status: 'building',
      status_message: 'waiting for other builds',
      description: request.description ?? null,
      docker_image: request.docker_image,
      image_digest: null,
      registry_id: source.registry?.id ?? null,
      source_sandbox_id: null,
      fs_capacity_bytes: request.fs_capacity_bytes,
      fs_used_bytes: null,
      labels: request.labels ?? {},
      run_config: overlay(emptyRunConfig, request.run_config),
      entrypoint: [],
      cmd: [],
      exposed_ports: [],
      included: [],
      carried: {},
      proxy_config: null,
      proxy_secrets: {},
    },
    request.tag ?? defaultTag,
  );
  void lifecycle.tasks.start(snapshotKey(record.id), 'long', (signal) =>
    build(lifecycle, record, source, signal),
  );
  return record;
}

async function build(
  lifecycle: Lifecycle,
  record: SnapshotRecord,
  source: ImageSource,
  signal: AbortSignal,
): Promise<void> {
  const { database, engine } = lifecycle;
  const subject: BuildSubject = {
    image: record.docker_image ?? fullReference(source.reference),
    host: source.reference.host,
    registry: source.registry?.name,
    platform: `${engine.info.os}/${engine.info.architecture}`,
  };
  const limited = within(buildLimitMs, signal);
  try {
    const order = {
      snapshotId: record.id,
      localName: source.registry ? undefined : subject.image,
      reference: source.reference,
      auth: source.registry && registryAuth(source.registry, lifecycle.sealKey),
      report: stepReporter(lifecycle, record.id),
    };
    const obtained = await obtainImage(lifecycle, order, limited);
    limited.throwIfAborted();
    const changes = built(record, obtained, source.reference.digest, subject);
    await flattenIfVolumes(lifecycle, record.id, limited);
    await flattenIfDeep(lifecycle, record.id, limited);
    updateSnapshot(database, record.id, changes);
  } catch (error) {
    if (wasDeleted(signal)) return;
    await removeSnapshotImage(lifecycle, record.id);
    const reason = error instanceof Failure ? error.message : buildFailure(error, subject, buildLimitMs);
    lifecycle.log.info(`build of snapshot ${record.id} failed: ${reason}`);
    updateSnapshot(database, record.id, { status: 'failed', status_message: reason });
  }
}

/** Throws Failure when the image can't be used. */
function built(
  record: SnapshotRecord,
  { image, note }: ObtainedImage,
  /** That it was asked for by. Podman may know such an image under another one alone. */
  digest: string | undefined,
  subject: BuildSubject,
): SnapshotChanges {
  const platform = `${image.os}/${image.architecture}`;
  if (platform !== subject.platform) throw new Failure(400, 'ImagePull', wrongPlatform(subject, platform));
  if (image.sizeBytes > record.fs_capacity_bytes) {
    throw new Failure(
      400,
      'ImagePull',
      `${subject.image} takes ${image.sizeBytes} bytes, more than the capacity of ${record.fs_capacity_bytes}. ` +
        `Choose at least ${image.sizeBytes}.`,
    );
  }
  const ofImage = { user: image.user, work_dir: image.workDir, env_vars: image.env };
  return {
    status: 'ready',
    status_message: note ?? null,
    image_digest: digest ?? image.digest ?? image.id,
    fs_used_bytes: image.sizeBytes,
    run_config: overlay(ofImage, record.run_config),
    entrypoint: image.entrypoint,
    cmd: image.cmd,
    exposed_ports: image.exposedPorts,
  };
}

/** Writes a step only when it changes: each write reaches the disk. */
function stepReporter({ database }: Lifecycle, snapshotId: string): (step: string) => void {
  let last: string | undefined;
  return (step) => {
    if (step === last) return;
    last = step;
    updateSnapshot(database, snapshotId, { status_message: step });
  };
}
