import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline, Readable } from 'node:stream';
import tar from 'tar-stream';
import type { UploadReply } from '../../api/wire/dataplane';
import type { Engine } from '../engine/engine';
import { EngineError } from '../engine/engine-error';
import { Failure } from '../failure';
import type { BoxRecord } from '../store/boxes';
import { refuseDeleted, withRunningBox } from './awake';
import { commandConfig } from './box-config';
import { boxPath, pathRule } from './box-path';
import { containerName } from './engine-names';
import { fileOwner, type Owner } from './file-owner';
import { giveBackRoom } from './give-back-room';
import type { Lifecycle } from './lifecycle';
import { noRoom } from './no-room';

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
 * through to where it leads. Where there is no room for it, what was there may be lost, as engines remove it first.
 * Owned by the sandbox's user. Needs no program in the image. Throws Failure `WriteError`.
 */
export function upload(
  lifecycle: Lifecycle,
  idOrName: string,
  askedPath: string,
  file: SpooledFile,
  signal: AbortSignal,
): Promise<UploadReply> {
  return withRunningBox(lifecycle, idOrName, signal, (box) => {
    const asked = boxPath(askedPath, commandConfig(lifecycle, box).work_dir);
    if (!asked || asked === '/') throw writeError(`"path" ${pathRule}`);
    if (askedPath.endsWith('/')) throw writeError(`${asked} is a directory.`);
    // One that fails must not take another's file for its own.
    return lifecycle.turns.run(`file:${box.id}:${asked}`, signal, () =>
      write(lifecycle, box, asked, file, signal),
    );
  });
}

async function write(
  lifecycle: Lifecycle,
  box: BoxRecord,
  asked: string,
  file: SpooledFile,
  signal: AbortSignal,
): Promise<UploadReply> {
  const { engine } = lifecycle;
  const container = containerName(box.id);
  const { user } = commandConfig(lifecycle, box);
  const old = await engine.statPath(container, asked, signal);
  if (old?.isDirectory) throw writeError(`${asked} is a directory.`);
  if (old?.isSpecial)
    throw writeError(`${asked} is a device, pipe, socket or link that can't be followed, not a file.`);
  const target = old?.path ?? asked;
  const above = path.posix.dirname(target);
  const [{ folder, missing }, owner] = await Promise.all([
    old ? { folder: above, missing: [] } : deepestFolder(engine, container, above, signal),
    fileOwner(engine, container, user, signal),
  ]);
  const name = path.posix.relative(folder, target);
  const mtime = new Date();
  const archive = archiveOf(file, name, missing, { ...owner, mode: old?.mode ?? newFileMode, mtime });
  await engine.putArchive(container, folder, archive, signal).catch(async (error: unknown) => {
    archive.destroy();
    if (!(error instanceof EngineError) || error.kind === 'engine-unreachable') throw error;
    refuseDeleted(lifecycle, box.id);
    if (error.kind !== 'disk-full') throw notWritten(asked, error.message);
    const attempt = { target, old, sizeBytes: file.sizeBytes, mtime, refusal: error.message };
    throw notWritten(asked, noRoom(attempt, await giveBackRoom(lifecycle, container, attempt)));
  });
  return { path: asked, written: file.sizeBytes };
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
  attributes: Owner & { mode: number; mtime: Date },
): Readable {
  const pack = tar.pack();
  const folders = name.split('/').slice(0, -1);
  const written = writtenAt(attributes.mtime);
  for (const [at] of missing.entries()) {
    pack.entry({
      ...attributes,
      mode: newFolderMode,
      type: 'directory',
      name: folders.slice(0, at + 1).join('/'),
      ...written,
    });
  }
  const entry = pack.entry({ ...attributes, name, size: file.sizeBytes, ...written });
  pipeline(createReadStream(file.path, { highWaterMark: chunkBytes }), entry, (error) => {
    if (error) pack.destroy(error);
    else pack.finalize();
  });
  return Readable.from(pack, { objectMode: false });
}

/** A tar's own field has whole seconds: two writes in one second would not be told apart. */
function writtenAt(mtime: Date): { mtime: Date; pax: Record<string, string> } {
  return { mtime, pax: { mtime: String(mtime.getTime() / 1000) } };
}

function notWritten(file: string, reason: string): Failure {
  return writeError(`${file} could not be written: ${reason}`);
}

function writeError(message: string): Failure {
  return new Failure(400, 'WriteError', message);
}
