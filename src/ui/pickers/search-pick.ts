import { l10n, window, type QuickPickItem } from 'vscode';

export interface SearchPick<T> {
  readonly title: string;
  readonly placeholder: string;
  /** Said when there is none at all. */
  readonly nothing: string;
  /** Said of a text that nothing was found for; that no name has it, unless given. */
  readonly noMatch?: (text: string) => string;
  /** Asks the server; a text that is typed on aborts the search before. */
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly T[]>;
  readonly item: (found: T) => QuickPickItem;
  /** A search that failed, as a sentence. */
  readonly failure: (error: unknown) => string;
}

const pauseMs = 200;

interface Choice<T> extends QuickPickItem {
  readonly found?: T;
}

/** Picks one of more than a list could hold: what is typed is looked for on the server. Undefined when escaped. */
export function searchPick<T>(options: SearchPick<T>): Promise<T | undefined> {
  const input = window.createQuickPick<Choice<T>>();
  input.title = options.title;
  input.placeholder = options.placeholder;
  input.matchOnDescription = true;
  let searching = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const look = async (text: string): Promise<void> => {
    searching.abort();
    const current = (searching = new AbortController());
    input.busy = true;
    const items = await choices(options, text, current.signal);
    if (current.signal.aborted) return;
    input.items = items;
    input.busy = false;
  };

  return new Promise((resolve) => {
    input.onDidChangeValue((text) => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(text.trim()), pauseMs);
    });
    input.onDidAccept(() => {
      const found = input.selectedItems[0]?.found;
      if (found === undefined) return;
      resolve(found);
      input.hide();
    });
    input.onDidHide(() => {
      clearTimeout(timer);
      searching.abort();
      input.dispose();
      resolve(undefined);
    });
    input.show();
    void look('');
  });
}

/** The server has matched already: every row is shown, whatever the editor's own filter says. */
async function choices<T>(
  { search, item, nothing, noMatch = inNoName, failure }: SearchPick<T>,
  text: string,
  signal: AbortSignal,
): Promise<Choice<T>[]> {
  try {
    const found = await search(text, signal);
    if (found.length > 0) return found.map((it) => ({ ...item(it), alwaysShow: true, found: it }));
    const label = text === '' ? nothing : noMatch(text);
    return [{ label: `$(info) ${label}`, alwaysShow: true }];
  } catch (error) {
    return [{ label: `$(error) ${failure(error)}`, alwaysShow: true }];
  }
}

function inNoName(text: string): string {
  return l10n.t('None of them has “{0}” in its name.', text);
}
