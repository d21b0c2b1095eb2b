import { window } from 'vscode';
import type { Item } from '../app/activity/items';
import type { ActionRecord } from '../app/activity/record';
import { CutOffError } from '../app/activity/cut-off';
import { resumeBoot, resumeDeletion, resumeSnapshot, resumeStop } from '../app/operations/resume';
import type { Tally } from '../app/operations/each';
import { resumeSeveral, type SeveralRecord } from '../app/operations/resume-several';
import type { Subscription } from '../app/observable';
import { settle } from '../app/outcome';
import type { Session } from '../app/session';
import type { Box, Snapshot } from '../api/types';
import { snapshotInTheMaking } from './commands/build-snapshot';
import { sandboxOnItsWay } from './commands/create-sandbox';
import { sandboxStopping } from './commands/stop-sandbox';
import type { Desk } from './desk';
import { runAction } from './run-action';
import { severalEnding } from './run-several';

const waitAgainMs = 300_000;

/** Sees to their end what windows that are gone have left unfinished, as soon as this one is connected to where it is. */
export function resumeActions(desk: Desk): Subscription[] {
  const claim = async (): Promise<void> => {
    const connection = desk.connections.current.value;
    if (connection.state !== 'connected') return;
    const { target, session } = connection;
    for (const record of await desk.activities.claim(target)) void resume(desk, session, record);
  };
  void reconnect(desk);
  return [
    desk.connections.current.subscribe(() => void claim()),
    window.onDidChangeWindowState(() => void claim()),
  ];
}

/** A window in which no view is in sight connects only when there is something to see to its end. */
async function reconnect({ memory, activities, connections }: Desk): Promise<void> {
  const { target } = memory;
  if (target && (await activities.hasUnfinished(target))) await connections.restore();
}

function resume(desk: Desk, session: Session, record: ActionRecord): Promise<unknown> {
  const { verb, name } = record;
  switch (verb) {
    case 'build':
    case 'capture': {
      const making = snapshotInTheMaking(desk, session, verb, name, waitAgainMs);
      const run = resumeSnapshot.bind(undefined, session, record);
      return runAction<Snapshot, Snapshot>(desk, session, { ...making, run }, record);
    }
    case 'create':
    case 'start': {
      const boot = sandboxOnItsWay(desk, session, verb, name);
      const run = resumeBoot.bind(undefined, session, record);
      return runAction<Box, Box>(desk, session, { ...boot, run }, record);
    }
    case 'stop': {
      const run = resumeStop.bind(undefined, session, record);
      return runAction<Box, Box>(desk, session, { ...sandboxStopping(desk, { name }), run }, record);
    }
    case 'delete-sandbox':
    case 'delete-snapshot': {
      const run = resumeDeletion.bind(undefined, session, record);
      const done = (): Promise<void> => Promise.resolve();
      return runAction<undefined>(desk, session, { verb, name, run, done }, record);
    }
    case 'start-several':
    case 'stop-several':
    case 'capture-several':
    case 'delete-several':
      return resumeSeveralOf(desk, session, { ...record, verb });
    case 'connect':
    case 'remove-registry':
    case 'upload':
    case 'download':
    case 'compare':
    case 'save': {
      const run = (): ReturnType<typeof settle<undefined>> =>
        settle({ signal: new AbortController().signal }, () => Promise.reject(new CutOffError()));
      const done = (): Promise<void> => Promise.resolve();
      return runAction<undefined>(desk, session, { verb, name, run, done }, record);
    }
  }
}

function resumeSeveralOf(desk: Desk, session: Session, record: SeveralRecord): Promise<unknown> {
  const { verb, several } = record;
  const ending = severalEnding<Item>(desk, session, {
    verb,
    kind: several?.kind ?? 'sandboxes',
    items: several?.items ?? [],
    nameOf: ({ name }) => name,
    seenIn: verb === 'capture-several' ? 'snapshots' : undefined,
  });
  const run = resumeSeveral.bind(undefined, session, record);
  return runAction<Tally<Item>, Tally<Item>>(desk, session, { ...ending, name: record.name, run }, record);
}
