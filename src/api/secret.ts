import { inspect } from 'node:util';

const shown = '[secret]';

/**
 * A value that must not be printed: an API key, a registry password.
 * Printing, concatenating, inspecting or serialising it gives `[secret]`;
 * `reveal()` is the one way to the text, called only where it goes onto the wire or into SecretStorage.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}
