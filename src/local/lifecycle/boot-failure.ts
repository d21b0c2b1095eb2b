import { EngineError } from '../engine/engine-error';
import { Failure } from '../failure';
import { messageOf } from '../message-of';
import { TaskEnded } from './tasks';

/**
 * Why a sandbox did not come up, in the wire's creation types. 422, because the SDKs read the type there and none of
 * them sends the request again, as they do after 503.
 */
export function bootFailure(error: unknown, limitMs: number): Failure {
  if (error instanceof TaskEnded) {
    return new Failure(422, 'Unschedulable', `${error.message} Start the sandbox again.`);
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new Failure(
      422,
      'Unschedulable',
      `The container engine did not start it within ${Math.round(limitMs / 1000)} s.`,
    );
  }
  if (!(error instanceof EngineError)) {
    return new Failure(422, 'SandboxConfig', `It could not be started: ${messageOf(error)}`);
  }
  switch (error.kind) {
    case 'not-found':
    case 'image-not-found':
      return new Failure(
        422,
        'ImagePull',
        "The snapshot's image is no longer in the container engine. Delete the snapshot and build it again.",
      );
    case 'disk-full':
      return new Failure(
        422,
        'Unschedulable',
        `The container engine's disk is full. Free some space there and start the sandbox again: ${error.message}`,
      );
    case 'engine-unreachable':
      return new Failure(422, 'Unschedulable', `The container engine does not answer: ${error.message}`);
    case 'conflict':
    case 'bad-reference':
    case 'no-credentials':
    case 'wrong-credentials':
    case 'registry-unreachable':
    case 'wrong-platform':
    case 'other':
      return new Failure(422, 'SandboxConfig', `The container engine did not start it: ${error.message}`);
  }
}
