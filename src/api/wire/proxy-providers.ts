import type { ProxySecret } from './proxy-config';

/** What all roles at a provider share. `workspace` by default, or `tag:<tag value id>`. */
interface Federated {
  subject_scope?: string | null;
}

/** Both keys, or a role. Credentials of a provider are never `plaintext`. */
export interface AwsProxyAuth extends Federated {
  access_key_id?: ProxySecret | null;
  secret_access_key?: ProxySecret | null;
  role_arn?: string | null;
  /** At most 50, with a role alone. */
  session_tags?: Record<string, string> | null;
}

/** A service account's key, or a provider of workload identities. */
export interface GcpProxyAuth extends Federated {
  service_account_json?: ProxySecret | null;
  scopes?: string[] | null;
  workload_identity_provider?: string | null;
  service_account_email?: string | null;
}

/** A storage account with a key or a SAS token, or an application of a tenant. */
export interface AzureProxyAuth extends Federated {
  storage_account?: string | null;
  account_key?: ProxySecret | null;
  sas_token?: ProxySecret | null;
  tenant_id?: string | null;
  client_id?: string | null;
  resources?: string[] | null;
}
