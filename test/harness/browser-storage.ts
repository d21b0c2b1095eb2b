import type { Page } from '@playwright/test';

/** Runs in the page: the databases in which the browser-hosted editor keeps the state of itself and its extensions. */
const readAll = `(async () => {
  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const texts = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const values = await settled(database.transaction(store).objectStore(store).getAll());
      texts.push(JSON.stringify(values));
    }
    database.close();
  }
  return texts.join();
})()`;

/** All that the editor has stored in this browser so far, as text. */
export function storedState(page: Page): Promise<string> {
  return page.evaluate<string>(readAll);
}
