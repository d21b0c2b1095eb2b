import { sentenceOf } from '../../../../src/local/issue-sentence';
import { proxyConfigShape, type AskedProxyConfig } from '../../../../src/local/proxy/config-shape';

/** What a request would be told of this config; nothing when it is taken. */
export function complaintsAbout(config: unknown): string[] {
  const parsed = proxyConfigShape.safeParse(config, { error: sentenceOf });
  return parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}

export function asked(config: unknown): AskedProxyConfig {
  return proxyConfigShape.parse(config);
}
