import { addAbortSignal, type Readable } from 'node:stream';
import { EngineError } from '../engine/engine-error';
import { Failure } from '../failure';
import { unhurried } from '../unhurried';
import { refuseDeleted, withRunningBox } from './awake';
import { commandConfig } from './box-config';
import { boxPath, pathRule } from './box-path';
import { goneSignal } from './departures';
import { containerName } from './engine-names';
import { filePart, type FilePart } from './file-part';
import { firstEntry } from './first-entry';
import type { Lifecycle } from './lifecycle';

export interface BoxFile {
  /** Absolute. */
  path: string;
  sizeBytes: number;
  modifiedAt: Date;
  /**
   * Its bytes, for a reader as slow as it wants; called at most once. Destroying the stream ends the transfer, and so does
   * the sandbox's deletion. While it is read from the engine, Docker keeps whatever else the sandbox is asked waiting.
   */
  open: (part: FilePart, signal: AbortSignal) => Promise<Readable>;
}

/**
 * A file of a sandbox; links are followed. Needs no program in the image. Throws Failure: 404 `FileNotFound`,
 * `ReadError` for a folder and for what is no file: pipes would hold the reader, and what the kernel tells of itself has
 * no size.
 */
export function openBoxFile(
  lifecycle: Lifecycle,
  idOrName: string,
  askedPath: string,
  signal: AbortSignal,
): Promise<BoxFile> {
  const { engine } = lifecycle;
  return withRunningBox(lifecycle, idOrName, signal, async (box) => {
    const container = containerName(box.id);
    const path = boxPath(askedPath, commandConfig(lifecycle, box).work_dir);
    if (!path) throw readError(`"path" ${pathRule}`);
    const stat = await engine.statPath(container, path, signal);
    if (!stat) throw missing(path);
    if (stat.isDirectory) throw readError(`${path} is a directory.`);
    if (stat.isSpecial)
      throw readError(`${path} is a device, pipe, socket or link that can't be followed, not a file.`);
    if (/^\/(?:proc|sys)\//.test(stat.path))
      throw readError(`${path} is no stored file. Run a command to read it.`);
    const open = async (part: FilePart, reading: AbortSignal): Promise<Readable> => {
      const gone = goneSignal(lifecycle, box.id);
      lifecycle.activity.touch(box.id);
      const ending = AbortSignal.any([reading, gone]);
      const { header, content } = await engine
        .getArchive(container, path, ending)
        .then((archive) => firstEntry(archive, ending))
        .catch((error: unknown) => {
          if (error instanceof EngineError) refuseDeleted(lifecycle, box.id);
          throw error instanceof EngineError && error.kind === 'not-found' ? missing(path) : error;
        });
      if (header.size === stat.sizeBytes) {
        content.once('close', lifecycle.activity.hold(box.id));
        return addAbortSignal(gone, unhurried(filePart(content, part), lifecycle.spoolFolder));
      }
      content.destroy();
      throw readError(`${path} changed while it was read. Read it again.`);
    };
    return { path, sizeBytes: stat.sizeBytes, modifiedAt: stat.modifiedAt, open };
  });
}

function missing(path: string): Failure {
  return new Failure(404, 'FileNotFound', `There is no ${path} in the sandbox.`);
}

function readError(message: string): Failure {
  return new Failure(400, 'ReadError', message);
}
