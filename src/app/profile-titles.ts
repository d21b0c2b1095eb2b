import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { watchFolder } from './activity/watch-folder';
import type { Connections } from './connections';
import { MissingKeyError, type Credentials } from './credentials';
import type { Memory } from './memory';
import type { Subscription } from './observable';
import { hashedName, ifThere, replaceFile } from './shared-files';
import { isSameProfile, profileId, type Profile } from './target';

/** Shared by all windows; below the extension's own folder. */
export function titlesFolder(storage: string): string {
  return path.join(storage, 'connection-names');
}

/** Who has the profile's name from now on is called by that. */
export async function forgetTitle(folder: string, profile: Profile): Promise<void> {
  await rm(fileOf(folder, profile), { force: true });
}

export interface ProfileTitlesOptions {
  readonly credentials: Pick<Credentials, 'apiKey' | 'onDidChange'>;
  readonly memory: Pick<Memory, 'profiles' | 'renameProfile'>;
  readonly connections: Pick<Connections, 'renamed'>;
  readonly folder: string;
  /** Once for each file that can't be read; the connection keeps its name. */
  readonly onError: (error: unknown) => void;
}

type Titled = Profile & { readonly title: string };

/**
 * What connections are called since they were renamed, the same in all windows: one file a connection, for a change of
 * the editor's own state is told to no other window.
 */
export class ProfileTitles {
  readonly #options: ProfileTitlesOptions;
  readonly #changes: Subscription[];
  readonly #unreadable = new Set<string>();

  constructor(options: ProfileTitlesOptions) {
    this.#options = options;
    this.#changes = [
      watchFolder(options.folder, () => void this.#follow().catch(options.onError)),
      options.credentials.onDidChange((isOf) => void this.#forget(isOf).catch(options.onError)),
    ];
  }

  /**
   * Connections by the profile go on; its key stays where it is. Rejects with a `MissingKeyError` when the profile is
   * not there any more, and when it can't be written down.
   */
  async rename({ endpoint, name }: Profile, title: string): Promise<void> {
    const { credentials, folder, memory } = this.#options;
    const known = memory.profiles.find((each) => isSameProfile(each, { endpoint, name }));
    if (!known || !(await credentials.apiKey(known))) {
      throw new MissingKeyError('The connection to rename is not there any more');
    }
    await replaceFile(fileOf(folder, known), JSON.stringify({ endpoint, name, title }));
    await this.#follow();
  }

  dispose(): void {
    for (const change of this.#changes) change.dispose();
  }

  async #follow(): Promise<void> {
    const { memory, connections } = this.#options;
    // One that is remembered while the files are read has none of them.
    const { profiles } = memory;
    for (const titled of await this.#all()) {
      const known = profiles.find((each) => isSameProfile(each, titled));
      if (known && known.title !== titled.title) await memory.renameProfile(known, titled.title);
    }
    connections.renamed();
  }

  /** One without a key is no more, whether or not this window still knows it. */
  async #forget(isOf: (profile: Profile) => boolean): Promise<void> {
    const { credentials, folder } = this.#options;
    const profile = (await this.#all()).find(isOf);
    if (profile && !(await credentials.apiKey(profile))) await forgetTitle(folder, profile);
  }

  async #all(): Promise<Titled[]> {
    const names = await ifThere(readdir(this.#options.folder));
    const files = (names ?? []).filter((name) => name.endsWith('.json'));
    const titled = await Promise.all(files.map((name) => this.#read(name)));
    return titled.filter((each) => each !== undefined);
  }

  /** Nothing of a file that another window removes meanwhile, or that holds something else. */
  async #read(name: string): Promise<Titled | undefined> {
    try {
      const text = await ifThere(readFile(path.join(this.#options.folder, name), 'utf8'));
      return text === undefined ? undefined : parse(text);
    } catch (error) {
      if (!this.#unreadable.has(name))
        this.#options.onError(new Error(`${name} holds no name`, { cause: error }));
      this.#unreadable.add(name);
      return undefined;
    }
  }
}

function fileOf(folder: string, profile: Profile): string {
  return path.join(folder, hashedName(`${profile.endpoint}#${profileId(profile)}`));
}

function parse(text: string): Titled {
  const { endpoint, name, title } = JSON.parse(text) as Record<string, unknown>;
  const isName = name === undefined || typeof name === 'string';
  if (!isName || typeof title !== 'string' || typeof endpoint !== 'string' || !URL.canParse(endpoint)) {
    throw new Error('An endpoint and a title are expected');
  }
  return { endpoint, name, title };
}
