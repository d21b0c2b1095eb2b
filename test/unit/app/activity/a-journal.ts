import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { Activities } from '../../../../src/app/activity/activities';
import { Journal } from '../../../../src/app/activity/journal';
import type { ActionRecord } from '../../../../src/app/activity/record';

const redacted = (text: string): string => text.replaceAll('s3cret', '•••');

export function aFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'activity-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'made', 'when', 'needed');
}

/** The journal of a window whose process still runs: this one's. */
export function liveJournal(folder: string): Journal {
  return new Journal({ folder, processId: process.pid, redact: redacted });
}

/** The journal of a window whose process ended without a word. */
export function deadJournal(folder: string): Journal {
  return new Journal({ folder, processId: endedProcess(), redact: redacted });
}

function endedProcess(): number {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return pid;
}

export function activitiesIn(folder: string, journal = liveJournal(folder)): Activities {
  return new Activities({
    journal,
    folder,
    onError: (error) => {
      throw error;
    },
  });
}

export function aRecord(facts: Partial<ActionRecord> = {}): ActionRecord {
  return {
    id: crypto.randomUUID(),
    verb: 'build',
    name: 'python',
    target: { kind: 'local' },
    startedAt: Date.now(),
    lines: [],
    ...facts,
  };
}
