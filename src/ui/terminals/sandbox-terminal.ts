import { EventEmitter, l10n, type Pseudoterminal, type TerminalDimensions } from 'vscode';
import { failureOf } from '../../app/failure';
import { ApiError } from '../../api/errors';
import { NotRunningError } from '../../app/running-box';
import {
  notRunning,
  type Screen,
  type Shell,
  type ShellEnd,
  type TerminalSize,
} from '../../app/terminals/shell';
import { isReport, plainAgain } from './reports';
import { dim, endWords, lostWords } from './terminal-words';

export interface Begun {
  readonly shell: Shell;
  /** Of the terminal. */
  readonly name: string;
  /** It ran before: what it showed is shown again. */
  readonly isReplay: boolean;
}

/**
 * - `close-if-well`: it goes with exit code 0, as a shell's does
 * - `stay`: it says how it ended, and stays until a key is pressed
 * - `report`: the editor is told the exit code, and does the rest, as it does for tasks
 */
export type AtEnd = 'close-if-well' | 'stay' | 'report';

export interface TerminalSource {
  readonly atEnd: AtEnd;
  /** Starts a shell, or attaches to one; undefined when the user does not want to. */
  readonly begin: (screen: Screen, size: TerminalSize, isWanted: () => boolean) => Promise<Begun | undefined>;
  readonly onEnd: (shell: Shell, end: ShellEnd) => void;
  readonly onLost: () => void;
}

const usualSize: TerminalSize = { cols: 80, rows: 24 };
/** Characters that are drawn before others get their turn. */
const burst = 64 * 1024;
/** A megabyte is drawn well within this. */
const replayMs = 3_000;

/** A terminal of the editor with a shell in a sandbox. */
export class SandboxTerminal implements Pseudoterminal {
  readonly #source: TerminalSource;
  readonly #written = new EventEmitter<string>();
  readonly #closed = new EventEmitter<number>();
  readonly #named = new EventEmitter<string>();
  #size = usualSize;
  #begun: Begun | undefined;
  #state: 'beginning' | 'running' | 'ended' | 'closed' = 'beginning';
  #drawn = 0;
  #typedEarly = '';
  /** Once for each connection that broke. */
  #isDoubtTold = false;
  #isReplaying = false;

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;
  readonly onDidChangeName = this.#named.event;

  constructor(source: TerminalSource) {
    this.#source = source;
  }

  open(dimensions: TerminalDimensions | undefined): void {
    if (dimensions) this.#size = sizeOf(dimensions);
    void this.#run();
  }

  setDimensions(dimensions: TerminalDimensions): void {
    this.#size = sizeOf(dimensions);
    this.#begun?.shell.resize(this.#size);
  }

  handleInput(text: string): void {
    if (isReport(text) && (this.#isReplaying || this.#state === 'ended')) return;
    if (this.#state === 'ended') this.#close();
    else if (this.#begun) this.#type(this.#begun.shell, text);
    else this.#typedEarly += text;
  }

  /** The editor took it off the screen. Of a terminal, `kill` or `leave` tells whether its shell goes on. */
  close(): void {
    if (this.#source.atEnd === 'report' && this.#state !== 'closed') this.kill();
    this.#state = 'closed';
  }

  kill(): void {
    this.#begun?.shell.kill();
  }

  leave(): void {
    this.#begun?.shell.leave();
  }

  async #run(): Promise<void> {
    const screen: Screen = {
      show: (text, missing) => this.#show(text, missing),
      onLine: (state) => this.#tellLine(state),
    };
    try {
      const begun = await this.#source.begin(screen, this.#size, () => this.#state !== 'closed');
      if (begun) await this.#follow(begun);
      else if (this.#state === 'beginning') this.#close(this.#source.atEnd === 'report' ? 1 : 0);
    } catch (error) {
      if (this.#state === 'beginning') this.#conclude(endOf(error));
    }
  }

  async #follow(begun: Begun): Promise<void> {
    const { shell, name, isReplay } = begun;
    this.#begun = begun;
    if (isReplay) this.#replay();
    if (this.#state === 'closed') shell.kill();
    else this.#state = 'running';
    this.#named.fire(name);
    shell.resize(this.#size);
    if (this.#typedEarly !== '') this.#type(shell, this.#typedEarly);
    const end = await shell.ended;
    this.#source.onEnd(shell, end);
    if (this.#state !== 'running') return;
    this.#conclude(end);
  }

  /** What was asked of the terminal then must not be answered now, as if it were typed. */
  #replay(): void {
    this.#isReplaying = true;
    setTimeout(() => (this.#isReplaying = false), replayMs);
  }

  #type(shell: Shell, text: string): void {
    shell.write(text).catch((error: unknown) => {
      const isInDoubt = error instanceof ApiError && error.kind === 'ambiguous';
      if (this.#state !== 'running' || !isInDoubt || this.#isDoubtTold) return;
      this.#isDoubtTold = true;
      this.#written.fire(dim(l10n.t('The connection broke; what was typed last may not have arrived.')));
    });
  }

  #show(text: string, missing: number): void | Promise<void> {
    if (this.#state === 'closed') return;
    this.#written.fire(missing > 0 ? `${dim(lostWords(missing))}${text}` : text);
    this.#drawn += text.length;
    if (this.#drawn < burst) return;
    this.#drawn = 0;
    return new Promise((resolve) => setTimeout(resolve, 1));
  }

  #tellLine(state: 'attached' | 'lost'): void {
    if (state === 'attached') this.#isDoubtTold = false;
    if (!this.#begun) return;
    const { name } = this.#begun;
    this.#named.fire(state === 'lost' ? l10n.t('{0} (reconnecting)', name) : name);
    if (state === 'lost') this.#source.onLost();
  }

  #conclude(end: ShellEnd): void {
    const { atEnd } = this.#source;
    const code = end.kind === 'exited' ? end.code : 1;
    if (atEnd === 'report') {
      if (end.kind !== 'exited') this.#written.fire(dim(endWords(end)));
      this.#close(code);
    } else if (atEnd === 'close-if-well' && end.kind === 'exited' && code === 0) this.#close();
    else this.#end(endWords(end));
  }

  #end(words: string): void {
    this.#state = 'ended';
    if (this.#begun) this.#named.fire(l10n.t('{0} (ended)', this.#begun.name));
    this.#written.fire(plainAgain);
    this.#written.fire(dim(`${words} ${l10n.t('Press any key to close the terminal.')}`));
  }

  #close(code = 0): void {
    this.#state = 'closed';
    this.#closed.fire(code);
  }
}

function endOf(error: unknown): ShellEnd {
  return error instanceof NotRunningError ? notRunning(error) : { kind: 'failed', failure: failureOf(error) };
}

function sizeOf({ columns, rows }: TerminalDimensions): TerminalSize {
  return { cols: columns, rows };
}
