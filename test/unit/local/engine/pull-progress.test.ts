import { expect, it } from 'vitest';
import type { PullProgress } from '../../../../src/local/engine/engine';
import { pullProgress, type PullLine } from '../../../../src/local/engine/pull-progress';

function reportsOf(lines: PullLine[]): PullProgress[] {
  const reports: PullProgress[] = [];
  const advance = pullProgress((progress) => reports.push(progress));
  lines.forEach(advance);
  return reports;
}

it('counts layers as they appear and as they are done, and says nothing in between', () => {
  const reports = reportsOf([
    { id: '1', status: 'Pulling from test/image' },
    { id: 'aaa', status: 'Already exists' },
    { id: 'bbb', status: 'Pulling fs layer' },
    { id: 'bbb', status: 'Downloading' },
    { id: 'bbb', status: 'Download complete' },
    { id: 'bbb', status: 'Extracting' },
    { id: 'bbb', status: 'Pull complete' },
    { status: 'Digest: sha256:0' },
  ]);
  expect(reports).toEqual([
    { layersDone: 1, layersTotal: 1 },
    { layersDone: 1, layersTotal: 2 },
    { layersDone: 2, layersTotal: 2 },
  ]);
});

it('says nothing of an image that is there already', () => {
  expect(
    reportsOf([{ id: '1', status: 'Pulling from a' }, { status: 'Status: Image is up to date' }]),
  ).toEqual([]);
});
