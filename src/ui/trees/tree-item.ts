import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, type Command } from 'vscode';
import { sandboxUri } from '../files/sandbox-uri';
import type { Row, RowIcon } from './row';

/** The editor's shape of a row. The tooltip is left out: it is made when the row is hovered. */
export function treeItemOf(row: Row, fold: Row['fold'], command: Command | undefined): TreeItem {
  const item = new TreeItem(row.label, collapsibleState(fold));
  item.id = row.id;
  item.description = row.description;
  item.iconPath = themeIcon(row.icon);
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.spoken };
  item.command = command;
  // By it the editor's icon theme knows what icon the file has.
  if (row.file) item.resourceUri = sandboxUri(row.file);
  return item;
}

function collapsibleState(fold: Row['fold']): TreeItemCollapsibleState {
  switch (fold) {
    case 'collapsed':
      return TreeItemCollapsibleState.Collapsed;
    case 'expanded':
      return TreeItemCollapsibleState.Expanded;
    case undefined:
      return TreeItemCollapsibleState.None;
  }
}

function themeIcon(icon: RowIcon): ThemeIcon | undefined {
  switch (icon) {
    case 'running':
      return new ThemeIcon('vm-running', new ThemeColor('charts.green'));
    case 'stopped':
      return new ThemeIcon('vm-outline');
    case 'snapshot':
      return new ThemeIcon('archive');
    case 'busy':
      return new ThemeIcon('loading~spin');
    case 'overdue':
      return new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'));
    case 'failed':
      return new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground'));
    case 'done':
      return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
    case 'cancelled':
      return new ThemeIcon('circle-slash');
    case 'unfollowed':
      return new ThemeIcon('debug-disconnect');
    case 'more':
      return new ThemeIcon('ellipsis');
    case 'image':
      return new ThemeIcon('package');
    case 'tag':
      return new ThemeIcon('tag');
    case 'ports':
      return new ThemeIcon('plug');
    case 'files':
      return new ThemeIcon('files');
    case 'file':
      return ThemeIcon.File;
    case 'folder':
      return ThemeIcon.Folder;
    case 'special':
      return new ThemeIcon('file-symlink-file');
    case 'listening':
      return new ThemeIcon('circle-filled', new ThemeColor('charts.green'));
    case 'silent':
      return new ThemeIcon('circle-outline');
    case 'note':
      return new ThemeIcon('info');
    case 'heading':
      return undefined;
  }
}
