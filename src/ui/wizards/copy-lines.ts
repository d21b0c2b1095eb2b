import { env, l10n, window } from 'vscode';
import type { Making } from '../../app/code/making';
import { languages, programFor, type Language } from '../../app/code/program';

export interface CopyLine {
  readonly label: string;
  readonly copy: () => Promise<void>;
}

const shownMs = 3_000;

/** Programs that do what Enter would, for the clipboard. */
export function copyLines(making: () => Making): CopyLine[] {
  return languages.map((language) => {
    const name = languageName(language);
    return {
      label: l10n.t('Copy as {0}', name),
      copy: async () => {
        await env.clipboard.writeText(programFor(making(), language));
        window.setStatusBarMessage(
          l10n.t('Copied as {0}; it reads the key from its environment', name),
          shownMs,
        );
      },
    };
  });
}

/** Names of products, which are not translated. */
function languageName(language: Language): string {
  switch (language) {
    case 'curl':
      return 'cURL';
    case 'python':
      return 'Python';
    case 'typescript':
      return 'TypeScript';
  }
}
