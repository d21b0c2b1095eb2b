import type { PullProgress } from './engine';

export interface PullLine {
  /** Of a layer, or the tag on the first line. */
  id?: string;
  status?: string;
}

const layerStatus =
  /^(?:Pulling fs layer|Waiting|Downloading|Verifying Checksum|Download complete|Extracting|Retrying)/;
const doneStatus = /^(?:Pull complete|Already exists)/;

/**
 * Counts layers from the lines of a pull and calls `report` whenever a count changes.
 * Podman names no layers: nothing is reported then.
 */
export function pullProgress(
  report: (progress: PullProgress) => void = () => undefined,
): (line: PullLine) => void {
  const isDone = new Map<string, boolean>();
  return ({ id, status = '' }) => {
    if (id === undefined || !(layerStatus.test(status) || doneStatus.test(status))) return;
    const done = doneStatus.test(status);
    if (isDone.get(id) === done) return;
    isDone.set(id, done);
    report({ layersDone: [...isDone.values()].filter(Boolean).length, layersTotal: isDone.size });
  };
}
