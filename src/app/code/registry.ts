import { registryName } from '../operations/registries';
import type { Making } from './making';

/** The environment variable in which a program finds the password of a private registry. */
export const passwordVariable = 'REGISTRY_PASSWORD';

export interface RegistryFields {
  readonly name: string;
  readonly url: string;
  readonly username: string;
}

/** What the program registers first, beside the password; undefined when there is nothing to register. */
export function registryOf(making: Making): RegistryFields | undefined {
  if (making.kind !== 'build' || !making.credentials) return undefined;
  const { host, username } = making.credentials;
  return { name: registryName(host), url: host, username };
}
