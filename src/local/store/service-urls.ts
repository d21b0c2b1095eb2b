import { z } from 'zod';
import type { Database } from './database';

const serviceUrlRow = z.object({
  seq: z.number(),
  box_id: z.string(),
  port: z.number(),
  embed_origins: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  created_at: z.string(),
  expires_at: z.string(),
});

/** A port that tokens were made for. Tokens themselves are not kept. */
export type ServiceUrlRecord = z.infer<typeof serviceUrlRow>;

export interface NewServiceUrl {
  box_id: string;
  port: number;
  embed_origins: string[];
  expires_at: string;
}

/** One row a port: it lists the token that lasts longest. */
export function recordServiceUrl(database: Database, url: NewServiceUrl): void {
  database.run(
    `INSERT INTO service_urls (box_id, port, embed_origins, created_at, expires_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (box_id, port) DO UPDATE SET
       embed_origins = excluded.embed_origins, expires_at = max(expires_at, excluded.expires_at)`,
    [url.box_id, url.port, JSON.stringify(url.embed_origins), new Date().toISOString(), url.expires_at],
  );
}

/** Those with a token that is still good, behind row `after`, in the order of their creation. */
export function listServiceUrls(
  database: Database,
  boxId: string,
  after: number,
  limit: number,
): ServiceUrlRecord[] {
  const rows = database.all(
    'SELECT * FROM service_urls WHERE box_id = ? AND seq > ? AND expires_at > ? ORDER BY seq LIMIT ?',
    [boxId, after, new Date().toISOString(), limit],
  );
  return rows.map((row) => serviceUrlRow.parse(row));
}

/** Of one port, or of all. */
export function deleteServiceUrls(database: Database, boxId: string, port?: number): void {
  if (port === undefined) database.run('DELETE FROM service_urls WHERE box_id = ?', [boxId]);
  else database.run('DELETE FROM service_urls WHERE box_id = ? AND port = ?', [boxId, port]);
}
