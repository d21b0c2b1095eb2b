import { window } from 'vscode';

/** A button of a notification and what it leads to. */
export interface Remedy {
  readonly title: string;
  readonly run: () => unknown;
}

type Severity = 'information' | 'warning' | 'error';

/** Shows one notification and does what is chosen in it; resolves when it is answered or closed. */
export async function notice(
  severity: Severity,
  text: string,
  remedies: readonly Remedy[] = [],
): Promise<void> {
  const titles = remedies.map(({ title }) => title);
  const chosen = await show(severity, text, titles);
  await remedies.find(({ title }) => title === chosen)?.run();
}

function show(severity: Severity, text: string, titles: string[]): Thenable<string | undefined> {
  switch (severity) {
    case 'information':
      return window.showInformationMessage(text, ...titles);
    case 'warning':
      return window.showWarningMessage(text, ...titles);
    case 'error':
      return window.showErrorMessage(text, ...titles);
  }
}
