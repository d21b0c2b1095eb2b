import type { RegistryAuth } from '../engine/engine';
import { Failure, invalidField, invalidRequest } from '../failure';
import { dockerHub, parseImageReference, type ImageReference } from '../image-reference';
import { registryHost } from '../registry-url';
import type { Database } from '../store/database';
import { findRegistry, type RegistryRecord } from '../store/registries';
import { unseal } from '../store/seal';

export interface ImageSource {
  /** What to pull. */
  reference: ImageReference;
  /** Whose credentials to use. */
  registry?: RegistryRecord;
}

/**
 * Where an image comes from. With a registry, a name without a host is looked up there, and a name with another
 * host is refused: credentials go to their own registry only. Throws Failure.
 */
export function imageSource(
  database: Database,
  dockerImage: string,
  registryId: string | undefined,
): ImageSource {
  const typed = parseImageReference(dockerImage);
  if (!typed) throw notAnImage(dockerImage);
  if (registryId === undefined) return { reference: typed };
  const registry = findRegistry(database, registryId);
  if (!registry)
    throw invalidRequest(`There is no registry ${registryId} here. Create it, or leave registry_id out.`);
  const host = registryHost(registry.url);
  if (typed.hasHost || host === dockerHub) {
    if (typed.host !== host) {
      throw invalidRequest(
        `The image ${dockerImage} is on ${typed.host}; registry ${registry.name} is ${host}.`,
      );
    }
    return { reference: typed, registry };
  }
  const reference = parseImageReference(`${registry.url}/${dockerImage}`);
  if (!reference) throw notAnImage(dockerImage);
  return { reference, registry };
}

/** Undefined for a registry without credentials. Throws Failure when the stored password can't be opened. */
export function registryAuth(registry: RegistryRecord, sealKey: Uint8Array): RegistryAuth | undefined {
  if (registry.username === null || registry.sealed_password === null) return undefined;
  const password = unseal(sealKey, registry.id, registry.sealed_password);
  if (!password) {
    throw new Failure(
      400,
      'ImagePull',
      `The stored password of registry ${registry.name} can't be opened with this server's key. Enter it again.`,
    );
  }
  return { serverAddress: registryHost(registry.url), username: registry.username, password };
}

function notAnImage(text: string): Failure {
  return invalidField(
    'docker_image',
    `"${text}" is not an image name such as "python:3.13" or "host:5000/team/app".`,
  );
}
