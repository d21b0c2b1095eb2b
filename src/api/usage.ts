import { allPages } from './all-pages';
import type { CallOptions, Transport } from './transport';
import type { ListEnvelope } from './types';
import type { CostItem, CostsQuery, Usage } from './wire/usage';

export function getUsage(transport: Transport, options?: CallOptions): Promise<Usage> {
  return transport.json({ method: 'GET', url: transport.url('usage') }, options);
}

/**
 * One page of amounts, with all that the server says beside them: what `include_totals` and `include_daily` add has no
 * name that is documented.
 */
export function getCosts(
  transport: Transport,
  query: CostsQuery,
  options?: CallOptions,
): Promise<ListEnvelope<CostItem> & Record<string, unknown>> {
  const url = transport.url('usage', 'costs');
  return transport.json({ method: 'GET', url, query: { ...query } }, options);
}

/** Every amount in a time; pages are read as they are needed, and one without an item is not the end. */
export function allCosts(
  transport: Transport,
  query: CostsQuery,
  options?: CallOptions,
): AsyncGenerator<CostItem, void> {
  const read = (page: CostsQuery): Promise<ListEnvelope<CostItem>> => getCosts(transport, page, options);
  return allPages(query, read, () => undefined);
}
