import { z } from 'zod';
import { EngineError, type EngineErrorKind } from '../engine-error';
import { podmanFailureKind } from '../podman';

const errorBody = z.object({ message: z.string() });

/** Makes the error of a reply of 400 and above from its status and its text, JSON or not. */
export function replyFailure(status: number, text: string): EngineError {
  const message = cleanSentence(messageIn(text)) || `The container engine answered ${status}.`;
  return new EngineError(failureKind(status, message), message);
}

/** Takes out what people can't use: the Go client's request line, line breaks, a sentence said twice. */
export function cleanSentence(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^Error response from daemon: /, '')
    .replace(/\b(?:Get|Head|Post|Put) "?https?:\/\/[^\s"]*"?: /g, '')
    .replace(/(: [^:]+)\1$/, '$1');
}

export function isDiskFull(message: string): boolean {
  return /no space left on device|disk quota exceeded/i.test(message);
}

function failureKind(status: number, message: string): EngineErrorKind {
  if (isDiskFull(message)) return 'disk-full';
  if (/cannot overwrite (?:directory|non-directory)/.test(message)) return 'conflict';
  switch (status) {
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    default:
      return podmanFailureKind(message) ?? 'other';
  }
}

function messageIn(text: string): string {
  try {
    return errorBody.parse(JSON.parse(text)).message;
  } catch {
    return text;
  }
}
