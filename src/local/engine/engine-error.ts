export type EngineErrorKind =
  | 'not-found'
  | 'conflict'
  | 'bad-reference'
  | 'image-not-found'
  | 'no-credentials'
  | 'wrong-credentials'
  | 'registry-unreachable'
  | 'wrong-platform'
  | 'disk-full'
  | 'engine-unreachable'
  | 'other';

/** `message` is the engine's own sentence, trimmed of noise; it holds no secret. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly kind: EngineErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
