import { z } from 'zod';
import { optional } from './fields';

const mostOrigins = 5;
const mostSeconds = 86_400;

const origin = z
  .string()
  .refine(isEmbedOrigin, 'An origin of embed_origins is https://host[:port], or http://localhost[:port].')
  .transform((text) => new URL(text).origin);

const servicePort = z.int().min(1).max(65_535);

export const serviceUrlShape = z.object({
  port: servicePort,
  expires_in_seconds: optional(z.int().min(1).max(mostSeconds)),
  access: optional(z.enum(['restricted', 'workspace', 'off'])),
  embed_origins: optional(z.array(origin).max(mostOrigins)),
});

function isEmbedOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, origin: parsed } = new URL(text);
  const isLocal = protocol === 'http:' && (hostname === 'localhost' || hostname.endsWith('.localhost'));
  return (protocol === 'https:' || isLocal) && [parsed, `${parsed}/`].includes(text.toLowerCase());
}
