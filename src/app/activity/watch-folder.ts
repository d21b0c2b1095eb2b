import { mkdirSync, statSync, watch } from 'node:fs';

/**
 * Calls `onChange` when something in the folder changes; the folder is made, also again when it is deleted. Where it
 * can't be watched, never.
 */
export function watchFolder(folder: string, onChange: () => void): { dispose(): void } {
  let stop = (): void => undefined;
  const start = (): void => {
    stop();
    stop = watchOnce(folder, onChange, () => {
      start();
      onChange();
    });
  };
  start();
  return { dispose: () => stop() };
}

/** `onGone` is called when the folder was deleted, or is another one: what is watched tells nothing any more. */
function watchOnce(folder: string, onChange: () => void, onGone: () => void): () => void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const watched = identityOf(folder);
    const isGone = (): boolean => identityOf(folder) !== watched;
    const watcher = watch(folder, { persistent: false }, () => (isGone() ? onGone() : onChange()));
    watcher.on('error', () => {
      watcher.close();
      if (isGone()) onGone();
    });
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}

function identityOf(folder: string): string | undefined {
  try {
    const { ino, birthtimeMs } = statSync(folder);
    return `${ino} ${birthtimeMs}`;
  } catch {
    return undefined;
  }
}
