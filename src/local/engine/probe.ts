import { engineAddress } from './address';
import { connectEngine } from './connect';
import type { Engine } from './engine';
import { EngineError } from './engine-error';
import { errorCode, unreachableReason } from './http/connection-failure';
import type { Place } from './places/place';
import { readTls } from './places/tls';

const limitMs = 2_000;

/** Tries a place and says what is there. Rejects with the signal's reason only. */
export async function probe(
  place: Place,
  signal: AbortSignal,
): Promise<{ engine?: Engine; finding: string }> {
  if (place.problem) return { finding: place.problem };
  const limit = AbortSignal.timeout(limitMs);
  try {
    const tls = place.tls && (await readTls(place.tls));
    const engine = await connectEngine(engineAddress(place.url, tls), AbortSignal.any([signal, limit]));
    return { engine, finding: `answered: ${engine.info.product} ${engine.info.version}` };
  } catch (error) {
    signal.throwIfAborted();
    return { finding: limit.aborted ? `no answer within ${limitMs / 1000} s` : findingOf(error, place.url) };
  }
}

function findingOf(error: unknown, url: string): string {
  const cause = error instanceof EngineError && error.kind === 'engine-unreachable' ? error.cause : error;
  const isDenied = errorCode(cause) === 'EACCES' && url.startsWith('unix:');
  const reason = unreachableReason(cause);
  return isDenied ? `${reason}: ${waysIn(url)}` : reason;
}

function waysIn(url: string): string {
  return url.endsWith('docker.sock')
    ? 'add your user to the docker group ("sudo usermod -aG docker $USER") and log in again'
    : 'it belongs to another user';
}
