import { InputBoxValidationSeverity, QuickInputButtons, window, type InputBox } from 'vscode';
import { titleOf, type Place, type Turn } from './steps';

/** What stands under the field. Only an error keeps Enter from being taken. */
export interface Note {
  readonly text: string;
  readonly severity: 'error' | 'warning' | 'information';
}

export interface TextQuestion {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly password?: boolean;
  /** As it is typed. An empty field is left in peace until Enter. */
  readonly check?: (text: string) => Note | undefined;
  /** As it is typed, by asking the server; after a pause, and not for what `check` refuses. */
  readonly lookUp?: (text: string, signal: AbortSignal) => Promise<Note | undefined>;
  /** On Enter: the reason why it is not taken, or undefined. */
  readonly submit?: (text: string, signal: AbortSignal) => Promise<string | undefined>;
  /** Gets what is in the field when the question ends, however it ends. Left out for secrets. */
  readonly keep?: (text: string) => void;
}

const pauseMs = 300;

/** One line of text. With `submit`, the field waits for its verdict. */
export function askText(place: Place, question: TextQuestion): Promise<Turn> {
  const input = window.createInputBox();
  input.title = titleOf(place);
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  input.prompt = question.prompt;
  input.placeholder = question.placeholder;
  input.value = question.value;
  input.password = question.password ?? false;
  input.ignoreFocusOut = true;
  input.buttons = place.canGoBack ? [QuickInputButtons.Back] : [];
  const field = new CheckedField(input, question);
  /** Spaces around a name are a slip; in a password they may be meant. */
  const typed = (): string => (question.password ? input.value : input.value.trim());

  return new Promise((resolve) => {
    const end = (turn: Turn): void => {
      question.keep?.(typed());
      resolve(turn);
      input.hide();
    };
    input.onDidChangeValue(() => field.typed(typed()));
    input.onDidTriggerButton(() => end('back'));
    input.onDidAccept(async () => {
      if (await field.accepts(typed())) end('next');
    });
    input.onDidHide(() => {
      question.keep?.(typed());
      field.dispose();
      input.dispose();
      resolve('escaped');
    });
    input.show();
    if (question.value !== '') field.typed(question.value);
  });
}

/** Keeps the note under the field true to what is in it. */
class CheckedField {
  readonly #input: InputBox;
  readonly #question: TextQuestion;
  #asking = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(input: InputBox, question: TextQuestion) {
    this.#input = input;
    this.#question = question;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
  }

  typed(text: string): void {
    this.#restart();
    const note = text === '' ? undefined : this.#question.check?.(text);
    this.#show(note);
    if (note?.severity === 'error' || text === '' || !this.#question.lookUp) return;
    const { signal } = this.#asking;
    this.#timer = setTimeout(() => void this.#lookUp(text, signal), pauseMs);
  }

  /** False, with the reason under the field, when it can't be taken; also when it was typed on meanwhile. */
  async accepts(text: string): Promise<boolean> {
    if (this.#input.busy) return false;
    this.#restart();
    const { signal } = this.#asking;
    const note = this.#question.check?.(text);
    if (note?.severity === 'error') {
      this.#show(note);
      return false;
    }
    const looked = await this.#whileBusy(this.#question.lookUp?.(text, signal));
    if (looked?.severity === 'error') {
      this.#show(looked);
      return false;
    }
    const refusal = await this.#whileBusy(this.#question.submit?.(text, signal));
    if (refusal !== undefined) this.#show({ text: refusal, severity: 'error' });
    return refusal === undefined && !signal.aborted;
  }

  #restart(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#input.busy = false;
  }

  async #lookUp(text: string, signal: AbortSignal): Promise<void> {
    const note = await this.#question.lookUp?.(text, signal);
    if (!signal.aborted && note) this.#show(note);
  }

  async #whileBusy<T>(work: Promise<T> | undefined): Promise<T | undefined> {
    if (!work) return undefined;
    this.#input.busy = true;
    try {
      return await work;
    } finally {
      this.#input.busy = false;
    }
  }

  #show(note: Note | undefined): void {
    this.#input.validationMessage = note && { message: note.text, severity: severityOf(note) };
  }
}

function severityOf({ severity }: Note): InputBoxValidationSeverity {
  switch (severity) {
    case 'error':
      return InputBoxValidationSeverity.Error;
    case 'warning':
      return InputBoxValidationSeverity.Warning;
    case 'information':
      return InputBoxValidationSeverity.Info;
  }
}
