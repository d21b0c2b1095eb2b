import { l10n, type UriHandler } from 'vscode';
import { parseLink } from '../../app/link-to';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { openLink } from './open-link';

/** Opens the editor's own links to sandboxes and snapshots: see `linkText`. */
export function linkHandler(desk: Desk): UriHandler {
  return {
    handleUri: async (uri) => {
      const link = parseLink(uri);
      if (link) await openLink(desk, link);
      else void notice('warning', l10n.t('The link names neither a sandbox nor a snapshot.'));
    },
  };
}
