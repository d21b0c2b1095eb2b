import { l10n, Uri, workspace, type TextDocumentContentProvider } from 'vscode';
import type { Content } from '../../app/changes/contents';
import { schemes } from '../../contributions';

/** Of nothing, in the place of a file that one side lacks. */
const nothing = 'none';

interface Held {
  readonly id: string;
  readonly contents: ReadonlyMap<string, Content>;
}

/** Read-only documents of files as they were, of the newest comparison alone. */
export class OriginalDocuments implements TextDocumentContentProvider {
  #held: Held | undefined;
  #count = 0;
  readonly #registration = workspace.registerTextDocumentContentProvider(schemes.original, this);

  dispose(): void {
    this.#registration.dispose();
  }

  /** Gives the document of each; undefined for what is no text at hand. */
  hold(contents: ReadonlyMap<string, Content>): (path: string) => Uri | undefined {
    const id = String(++this.#count);
    this.#held = { id, contents };
    return (path) => (typeof contents.get(path) === 'object' ? uriOf(path, id) : undefined);
  }

  provideTextDocumentContent({ path, query }: Uri): string {
    if (query === nothing) return '';
    const content = query === this.#held?.id ? this.#held.contents.get(path.slice(1)) : undefined;
    return typeof content === 'object'
      ? Buffer.from(content).toString()
      : l10n.t('This file as it was is not kept any more. Compare again.');
  }
}

export function missingUri(path: string): Uri {
  return uriOf(path, nothing);
}

function uriOf(path: string, query: string): Uri {
  return Uri.from({ scheme: schemes.original, path: `/${path}`, query });
}
