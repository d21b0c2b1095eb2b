// One file an action. While it runs, the name says which process follows it, so that taking it over is a rename.

const running = /^(?<id>[\w-]+)\.(?<owner>\d+)\.running\.json$/;
const ended = /^[\w-]+\.ended\.json$/;

/** The owner of what nobody follows. */
export const nobody = 0;

export function runningName(id: string, owner: number): string {
  return `${id}.${owner}.running.json`;
}

export function endedName(id: string): string {
  return `${id}.ended.json`;
}

/** Which process follows a running action; undefined for what is none. */
export function ownerOf(name: string): number | undefined {
  const owner = running.exec(name)?.groups?.['owner'];
  return owner === undefined ? undefined : Number(owner);
}

/** Without one whose end was written, and whose window ended before its other file was removed. */
export function actionFiles(names: readonly string[]): string[] {
  const known = new Set(names);
  const isOver = (name: string): boolean => known.has(endedName(running.exec(name)?.groups?.['id'] ?? ''));
  return names.filter((name) => ended.test(name) || (running.test(name) && !isOver(name)));
}
