import { randomBytes } from 'node:crypto';
import type { SecretStorageChangeEvent } from 'vscode';
import { Secret } from '../api/secret';
import type { Subscription } from './observable';

const apiKeyPrefix = 'langsmithSandboxes.apiKey:';
const localApiKey = 'langsmithSandboxes.local.apiKey';
const localSealKey = 'langsmithSandboxes.local.sealKey';

/** As much of the editor's SecretStorage as is used here. */
export interface SecretEntries {
  get(entry: string): Thenable<string | undefined>;
  store(entry: string, text: string): Thenable<void>;
  delete(entry: string): Thenable<void>;
  onDidChange(listener: (change: SecretStorageChangeEvent) => unknown): Subscription;
}

/** What the local server is started with. The seal key is 32 bytes in base64: it encrypts stored secrets at rest. */
export interface LocalKeys {
  readonly apiKey: Secret;
  readonly sealKey: Secret;
}

/** No key is stored for the endpoint, perhaps because another window signed out. */
export class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError';
}

/** The keys in the editor's SecretStorage, one single-line entry an endpoint, so that two windows can't overwrite each other's. */
export class Credentials {
  readonly #secrets: SecretEntries;
  readonly #onRead: (secret: Secret) => void;

  /** `onRead` hears of every secret that passes, so that the log can leave it out. */
  constructor(secrets: SecretEntries, onRead: (secret: Secret) => void) {
    this.#secrets = secrets;
    this.#onRead = onRead;
  }

  apiKey(endpoint: string): Promise<Secret | undefined> {
    return this.#read(apiKeyPrefix + endpoint);
  }

  async storeApiKey(endpoint: string, key: Secret): Promise<void> {
    this.#onRead(key);
    await this.#secrets.store(apiKeyPrefix + endpoint, key.reveal());
  }

  async deleteApiKey(endpoint: string): Promise<void> {
    await this.#secrets.delete(apiKeyPrefix + endpoint);
  }

  /** Made once and kept: the server encrypts with them what is read after a restart. */
  async localKeys(): Promise<LocalKeys> {
    const apiKey = await this.#readOrMake(localApiKey, () => `local-${randomBytes(24).toString('hex')}`);
    const sealKey = await this.#readOrMake(localSealKey, () => randomBytes(32).toString('base64'));
    return { apiKey, sealKey };
  }

  /** Called with the endpoint whose key was stored or deleted, in this window or in another one. */
  onDidChange(listener: (endpoint: string) => void): Subscription {
    return this.#secrets.onDidChange(({ key }) => {
      if (key.startsWith(apiKeyPrefix)) listener(key.slice(apiKeyPrefix.length));
    });
  }

  async #read(entry: string): Promise<Secret | undefined> {
    const text = await this.#secrets.get(entry);
    if (text === undefined || text === '') return undefined;
    const secret = new Secret(text);
    this.#onRead(secret);
    return secret;
  }

  async #readOrMake(entry: string, make: () => string): Promise<Secret> {
    const kept = await this.#read(entry);
    if (kept) return kept;
    await this.#secrets.store(entry, make());
    const made = await this.#read(entry);
    if (!made) throw new Error('The secret storage did not keep what was stored in it');
    return made;
  }
}
