import { mkdirSync, watch } from 'node:fs';

/** Calls `onChange` when something in the folder changes; the folder is made. Where it can't be watched, never. */
export function watchFolder(folder: string, onChange: () => void): { dispose(): void } {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return { dispose: () => watcher.close() };
  } catch {
    return { dispose: () => undefined };
  }
}
