import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline, Readable } from 'node:stream';
import tar from 'tar-stream';
import type { UploadReply } from '../../api/wire/dataplane';
import type { Engine } from '../engine/engine';
import { EngineError } from '../engine/engine-error';
import { Failure } from '../failure';
import { withRunningBox } from './awake';
import { commandConfig } from './box-config';
import { boxPath } from './box-path';
import { containerName } from './engine-names';
import { fileOwner, type Owner } from './file-owner';
import type { Lifecycle } from './lifecycle';

/** A file on this machine whose bytes go into a sandbox. Its owner removes it afterwards. */
export interface SpooledFile {
  path: string;
  sizeBytes: number;
}

/** What is read of the file at a time. */
const chunkBytes = 1024 * 1024;
const newFileMode = 0o644;
const newFolderMode = 0o755;

/**
 * Writes a file into a sandbox, making its folders; what was there is replaced and keeps its mode. A link is written
 * through to where it leads.
 * Owned by the sandbox's user. Needs no program in the image. Throws Failure `WriteError`.
 */
export function upload(
  lifecycle: Lifecycle,
  idOrName: string,
  askedPath: string,
  file: SpooledFile,
  signal: AbortSignal,
): Promise<UploadReply> {
  const { engine } = lifecycle;
  return withRunningBox(lifecycle, idOrName, signal, async (box) => {
    const container = containerName(box.id);
    const { work_dir, user } = commandConfig(lifecycle, box);
    const asked = boxPath(askedPath, work_dir);
    if (!asked || asked === '/') throw writeError('"path" must name a file in the sandbox.');
    const old = await engine.statPath(container, asked, signal);
    if (old?.isDirectory || askedPath.endsWith('/')) throw writeError(`${asked} is a directory.`);
    if (old?.isSpecial) throw writeError(`${asked} is a device, pipe or socket, not a file.`);
    const target = old?.path ?? asked;
    const { folder, missing } = await deepestFolder(engine, container, path.posix.dirname(target), signal);
    const owner = await fileOwner(engine, container, user, signal);
    const name = path.posix.relative(folder, target);
    const archive = archiveOf(file, name, missing, { ...owner, mode: old?.mode ?? newFileMode });
    await engine.putArchive(container, folder, archive, signal).catch((error: unknown) => {
      archive.destroy();
      throw writeFailure(error, asked);
    });
    return { path: asked, written: file.sizeBytes };
  });
}

/** The nearest folder above that exists, and the names below it that don't, outermost first. */
async function deepestFolder(
  engine: Engine,
  container: string,
  wanted: string,
  signal: AbortSignal,
): Promise<{ folder: string; missing: string[] }> {
  const missing: string[] = [];
  for (let folder = wanted; ; folder = path.posix.dirname(folder)) {
    const stat = folder === '/' ? { isDirectory: true } : await engine.statPath(container, folder, signal);
    if (stat?.isDirectory) return { folder, missing };
    if (stat) throw writeError(`${folder} is a file, not a folder.`);
    missing.unshift(folder);
  }
}

function archiveOf(
  file: SpooledFile,
  name: string,
  missing: string[],
  attributes: Owner & { mode: number },
): Readable {
  const pack = tar.pack();
  const folders = name.split('/').slice(0, -1);
  for (const [at] of missing.entries()) {
    pack.entry({
      ...attributes,
      mode: newFolderMode,
      type: 'directory',
      name: folders.slice(0, at + 1).join('/'),
      mtime: new Date(),
    });
  }
  const entry = pack.entry({ ...attributes, name, size: file.sizeBytes, mtime: new Date() });
  pipeline(createReadStream(file.path, { highWaterMark: chunkBytes }), entry, (error) => {
    if (error) pack.destroy(error);
    else pack.finalize();
  });
  return Readable.from(pack, { objectMode: false });
}

function writeFailure(error: unknown, target: string): unknown {
  if (!(error instanceof EngineError) || error.kind === 'engine-unreachable') return error;
  const reason =
    error.kind === 'disk-full' ? "no space is left on the container engine's disk" : error.message;
  return writeError(`${target} could not be written: ${reason}`);
}

function writeError(message: string): Failure {
  return new Failure(400, 'WriteError', message);
}
