import { allPages } from './all-pages';
import { onePage, type Page } from './pages';
import type { CallOptions, Transport } from './transport';
import type { CreateRegistryRequest, ListQuery, Registry, RegistryList } from './types';

export type RegistryListQuery = Pick<
  ListQuery,
  'page_size' | 'cursor' | 'limit' | 'offset' | 'name_contains'
>;

/** Newest first; 50 a page by `limit`. Passwords never come back. */
export function listRegistries(
  transport: Transport,
  query: Omit<RegistryListQuery, 'cursor'> = {},
  options?: CallOptions,
): Promise<Page<Registry>> {
  return onePage(query, reader(transport, options), ({ registries }) => registries, options);
}

/** Every one, newest first; pages are read as they are needed. */
export function allRegistries(
  transport: Transport,
  query: RegistryListQuery = {},
  options?: CallOptions,
): AsyncGenerator<Registry, void> {
  return allPages(query, reader(transport, options), ({ registries }) => registries);
}

function reader(
  transport: Transport,
  options?: CallOptions,
): (query: RegistryListQuery) => Promise<RegistryList> {
  const url = transport.url('registries');
  return (query) => transport.json({ method: 'GET', url, query: { ...query } }, options);
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
