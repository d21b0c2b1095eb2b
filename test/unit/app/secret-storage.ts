import type { SecretStorageChangeEvent } from 'vscode';
import type { SecretEntries } from '../../../src/app/credentials';

/** The editor's SecretStorage as several windows see it: one set of entries, changes told to each. */
export function secretStorage(): SecretEntries & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  const listeners = new Set<(change: SecretStorageChangeEvent) => unknown>();
  const tell = (key: string): void => {
    for (const listener of listeners) listener({ key });
  };
  return {
    entries,
    get: (key) => Promise.resolve(entries.get(key)),
    store: (key, value) => {
      entries.set(key, value);
      tell(key);
      return Promise.resolve();
    },
    delete: (key) => {
      entries.delete(key);
      tell(key);
      return Promise.resolve();
    },
    onDidChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}
