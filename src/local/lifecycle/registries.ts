import { randomUUID } from 'node:crypto';
import type { Secret } from '../../api/secret';
import { conflict, notFound } from '../failure';
import {
  findRegistry,
  insertRegistry,
  updateRegistry,
  type NewRegistry,
  type RegistryChanges,
  type RegistryRecord,
} from '../store/registries';
import { seal } from '../store/seal';
import type { Lifecycle } from './lifecycle';

type Registries = Pick<Lifecycle, 'database' | 'sealKey'>;

export interface RegistryFields {
  name: string;
  /** Normalised: see normaliseRegistryUrl. */
  url: string;
  username?: string;
  password?: Secret;
}

/** Throws 409 for a name that is taken. */
export function createRegistry({ database, sealKey }: Registries, fields: RegistryFields): RegistryRecord {
  refuseTakenName(findRegistry(database, fields.name));
  const id = randomUUID();
  const registry: NewRegistry = {
    id,
    name: fields.name,
    url: fields.url,
    username: fields.username ?? null,
    sealed_password: fields.password ? seal(sealKey, id, fields.password) : null,
  };
  return insertRegistry(database, registry);
}

/** Changes what is given. Throws 404, and 409 for a name that is taken. */
export function patchRegistry(
  { database, sealKey }: Registries,
  idOrName: string,
  { password, ...fields }: Partial<RegistryFields>,
): RegistryRecord {
  const registry = getRegistry({ database }, idOrName);
  const holder = fields.name === undefined ? undefined : findRegistry(database, fields.name);
  if (holder?.id !== registry.id) refuseTakenName(holder);
  const sealed: RegistryChanges = password ? { sealed_password: seal(sealKey, registry.id, password) } : {};
  updateRegistry(database, registry.id, { ...fields, ...sealed });
  return getRegistry({ database }, registry.id);
}

/** By id or name. Throws 404. */
export function getRegistry({ database }: Pick<Lifecycle, 'database'>, idOrName: string): RegistryRecord {
  const registry = findRegistry(database, idOrName);
  if (!registry) throw notFound('registry', idOrName);
  return registry;
}

function refuseTakenName(holder: RegistryRecord | undefined): void {
  if (holder) throw conflict(`There is already a registry ${holder.name}. Choose another name.`);
}
