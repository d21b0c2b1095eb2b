import type { Command } from 'vscode';
import { commands } from '../../contributions';
import { sandboxUri } from '../files/sandbox-uri';
import { moreRowId, type Row } from './row';

/** What choosing a row does. `loads`: what the view's own last row loads more of. */
export function rowCommand({ id, label, icon, leadsTo, file }: Row, loads: string): Command | undefined {
  if (icon === 'more') {
    return { command: commands.loadMore, title: label, arguments: [id === moreRowId ? loads : id] };
  }
  if (icon === 'file' && file) {
    return { command: 'vscode.open', title: label, arguments: [sandboxUri(file)] };
  }
  return leadsTo && { command: commands.showResource, title: label, arguments: [id] };
}
