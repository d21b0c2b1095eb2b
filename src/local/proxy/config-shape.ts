import { z } from 'zod';
import { description, optional } from '../routes/fields';
import { hostPattern, ruleShape } from './rule-shape';
import { callbackHeader } from './secret-shape';

const accessControl = z
  .strictObject({
    allow_list: optional(z.array(hostPattern)),
    deny_list: optional(z.array(hostPattern)),
  })
  .refine(({ allow_list, deny_list }) => !allow_list?.length || !deny_list?.length, {
    path: ['allow_list'],
    error: 'access_control has allow_list or deny_list, not both.',
  });

const callback = z.strictObject({
  match_hosts: z.array(hostPattern).min(1),
  /** ASSUMED: http too. */
  url: z.url({ protocol: /^https?$/, error: 'url of a callback must be an absolute URL of http or https.' }),
  ttl_seconds: z.int().min(60).max(3600),
  request_headers: optional(z.array(callbackHeader)),
  full_request: optional(z.boolean()),
});

const rules = z.array(ruleShape).superRefine((all, context) => {
  const providers = new Set<string>();
  for (const [index, { type }] of all.entries()) {
    if (type === undefined || type === 'relay') continue;
    if (providers.has(type)) {
      const message = `rules may have one rule of the type ${type}. Leave the others out.`;
      context.addIssue({ code: 'custom', path: [index, 'type'], message });
    }
    providers.add(type);
  }
});

/**
 * A proxy_config as it may be asked for. ASSUMED: a field that is not known is refused, since to leave it out in
 * silence could take a protection away.
 */
export const proxyConfigShape = z.strictObject({
  rules: optional(rules),
  callbacks: optional(z.array(callback)),
  access_control: optional(accessControl),
  description: optional(description),
  no_proxy: optional(z.array(z.string())),
});

export type AskedProxyConfig = z.infer<typeof proxyConfigShape>;
