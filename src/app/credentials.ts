import { randomBytes } from 'node:crypto';
import type { SecretStorageChangeEvent } from 'vscode';
import { Secret } from '../api/secret';
import type { Subscription } from './observable';
import { endpointName, profileId, type Profile } from './target';

const apiKeyPrefix = 'langsmithSandboxes.apiKey:';
const localApiKey = 'langsmithSandboxes.local.apiKey';
const localSealKey = 'langsmithSandboxes.local.sealKey';

/** As much of the editor's SecretStorage as is used here. */
export interface SecretEntries {
  get(entry: string): Thenable<string | undefined>;
  store(entry: string, text: string): Thenable<void>;
  delete(entry: string): Thenable<void>;
  onDidChange(listener: (change: SecretStorageChangeEvent) => unknown): Subscription;
  /** Where a window may fail to read what another one stored. */
  onDidMiss?(listener: (change: SecretStorageChangeEvent) => unknown): Subscription;
}

type KeyListener = (isOf: (profile: Profile) => boolean) => void;

/** What the local server is started with. The seal key is 32 bytes in base64: it encrypts stored secrets at rest. */
export interface LocalKeys {
  readonly apiKey: Secret;
  readonly sealKey: Secret;
}

/** No key is stored for the profile, perhaps because another window signed out. */
export class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError';
}

/** The keys in the editor's SecretStorage, one single-line entry a profile, so that two windows can't overwrite each other's. */
export class Credentials {
  readonly #secrets: SecretEntries;
  readonly #onRead: (secret: Secret) => void;

  /** `onRead` hears of every secret that passes, so that the log can leave it out. */
  constructor(secrets: SecretEntries, onRead: (secret: Secret) => void) {
    this.#secrets = secrets;
    this.#onRead = onRead;
  }

  apiKey(profile: Profile): Promise<Secret | undefined> {
    return this.#read(entryOf(profile));
  }

  async storeApiKey(profile: Profile, key: Secret): Promise<void> {
    this.#onRead(key);
    await this.#secrets.store(entryOf(profile), key.reveal());
  }

  async deleteApiKey(profile: Profile): Promise<void> {
    await this.#secrets.delete(entryOf(profile));
  }

  /** Made once and kept: the server encrypts with them what is read after a restart. */
  async localKeys(): Promise<LocalKeys> {
    const apiKey = await this.#readOrMake(localApiKey, () => `local-${randomBytes(24).toString('hex')}`);
    const sealKey = await this.#readOrMake(localSealKey, () => randomBytes(32).toString('base64'));
    return { apiKey, sealKey };
  }

  /** Called when a key was stored or deleted, in this window or in another one; `isOf` tells whose. */
  onDidChange(listener: KeyListener): Subscription {
    return this.#secrets.onDidChange(toldOf(listener));
  }

  /** Called when another window stored a key that this one can't read before it is reloaded. */
  onDidMiss(listener: KeyListener): Subscription {
    return this.#secrets.onDidMiss?.(toldOf(listener)) ?? { dispose: () => undefined };
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

function toldOf(listener: KeyListener): (change: SecretStorageChangeEvent) => void {
  return ({ key }) => {
    if (key.startsWith(apiKeyPrefix)) listener((profile) => entryOf(profile) === key);
  };
}

/** An endpoint holds no `#`; the profile that goes by its usual name has the entry of before there were names. */
function entryOf(profile: Profile): string {
  const name = profileId(profile);
  const suffix = name === endpointName(profile.endpoint) ? '' : `#${name}`;
  return apiKeyPrefix + profile.endpoint + suffix;
}
