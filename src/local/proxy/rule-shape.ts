import { z } from 'zod';
import { description, envVars, optional } from '../routes/fields';
import { hostPatternRule, isHost, isHostPattern } from './host-pattern';
import { awsAuth, azureAuth, gcpAuth } from './provider-shapes';
import { proxyHeader } from './secret-shape';

export const hostPattern = z.string().refine(isHostPattern, hostPatternRule);

const pathPattern = z
  .string()
  .regex(
    /^(?:\*|\*\/[^*]*|\/[^*]*|(?:\/[^*]*)?\/\*\*?)$/,
    'A path of match_paths is exact, /prefix/*, /prefix/**, */suffix or *. A star in its middle means nothing.',
  );

const headerMatch = z
  .string()
  .regex(
    /^[!#$%&'*+.^_`|~0-9a-z-]+: [^\r\n\0]*$/,
    'An entry of match_headers is "name: value", the name in lowercase.',
  );

const rewrite = z
  .strictObject({
    port: z.int().min(1).max(65_535),
    host: optional(z.string().refine(isHost, 'host of rewrite is the name of a host, without a port.')),
    sandbox: optional(z.string().min(1)),
    credentials: optional(z.enum(['strip', 'redact', 'keep'])),
  })
  .refine(({ host, sandbox }) => !host !== !sandbox, 'rewrite has host, or else sandbox.');

const fields = {
  name: z.string().regex(/\S/, 'name of a rule must not be blank.'),
  enabled: optional(z.boolean()),
  type: optional(z.enum(['aws', 'gcp', 'azure', 'relay'])),
  match_hosts: optional(z.array(hostPattern)),
  match_paths: optional(z.array(pathPattern)),
  match_headers: optional(z.array(headerMatch)),
  headers: optional(z.array(proxyHeader)),
  env_vars: optional(envVars),
  description: optional(description),
  rewrite: optional(rewrite),
  relay_id: optional(z.string().min(1)),
  aws: optional(awsAuth),
  gcp: optional(gcpAuth),
  azure: optional(azureAuth),
};

type Field = keyof typeof fields;
type Kind = 'headers' | 'aws' | 'gcp' | 'azure' | 'relay';

const ofEvery: Field[] = ['name', 'enabled', 'type', 'env_vars', 'description'];
/** ASSUMED for `match_headers` and `headers` of a provider or a relay, by what the wire says of `match_paths`. */
const ofKind: Record<Kind, { may: Field[]; must: Field[] }> = {
  headers: { may: ['match_hosts', 'match_paths', 'match_headers', 'headers', 'rewrite'], must: [] },
  aws: { may: ['match_hosts'], must: ['aws'] },
  gcp: { may: ['match_hosts'], must: ['gcp'] },
  azure: { may: [], must: ['azure'] },
  relay: { may: [], must: ['relay_id', 'match_hosts'] },
};

/** One rule; what stands in it goes with its kind. Empty lists count as left out. */
export const ruleShape = z.strictObject(fields).superRefine((rule, context) => {
  const { may, must } = ofKind[rule.type ?? 'headers'];
  const which = rule.type === undefined ? 'A rule without a type' : `A rule of the type ${rule.type}`;
  const complain = (field: Field, message: string): void =>
    context.addIssue({ code: 'custom', path: [field], message });
  for (const field of Object.keys(fields) as Field[]) {
    if (must.includes(field) && isLeftOut(rule[field])) complain(field, `${which} needs ${field}.`);
    if ([...ofEvery, ...may, ...must].includes(field) || isLeftOut(rule[field])) continue;
    complain(field, `${which} can not have ${field}. Leave it out.`);
  }
});

export type AskedRule = z.infer<typeof ruleShape>;

function isLeftOut(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
