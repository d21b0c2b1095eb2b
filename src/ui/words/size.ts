import { l10n } from 'vscode';

const step = 1024;

/** Bytes in the largest fitting unit: `512 B`, `34 MB`, `1.2 GB`. A gigabyte is 2³⁰ bytes, as the API counts. */
export function size(bytes: number): string {
  if (bytes < step) return l10n.t('{0} B', bytes);
  if (bytes < step ** 2) return l10n.t('{0} KB', Math.round(bytes / step));
  if (bytes < step ** 3) return l10n.t('{0} MB', Math.round(bytes / step ** 2));
  return l10n.t('{0} GB', tenths(bytes / step ** 3));
}

function tenths(quantity: number): number {
  return Math.round(quantity * 10) / 10;
}
