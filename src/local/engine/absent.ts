import { EngineError } from './engine-error';

/** What the call gives, or undefined when the engine has no such thing. Other errors pass. */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
