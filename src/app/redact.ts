import type { Secret } from '../api/secret';

const shown = '[secret]';

const patterns: readonly [RegExp, string][] = [
  [
    /\b(authorization|x-api-key|x-service-key|x-registry-auth)(["']?\s*[:=]\s*["']?)[^\s"',}]+(\s+[^\s"',}]+)?/gi,
    `$1$2${shown}`,
  ],
  [/\b(password|passwd|secret|api_?key|token)(["']?\s*[:=]\s*["']?)[^\s"',}&]+/gi, `$1$2${shown}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${shown}@`],
  [/\blsv2_[a-z]{2}_[a-z0-9_]+/gi, shown],
];

/** Takes secrets out of text that goes to the log: those that passed through here, and whatever looks like one. */
export class Redactor {
  readonly #known = new Set<string>();

  readonly learn = (secret: Secret): void => {
    const text = secret.reveal();
    if (text.length >= shortestKnown) this.#known.add(text).add(encodeURIComponent(text)).add(base64(text));
  };

  redact(text: string): string {
    let clean = text;
    for (const secret of this.#known) clean = clean.replaceAll(secret, shown);
    return patterns.reduce((line, [pattern, replacement]) => line.replace(pattern, replacement), clean);
  }
}

/** A shorter one would blot out parts of ordinary words. */
const shortestKnown = 4;

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
