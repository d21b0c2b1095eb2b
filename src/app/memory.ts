import type { Memento } from 'vscode';
import type { Target } from './session';

const connectionEntry = 'connection';
const imagesEntry = 'recentImages';
const mostImages = 10;

/** What is kept between windows and sessions of the editor. Nothing here is secret. */
export class Memory {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  get target(): Target | undefined {
    return this.#state.get<Target>(connectionEntry);
  }

  async setTarget(target: Target | undefined): Promise<void> {
    await this.#state.update(connectionEntry, target);
  }

  /** Images that snapshots were built from, newest first. */
  get recentImages(): readonly string[] {
    return this.#state.get<string[]>(imagesEntry) ?? [];
  }

  async rememberImage(image: string): Promise<void> {
    const images = [image, ...this.recentImages.filter((other) => other !== image)];
    await this.#state.update(imagesEntry, images.slice(0, mostImages));
  }
}
