import type { LogOutputChannel } from 'vscode';
import type { RequestRecord } from '../api/transport';
import { errorDetail } from './error-detail';
import type { Redactor } from './redact';

/** The log that users read and attach to reports. English only; every line passes the redactor. */
export class Log {
  readonly #channel: Pick<LogOutputChannel, 'info' | 'warn' | 'error'>;
  readonly #redactor: Redactor;

  constructor(channel: Pick<LogOutputChannel, 'info' | 'warn' | 'error'>, redactor: Redactor) {
    this.#channel = channel;
    this.#redactor = redactor;
  }

  info(text: string): void {
    this.#channel.info(this.#redactor.redact(text));
  }

  warn(text: string): void {
    this.#channel.warn(this.#redactor.redact(text));
  }

  /** With the error's detail, as `errorDetail` has it. */
  error(text: string, error?: unknown): void {
    const detail = error === undefined ? '' : `: ${errorDetail(error)}`;
    this.#channel.error(this.#redactor.redact(`${text}${detail}`));
  }

  readonly request = ({ method, path, status, durationMs, error }: RequestRecord): void => {
    const line = `${method} ${path} ${status ?? error ?? 'no answer'} ${durationMs} ms`;
    if (status === undefined && error !== 'aborted') this.warn(line);
    else this.info(line);
  };
}
