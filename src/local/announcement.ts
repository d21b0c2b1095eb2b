import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { DataDirectory } from './data-directory';

const shape = z.object({ pid: z.int(), endpoint: z.string(), started_at: z.string() });

/** Tells others where the server of a data directory is. It holds no key. */
export type Announcement = z.infer<typeof shape>;

export function announce({ announcement: file }: DataDirectory, endpoint: string): void {
  const text = { pid: process.pid, endpoint, started_at: new Date().toISOString() } satisfies Announcement;
  writeFileSync(`${file}.draft`, `${JSON.stringify(text)}\n`, { mode: 0o600 });
  renameSync(`${file}.draft`, file);
}

/** Undefined when there is none, or it can't be read. It outlives a server that was killed. */
export function readAnnouncement({ announcement: file }: DataDirectory): Announcement | undefined {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

export function withdraw({ announcement: file }: DataDirectory): void {
  rmSync(file, { force: true });
}
