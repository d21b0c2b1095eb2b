/** Stands for the editor's module where only its `l10n.t` is needed: `vi.mock('vscode', () => import('…/l10n'))`. */
export const l10n = {
  t: (text: string, ...values: (string | number)[]): string =>
    text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
};
