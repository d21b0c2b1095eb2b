import { EngineError } from '../engine/engine-error';
import { TaskEnded } from './tasks';
import { messageOf } from '../message-of';

export interface BuildSubject {
  image: string;
  host: string;
  /** Name of the registry whose credentials were used. */
  registry?: string;
  /** `linux/amd64` */
  platform: string;
}

export const cutOffBuild = 'The local server stopped during the build. Build it again.';
export const cutOffCapture = 'The local server stopped during the capture. Capture it again.';

/** The sentence that a failed build tells: what could not be done and what to do. */
export function buildFailure(error: unknown, subject: BuildSubject, limitMs: number): string {
  if (error instanceof TaskEnded) return cutOffBuild;
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return `The build took more than ${Math.round(limitMs / 60_000)} minutes and was ended.`;
  }
  if (!(error instanceof EngineError)) return `The build failed: ${messageOf(error)}`;
  const { image, host, registry } = subject;
  switch (error.kind) {
    case 'image-not-found':
      return `${host} has no image ${image}. Check its name and tag.`;
    case 'bad-reference':
      return `${image} is not an image name.`;
    case 'wrong-credentials':
    case 'no-credentials':
      return registry === undefined
        ? `${host} asks for a user name and a password for ${image}, or has no such image. Build with a registry that holds them.`
        : `${host} refused the user name or password of registry ${registry}.`;
    case 'registry-unreachable':
      return `${host} can't be reached from the container engine: ${error.message}`;
    case 'wrong-platform':
      return wrongPlatform(subject);
    case 'disk-full':
      return `The container engine's disk is full. Free some space there and build again: ${error.message}`;
    case 'engine-unreachable':
      return `The container engine does not answer. Start it and build again: ${error.message}`;
    case 'not-found':
    case 'conflict':
    case 'other':
      return `The container engine could not build from ${image}: ${error.message}`;
  }
}

/** `has` is the image's own platform, where that is known. */
export function wrongPlatform({ image, platform }: BuildSubject, has = 'another platform'): string {
  return `${image} is made for ${has}, the container engine runs ${platform}. Choose an image for ${platform}.`;
}
