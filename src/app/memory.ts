import type { Memento } from 'vscode';
import type { Grouping } from './grouping';
import { Observable, type Observed } from './observable';
import { hasStoredKey, isSameProfile, type Profile, type Target } from './target';

const connectionEntry = 'connection';
const profilesEntry = 'profiles';
/** Of versions that had one key an endpoint. */
const endpointsEntry = 'endpoints';
const imagesEntry = 'recentImages';
const createSizesEntry = 'createSizes';
const buildSizesEntry = 'buildSizes';
const groupingEntry = 'sandboxGrouping';
const mostImages = 10;

/** What a sandbox was given the last time; undefined is the server's default. Times in seconds. */
export interface CreateSizes {
  readonly cpus?: number;
  readonly memoryGb?: number;
  readonly idleSeconds?: number;
  readonly stoppedSeconds?: number;
}

export interface BuildSizes {
  readonly capacityGb?: number;
  /** How long a build was waited for. */
  readonly timeoutSeconds?: number;
}

/** What is kept between windows and sessions of the editor. Nothing here is secret. */
export class Memory {
  readonly #state: Memento;
  readonly #onNewProfile: (profile: Profile) => Promise<void>;
  readonly #grouping: Observable<Grouping>;

  /** `onNewProfile` clears away what a profile that is no more left under the name; never rejects. */
  constructor(state: Memento, onNewProfile: (profile: Profile) => Promise<void> = () => Promise.resolve()) {
    this.#state = state;
    this.#onNewProfile = onNewProfile;
    this.#grouping = new Observable(state.get<Grouping>(groupingEntry) ?? { by: 'none' });
  }

  get target(): Target | undefined {
    const target = this.#state.get<Target>(connectionEntry);
    return target && hasStoredKey(target) ? { ...target, title: this.#titleOf(target) } : target;
  }

  async setTarget(target: Target | undefined): Promise<void> {
    await this.#state.update(connectionEntry, target);
  }

  /** The LangSmiths whose keys are stored, in the order they were connected to first. */
  get profiles(): readonly Profile[] {
    const kept = this.#state.get<Profile[]>(profilesEntry);
    if (kept) return kept;
    const target = this.#state.get<Target>(connectionEntry);
    const last = target && hasStoredKey(target) && target.name === undefined ? [target.endpoint] : [];
    const endpoints = new Set([...(this.#state.get<string[]>(endpointsEntry) ?? []), ...last]);
    return [...endpoints].map((endpoint) => ({ endpoint }));
  }

  /** In the place of the one that has its name; what that is called since stays. */
  async rememberProfile({ endpoint, name, title, workspaceId }: Profile): Promise<void> {
    const isKnown = this.profiles.some((other) => isSameProfile(other, { endpoint, name }));
    if (!isKnown) await this.#onNewProfile({ endpoint, name });
    const { profiles } = this;
    const before = profiles.find((other) => isSameProfile(other, { endpoint, name }));
    const profile: Profile = { endpoint, name, title: before ? before.title : title, workspaceId };
    const changed = before
      ? profiles.map((other) => (isSameProfile(other, profile) ? profile : other))
      : [...profiles, profile];
    await this.#setProfiles(changed);
  }

  async renameProfile(profile: Profile, title: string): Promise<void> {
    const { profiles } = this;
    await this.#setProfiles(
      profiles.map((other) => (isSameProfile(other, profile) ? { ...other, title } : other)),
    );
  }

  #titleOf(profile: Profile): string | undefined {
    return this.profiles.find((other) => isSameProfile(other, profile))?.title;
  }

  /** No window connects by it again by itself. */
  async forgetProfile(profile: Profile): Promise<void> {
    const others = this.profiles.filter((other) => !isSameProfile(other, profile));
    await this.#setProfiles(others);
    const { target } = this;
    if (target && hasStoredKey(target) && isSameProfile(target, profile)) await this.setTarget(undefined);
  }

  async #setProfiles(profiles: readonly Profile[]): Promise<void> {
    await this.#state.update(profilesEntry, profiles);
    await this.#state.update(endpointsEntry, undefined);
  }

  /** Images that snapshots were built from, newest first. */
  get recentImages(): readonly string[] {
    return this.#state.get<string[]>(imagesEntry) ?? [];
  }

  async rememberImage(image: string): Promise<void> {
    const images = [image, ...this.recentImages.filter((other) => other !== image)];
    await this.#state.update(imagesEntry, images.slice(0, mostImages));
  }

  get createSizes(): CreateSizes {
    return this.#state.get<CreateSizes>(createSizesEntry) ?? {};
  }

  async rememberCreateSizes({ cpus, memoryGb, idleSeconds, stoppedSeconds }: CreateSizes): Promise<void> {
    await this.#state.update(createSizesEntry, { cpus, memoryGb, idleSeconds, stoppedSeconds });
  }

  get buildSizes(): BuildSizes {
    return this.#state.get<BuildSizes>(buildSizesEntry) ?? {};
  }

  async rememberBuildSizes({ capacityGb, timeoutSeconds }: BuildSizes): Promise<void> {
    await this.#state.update(buildSizesEntry, { capacityGb, timeoutSeconds });
  }

  /** How the sandboxes view groups its rows; a window that is open already keeps its own. */
  get grouping(): Observed<Grouping> {
    return this.#grouping;
  }

  async setGrouping(grouping: Grouping): Promise<void> {
    this.#grouping.set(grouping);
    await this.#state.update(groupingEntry, grouping);
  }
}
