import type { Memento } from 'vscode';

/** State that survives a window, as JSON would keep it. */
export function memento(): Memento & { readonly stored: Map<string, string> } {
  const stored = new Map<string, string>();
  return {
    stored,
    keys: () => [...stored.keys()],
    get: <T>(key: string, fallback?: T) => {
      const text = stored.get(key);
      return text === undefined ? fallback : (JSON.parse(text) as T);
    },
    update: (key: string, value: unknown) => {
      if (value === undefined) stored.delete(key);
      else stored.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}
