import type { Memento } from 'vscode';

const entry = 'commandHistory';
const mostCommands = 30;
const mostSandboxes = 50;

type Kept = Readonly<Record<string, readonly string[]>>;

/**
 * The commands that were run in each sandbox, newest first, kept for this workspace. As in a shell, one that begins
 * with a space is not kept; nor is one that holds a secret the extension knows of.
 */
export class CommandHistory {
  readonly #state: Memento;
  readonly #redact: (text: string) => string;

  constructor(state: Memento, redact: (text: string) => string) {
    this.#state = state;
    this.#redact = redact;
  }

  of(boxId: string): readonly string[] {
    return this.#kept[boxId] ?? [];
  }

  mayKeep(command: string): boolean {
    return !command.startsWith(' ') && this.#redact(command) === command;
  }

  async remember(boxId: string, command: string): Promise<void> {
    if (!this.mayKeep(command)) return;
    const commands = [command, ...this.of(boxId).filter((other) => other !== command)];
    const others = Object.entries(this.#kept).filter(([id]) => id !== boxId);
    const newest = [[boxId, commands.slice(0, mostCommands)] as const, ...others].slice(0, mostSandboxes);
    await this.#state.update(entry, Object.fromEntries(newest));
  }

  get #kept(): Kept {
    return this.#state.get<Kept>(entry) ?? {};
  }
}
