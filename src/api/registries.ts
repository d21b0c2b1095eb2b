import { allPages } from './all-pages';
import { readPage, type Page } from './pages';
import type { CallOptions, Transport } from './transport';
import type { CreateRegistryRequest, ListQuery, Registry, RegistryList } from './types';

export type RegistryListQuery = Pick<
  ListQuery,
  'page_size' | 'cursor' | 'limit' | 'offset' | 'name_contains'
>;

/** Newest first; 50 a page by `limit`. Passwords never come back. */
export async function listRegistries(
  transport: Transport,
  query: RegistryListQuery = {},
  options?: CallOptions,
): Promise<Page<Registry>> {
  const url = transport.url('registries');
  const list = await transport.json<RegistryList>({ method: 'GET', url, query }, options);
  return readPage(list, list.registries, query);
}

/** Every one, newest first; pages are read as they are needed. */
export function allRegistries(
  transport: Transport,
  query: RegistryListQuery = {},
  options?: CallOptions,
): AsyncGenerator<Registry, void> {
  const url = transport.url('registries');
  const read = (page: RegistryListQuery): Promise<RegistryList> =>
    transport.json({ method: 'GET', url, query: page }, options);
  return allPages(query, read, ({ registries }) => registries);
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
