import type { Memento } from 'vscode';
import type { Grouping } from './grouping';
import { Observable, type Observed } from './observable';
import type { Target } from './session';

const connectionEntry = 'connection';
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
  readonly #grouping: Observable<Grouping>;

  constructor(state: Memento) {
    this.#state = state;
    this.#grouping = new Observable(state.get<Grouping>(groupingEntry) ?? { by: 'none' });
  }

  get target(): Target | undefined {
    return this.#state.get<Target>(connectionEntry);
  }

  async setTarget(target: Target | undefined): Promise<void> {
    await this.#state.update(connectionEntry, target);
  }

  /** Of the LangSmiths whose keys are stored, in the order they were connected to first. */
  get endpoints(): readonly string[] {
    const { target } = this;
    const last = target?.kind === 'langsmith' && !target.source ? [target.endpoint] : [];
    return [...new Set([...(this.#state.get<string[]>(endpointsEntry) ?? []), ...last])];
  }

  async rememberEndpoint(endpoint: string): Promise<void> {
    await this.#state.update(endpointsEntry, [...new Set([...this.endpoints, endpoint])]);
  }

  async forgetEndpoint(endpoint: string): Promise<void> {
    const others = this.endpoints.filter((other) => other !== endpoint);
    await this.#state.update(endpointsEntry, others.length > 0 ? others : undefined);
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
