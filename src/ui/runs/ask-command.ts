import { l10n, window, type QuickPickItem } from 'vscode';

interface Choice extends QuickPickItem {
  readonly line: string;
}

/** A line for a shell: one that is typed, or one of those before. Undefined when escaped. */
export function askCommand(title: string, before: readonly string[]): Promise<string | undefined> {
  const input = window.createQuickPick<Choice>();
  input.title = title;
  input.placeholder = l10n.t('Command line, such as pip list');
  const known = before.map((line) => ({ label: line, iconPath: undefined, line }));
  input.items = known;
  return new Promise((resolve) => {
    input.onDidChangeValue((line) => {
      const typed = { label: line, description: l10n.t('run this'), alwaysShow: true, line };
      input.items = line.trim() === '' || before.includes(line) ? known : [typed, ...known];
    });
    input.onDidAccept(() => {
      const [chosen] = input.selectedItems;
      if (!chosen) return;
      resolve(chosen.line);
      input.hide();
    });
    input.onDidHide(() => {
      input.dispose();
      resolve(undefined);
    });
    input.show();
  });
}
