import { readPage, type Page } from './pages';
import type { CallOptions, Transport } from './transport';
import type { CreateRegistryRequest, Registry, RegistryList } from './types';

/** Newest first; 50 a page by `limit`. Passwords never come back. */
export async function listRegistries(
  transport: Transport,
  query: { limit?: number; offset?: number; name_contains?: string } = {},
  options?: CallOptions,
): Promise<Page<Registry>> {
  const url = transport.url('registries');
  const list = await transport.json<RegistryList>({ method: 'GET', url, query }, options);
  return readPage(list, list.registries, query);
}

/** Refused with `conflict` when the name is taken. */
export function createRegistry(
  transport: Transport,
  body: CreateRegistryRequest,
  options?: CallOptions,
): Promise<Registry> {
  return transport.json({ method: 'POST', url: transport.url('registries'), json: body }, options);
}

export function getRegistry(transport: Transport, name: string, options?: CallOptions): Promise<Registry> {
  return transport.json({ method: 'GET', url: transport.url('registries', name) }, options);
}

/** Changes what is given; its id stays, and so do the snapshots that name it. */
export function updateRegistry(
  transport: Transport,
  name: string,
  changes: Partial<CreateRegistryRequest>,
  options?: CallOptions,
): Promise<Registry> {
  return transport.json({ method: 'PATCH', url: transport.url('registries', name), json: changes }, options);
}

export function deleteRegistry(transport: Transport, name: string, options?: CallOptions): Promise<void> {
  return transport.send({ method: 'DELETE', url: transport.url('registries', name) }, options);
}
