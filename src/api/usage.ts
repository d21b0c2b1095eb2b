import { allPages } from './all-pages';
import type { CallOptions, Transport } from './transport';
import type { ListEnvelope } from './types';
import type { CostItem, CostsQuery, Usage } from './wire/usage';

export function getUsage(transport: Transport, options?: CallOptions): Promise<Usage> {
  return transport.json({ method: 'GET', url: transport.url('usage') }, options);
}

/** Every amount in a time; pages are read as they are needed, and one without an item is not the end. */
export function allCosts(
  transport: Transport,
  query: CostsQuery,
  options?: CallOptions,
): AsyncGenerator<CostItem, void> {
  const url = transport.url('usage', 'costs');
  const read = (page: CostsQuery): Promise<ListEnvelope<CostItem>> =>
    transport.json({ method: 'GET', url, query: { ...page } }, options);
  return allPages(query, read, () => undefined);
}
