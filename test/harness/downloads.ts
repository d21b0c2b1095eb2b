import { testEnvironment } from './env';
import { until } from './until';

/**
 * An image's gate at the slow registry, by its `name:tag`. While it is held, a pull of it through
 * `testEnvironment().registrySlow` begins and does not end.
 */
export async function holdDownloads(image: string): Promise<void> {
  await control('POST', '/hold', { image: untagged(image) });
}

export async function releaseDownloads(image: string): Promise<void> {
  await control('POST', '/release', { image: untagged(image) });
}

/** Waits until the engine is downloading a layer of the image and stands at the gate. */
export async function downloadHeld(image: string): Promise<void> {
  await until(`a held download of ${image}`, async () => {
    const { waiting } = (await control('GET', '/')) as { waiting: string[] };
    return waiting.includes(untagged(image)) || undefined;
  });
}

function untagged(image: string): string {
  return image.slice(0, image.lastIndexOf(':'));
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
