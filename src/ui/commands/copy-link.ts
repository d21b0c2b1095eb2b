import { env, l10n, window } from 'vscode';
import { linkName, linkText } from '../../app/link-to';
import type { Desk } from '../desk';
import { cutMiddle } from '../words/cut';
import { chosenResource } from './chosen-resource';

const shownMs = 3_000;

/** Copies a link that opens this editor at the row, for whoever has a key for the connection. */
export async function copyLink(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenResource(desk, id, l10n.t('Copy Link'));
  if (!chosen) return;
  const { session, kind, resource } = chosen;
  await env.clipboard.writeText(
    linkText(env.uriScheme, { kind, name: linkName(resource), target: session.target }),
  );
  window.setStatusBarMessage(l10n.t('Copied a link to {0}', cutMiddle(resource.name)), shownMs);
}
