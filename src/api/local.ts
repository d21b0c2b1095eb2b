import { ApiError } from './errors';
import { defaultTimeoutMs, type CallOptions, type Transport } from './transport';

/** What our local server answers beyond the sandbox API. Only a Local connection asks for it. */
const root = '/local/v1';

export interface EngineImageItem {
  /** `name:tag` */
  reference: string;
  size_bytes: number;
  created_at: string;
}

export interface About {
  version: string;
  engine: { product: string; version: string; url: string };
}

/** Images in the engine that a snapshot can be built from. */
export async function listEngineImages(
  transport: Transport,
  options?: CallOptions,
): Promise<EngineImageItem[]> {
  const url = transport.outsideUrl(`${root}/images`);
  return (await transport.json<{ items: EngineImageItem[] }>({ method: 'GET', url }, options)).items;
}

export function getAbout(transport: Transport, options?: CallOptions): Promise<About> {
  return transport.json({ method: 'GET', url: transport.outsideUrl(`${root}/about`) }, options);
}

/**
 * Keeps the local server up while this window lives, without polling: a reply that never ends.
 * Resolves when the lease is held, which `timeoutMs` bounds. `onLost` is called once if the server ends it; aborting the signal lets it go.
 */
export async function holdLease(
  transport: Transport,
  {
    signal,
    onLost,
    timeoutMs = defaultTimeoutMs,
  }: { signal: AbortSignal; onLost: () => void; timeoutMs?: number },
): Promise<void> {
  const url = transport.outsideUrl(`${root}/lease`);
  const body = await transport.stream({ method: 'GET', url }, { signal, timeoutMs });
  await new Promise<void>((resolve, reject) => {
    let isHeld = false;
    const late = setTimeout(() => body.destroy(), timeoutMs);
    const ended = (): void => {
      clearTimeout(late);
      if (signal.aborted) reject(signal.reason as Error);
      else if (isHeld) onLost();
      else
        reject(new ApiError('The local server gave no lease', { kind: 'server', method: 'GET', path: root }));
    };
    body.once('data', () => {
      isHeld = true;
      clearTimeout(late);
      resolve();
    });
    body.on('error', () => undefined).once('close', ended);
  });
}
