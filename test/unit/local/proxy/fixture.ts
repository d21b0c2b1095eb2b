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

/** Parts of configs that are right. */
export const opaque = { type: 'opaque', value: 'x' };
export const key = { access_key_id: opaque, secret_access_key: opaque };
export const tenant = {
  tenant_id: '0d1ccb2b-9fd3-4c8e-8a5c-0a52e3d0a7f4',
  client_id: '0d1ccb2b-9fd3-4c8e-8a5c-0a52e3d0a7f4',
};
export const pool = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q';
export const rules = (...all: object[]) => ({
  rules: all.map((rule, index) => ({ name: `rule ${index}`, ...rule })),
});
export const tags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`team/${index}`, 'a b']));
