import { randomUUID } from 'node:crypto';
import type { CaptureRequest } from '../../api/types';
import { EngineError } from '../engine/engine-error';
import { Failure, invalidField, invalidRequest } from '../failure';
import { defaultTag } from '../snapshot-name';
import { handedOn } from '../proxy/handed-on';
import type { BoxRecord } from '../store/boxes';
import {
  findSnapshot,
  insertSnapshot,
  updateSnapshot,
  type SnapshotChanges,
  type SnapshotRecord,
} from '../store/snapshots';
import { within } from '../abort';
import { capturedLabels, carriedSettings, includedSettings } from './carried-settings';
import { messageOf } from '../message-of';
import { cutOffCapture } from './build-failure';
import {
  boxKey,
  capturedImageLabels,
  containerName,
  imageName,
  repositoryOf,
  snapshotKey,
} from './engine-names';
import { depthOf } from './depth';
import { getBox } from './find-box';
import { flattenIfDeep } from './flatten';
import type { Lifecycle } from './lifecycle';
import { removeSnapshotImage } from './remove-image';
import { overlay } from './run-config';
import { TaskEnded, wasDeleted } from './tasks';

export const captureLimitMs = 30 * 60_000;
const inspectLimitMs = 60_000;
const noProxy = { proxy_config: null, proxy_secrets: {} };

/**
 * Starts to write a running sandbox's filesystem as a snapshot, which is given as `building`. `/tmp` and processes are
 * not in it. The sandbox runs on; it is paused while the engine writes, where that can pause. Throws Failure unless it is
 * `ready`.
 */
export async function startCapture(
  lifecycle: Lifecycle,
  idOrName: string,
  request: CaptureRequest,
  signal: AbortSignal,
): Promise<SnapshotRecord> {
  const box = await getBox(lifecycle, idOrName, signal);
  if (box.status !== 'ready') {
    throw invalidRequest(
      `Sandbox ${box.name} is ${box.status}. Only a ready sandbox can be captured: start it first.`,
    );
  }
  if (!box.persistent) {
    throw invalidRequest(`Sandbox ${box.name} is not persistent, so that it can not be captured.`);
  }
  const source = findSnapshot(lifecycle.database, box.snapshot_id);
  if (!source) throw invalidRequest(`The snapshot of sandbox ${box.name} is gone.`);
  if (request.fs_capacity_bytes !== undefined && request.fs_capacity_bytes < (source.fs_used_bytes ?? 0)) {
    throw invalidField(
      'fs_capacity_bytes',
      `fs_capacity_bytes must be at least ${source.fs_used_bytes ?? 0}.`,
    );
  }
  const id = randomUUID();
  const included = includedSettings(request);
  const record = insertSnapshot(
    lifecycle.database,
    {
      id,
      name: request.name,
      status: 'building',
      status_message: `capturing ${box.name}`,
      description: request.description ?? null,
      docker_image: null,
      image_digest: null,
      registry_id: null,
      source_sandbox_id: box.id,
      fs_capacity_bytes: request.fs_capacity_bytes ?? box.fs_capacity_bytes,
      fs_used_bytes: null,
      labels: capturedLabels(box, request),
      run_config: overlay(overlay(source.run_config, box.run_config), request.run_config),
      entrypoint: request.image_config?.entrypoint ?? source.entrypoint,
      cmd: request.image_config?.cmd ?? source.cmd,
      exposed_ports:
        request.image_config?.exposed_ports?.map((port) => `${port}/tcp`) ?? source.exposed_ports,
      included,
      carried: carriedSettings(box, request),
      ...(included.includes('proxy_config') ? handedOn(lifecycle.sealKey, box, id) : noProxy),
    },
    request.tag ?? defaultTag,
  );
  void lifecycle.tasks.start(snapshotKey(record.id), 'short', (task) =>
    capture(lifecycle, record, box, task),
  );
  return record;
}

async function capture(
  lifecycle: Lifecycle,
  record: SnapshotRecord,
  box: BoxRecord,
  signal: AbortSignal,
): Promise<void> {
  const { database, turns } = lifecycle;
  const limited = within(captureLimitMs, signal);
  try {
    await turns.run(boxKey(box.id), limited, () => commit(lifecycle, record, box, limited));
    if (wasDeleted(signal)) return;
    await flattenIfDeep(lifecycle, record.id, limited);
    const changes = await captured(lifecycle, record, AbortSignal.timeout(inspectLimitMs));
    updateSnapshot(database, record.id, changes);
  } catch (error) {
    if (wasDeleted(signal)) return;
    await removeSnapshotImage(lifecycle, record.id);
    const reason = captureFailure(error, box.name);
    lifecycle.log.info(`capture ${record.id} failed: ${reason}`);
    updateSnapshot(database, record.id, { status: 'failed', status_message: reason });
  }
}

/**
 * A commit that has begun is never aborted: the engine would carry on, with the container paused and nobody waiting.
 * So the sandbox's turn lasts until the engine answers.
 */
async function commit(
  { engine, instance, depthLimits, commandSpares }: Lifecycle,
  record: SnapshotRecord,
  box: BoxRecord,
  signal: AbortSignal,
): Promise<void> {
  const base = await engine.inspectImage(imageName(instance, box.snapshot_id), signal);
  if (base && depthOf(base.layerCount, depthLimits) === 'too-deep') {
    throw new Failure(
      400,
      'InvalidRequest',
      `Sandbox ${box.name} stands on ${base.layerCount} layers, more than an engine can stack, and they could not be ` +
        'flattened: the log of the local server says why. Build a fresh snapshot from an image and capture from that.',
    );
  }
  await commandSpares.drop(box.id);
  const { env_vars, user, work_dir } = record.run_config;
  const spec = {
    repository: repositoryOf(instance),
    tag: record.id,
    labels: capturedImageLabels(record.id),
    env: env_vars,
    user,
    workDir: work_dir,
    entrypoint: record.entrypoint,
    cmd: record.cmd,
    exposedPorts: record.exposed_ports,
    volumes: [],
  };
  await engine.commitContainer(containerName(box.id), spec, AbortSignal.timeout(captureLimitMs));
}

/** What a capture is once its image is in the engine. Throws Failure when it isn't, or is too large. */
export async function captured(
  { engine, instance }: Lifecycle,
  record: SnapshotRecord,
  signal: AbortSignal,
): Promise<SnapshotChanges> {
  const image = await engine.inspectImage(imageName(instance, record.id), signal);
  if (!image) throw new Failure(500, 'CaptureFailed', cutOffCapture);
  return {
    status: 'ready',
    status_message: missingFolders(image.volumes),
    image_digest: image.id,
    fs_used_bytes: image.sizeBytes,
    fs_capacity_bytes: Math.max(record.fs_capacity_bytes, image.sizeBytes),
  };
}

function missingFolders(volumes: string[]): string | null {
  if (volumes.length === 0) return null;
  return `Without ${volumes.join(', ')}: the image declares volumes there, which a capture does not hold.`;
}

function captureFailure(error: unknown, boxName: string): string {
  if (error instanceof Failure) return error.message;
  if (error instanceof TaskEnded) return cutOffCapture;
  if (error instanceof EngineError && error.kind === 'disk-full') {
    return `The container engine's disk is full. Free some space there and capture again: ${error.message}`;
  }
  return `Sandbox ${boxName} could not be captured: ${messageOf(error)}`;
}
