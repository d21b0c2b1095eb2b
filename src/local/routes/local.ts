import type { Router, RouterDependencies } from '../router';
import { within } from '../abort';
import { anyRepository } from '../lifecycle/engine-names';
import { leaseStream } from '../lease-stream';
import { onPath } from './methods';

const root = '/local/v1';
const listLimitMs = 15_000;

/** What our own extension asks, besides the wire. */
export function localRoutes(
  router: Router,
  { lifecycle, leases, closing, version }: RouterDependencies,
): void {
  const { engine } = lifecycle;
  onPath(router, `${root}/about`, {
    GET: (context) => {
      const { product, version: engineVersion, url } = engine.info;
      return context.json({ version, engine: { product, version: engineVersion, url } });
    },
  });
  onPath(router, `${root}/images`, {
    GET: async (context) => {
      const signal = within(listLimitMs, context.get('signal'));
      const images = await engine.listImages(signal);
      const items = images.flatMap(({ references, sizeBytes, createdAt }) =>
        references
          .filter((reference) => !reference.startsWith(anyRepository))
          .map((reference) => ({
            reference,
            size_bytes: sizeBytes,
            created_at: createdAt.toISOString(),
          })),
      );
      return context.json({ items });
    },
  });
  onPath(router, `${root}/lease`, {
    GET: ({ req }) => {
      const headers = { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' };
      if (req.method === 'HEAD') return new Response(null, { headers }); // Nobody would end its lease.
      return new Response(leaseStream(leases, AbortSignal.any([req.raw.signal, closing])), { headers });
    },
  });
}
