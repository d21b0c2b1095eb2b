import { env, extensions, l10n, version, window } from 'vscode';
import { aboutServer } from '../../app/about-server';
import { diagnostics, type Surroundings } from '../../app/diagnostics';
import type { Session } from '../../app/session';
import { targetName } from '../../app/target';
import type { Desk } from '../desk';
import { cutMiddle } from '../words/cut';
import { chosenResource } from './chosen-resource';

const shownMs = 3_000;
const patience = { timeoutMs: 3_000 };

/** Copies what a report about a sandbox or a snapshot needs. */
export async function copyDiagnostics(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenResource(desk, id, l10n.t('Copy Diagnostics'));
  if (!chosen) return;
  const { session, resource } = chosen;
  await desk.activities.look();
  const text = diagnostics(await surroundings(session), resource, desk.activities.all.value);
  await env.clipboard.writeText(desk.redact(text));
  window.setStatusBarMessage(l10n.t('Copied diagnostics of {0}', cutMiddle(resource.name)), shownMs);
}

async function surroundings(session: Session): Promise<Surroundings> {
  const manifest = extensions.getExtension('langsmith-sandboxes.langsmith-sandboxes')?.packageJSON as
    { version: string } | undefined;
  const server = await aboutServer(session, patience);
  return {
    extension: manifest?.version ?? 'unknown',
    editor: `${env.appName} ${version}`,
    machine: `${process.platform} ${process.arch}, node ${process.version}`,
    connection: targetName(session.target),
    ...(server === undefined ? {} : { server }),
  };
}
