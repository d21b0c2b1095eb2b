import { z } from 'zod';
import { optional } from '../routes/fields';
import { credential } from './secret-shape';

const mostTags = 50;
const poolProvider =
  /^\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\/[^/]+\/providers\/[^/]+$/;
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const azureResources = [
  'https://storage.azure.com',
  'https://vault.azure.net',
  'https://management.azure.com',
  'https://cognitiveservices.azure.com',
] as const;

/** Empty counts as left out. */
const emptyOr = (pattern: RegExp, rule: string) =>
  optional(z.string().refine((value) => value === '' || pattern.test(value), rule)).transform(
    (value) => value || undefined,
  );
const text = (field: string) => emptyOr(/\S/, `${field} must not be blank.`);
const subjectScope = emptyOr(
  /^(?:workspace|tag:.+)$/,
  'subject_scope is "workspace", or "tag:" and the id of a tag value.',
);

const sessionTags = z
  .record(z.string(), z.string())
  .refine(
    (tags) => Object.keys(tags).length <= mostTags,
    `session_tags may have at most ${mostTags} entries.`,
  )
  .refine(
    (tags) =>
      Object.entries(tags).every(
        ([key, value]) =>
          /^(?!aws:|langsmith:)[\p{L}\p{N} _.:=+@/-]{1,128}$/u.test(key) &&
          /^[\p{L}\p{N} _.:=+@-]{1,256}$/u.test(value),
      ),
    'A session tag has a key of 1 to 128 and a value of 1 to 256 letters, digits, spaces or _.:=+-@. ' +
      'Keys under aws: and langsmith: are reserved.',
  );

/** Two keys, or a role that LangSmith assumes. */
export const awsAuth = z
  .strictObject({
    access_key_id: optional(credential),
    secret_access_key: optional(credential),
    role_arn: text('role_arn'),
    session_tags: optional(sessionTags),
    subject_scope: subjectScope,
  })
  .refine(
    ({ access_key_id, secret_access_key, role_arn }) =>
      role_arn === undefined ? access_key_id && secret_access_key : !access_key_id && !secret_access_key,
    'aws has access_key_id and secret_access_key, or else role_arn.',
  )
  .refine(
    ({ role_arn, session_tags, subject_scope }) => role_arn || (!session_tags && !subject_scope),
    'session_tags and subject_scope go with role_arn alone.',
  );

/** A key, or an identity that LangSmith vouches for. */
export const gcpAuth = z
  .strictObject({
    service_account_json: optional(credential),
    scopes: optional(z.array(z.string().min(1))),
    workload_identity_provider: emptyOr(
      poolProvider,
      'workload_identity_provider must be the whole name of the resource, from //iam.googleapis.com/projects/ on.',
    ),
    service_account_email: text('service_account_email'),
    subject_scope: subjectScope,
  })
  .refine(
    (auth) => !auth.service_account_json !== !auth.workload_identity_provider,
    'gcp has service_account_json, or else workload_identity_provider.',
  )
  .refine(
    (auth) => auth.workload_identity_provider || (!auth.service_account_email && !auth.subject_scope),
    'service_account_email and subject_scope go with workload_identity_provider alone.',
  );

/** A key of a storage account, or an identity that LangSmith vouches for. */
export const azureAuth = z
  .strictObject({
    storage_account: text('storage_account'),
    account_key: optional(credential),
    sas_token: optional(credential),
    tenant_id: emptyOr(guid, 'tenant_id must be a GUID.'),
    client_id: emptyOr(guid, 'client_id must be a GUID.'),
    resources: optional(z.array(z.enum(azureResources))),
    subject_scope: subjectScope,
  })
  .refine(({ storage_account, account_key, sas_token, tenant_id, client_id }) => {
    if (tenant_id) return client_id && !storage_account && !account_key && !sas_token;
    return storage_account && !account_key !== !sas_token && !client_id;
  }, 'azure has storage_account with one of account_key and sas_token, or else tenant_id with client_id.')
  .refine(
    ({ tenant_id, resources, subject_scope }) => tenant_id || (!resources && !subject_scope),
    'resources and subject_scope go with tenant_id alone.',
  );
