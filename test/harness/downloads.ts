import { testEnvironment } from './env';
import { until } from './until';

/** The gate of the slow registry. While it is held, a pull through `testEnvironment().registrySlow` begins and does not end. */
export async function holdDownloads(): Promise<void> {
  await control('POST', '/hold');
}

export async function releaseDownloads(): Promise<void> {
  await control('POST', '/release');
}

/** Waits until the engine is downloading a layer of `name` (without registry and tag) and stands at the gate. */
export async function downloadHeld(name: string): Promise<void> {
  await until(`a held download of ${name}`, async () => {
    const { waiting } = (await control('GET', '/')) as { waiting: string[] };
    return waiting.includes(name) || undefined;
  });
}

export interface FreshImage {
  /** Layers above the base image's one, each of random bytes; 3 unless given. */
  layers?: number;
  /** Size of each of them; 2 unless given. */
  mebibytes?: number;
  /** What the image says it runs on; `linux` unless given. */
  os?: string;
}

/** Makes an image that no engine has yet, in the open (and so the slow) registry. Gives its `name:tag`. */
export async function pushFreshImage(shape: FreshImage = {}): Promise<string> {
  const { image } = (await control('POST', '/images', shape)) as { image: string };
  return image;
}

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(testEnvironment().registrySlowControl + path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${method} ${path} of the registry control: ${JSON.stringify(answer)}`);
  return answer;
}
