import type { AwsProxyAuth, AzureProxyAuth, GcpProxyAuth } from './proxy-providers';

/** What may leave a sandbox, and which credentials are put into it on the way. */
export interface ProxyConfig {
  rules?: ProxyRule[] | null;
  callbacks?: ProxyCallback[] | null;
  /** One of both lists. Patterns: `host`, `host:port`, `*.suffix`, `~regex`, an address or a CIDR. */
  access_control?: { allow_list?: string[] | null; deny_list?: string[] | null } | null;
  /** At most 1024 characters. */
  description?: string | null;
  /** Taken and ignored. */
  no_proxy?: string[] | null;
}

/** `opaque` is write-only: it comes back as `is_set` without a value. */
export interface ProxySecret {
  type: 'plaintext' | 'opaque' | 'workspace_secret';
  /** Of a `workspace_secret` a text with references, such as `Bearer {KEY}`. */
  value?: string | null;
  is_set?: boolean | null;
}

export interface ProxyHeader extends ProxySecret {
  name: string;
}

/** The first rule that matches wins. Without a type it puts headers in. */
export interface ProxyRule {
  name: string;
  /** Default true. */
  enabled?: boolean | null;
  /** `aws`, `gcp`, `azure` or `relay`. */
  type?: string | null;
  match_hosts?: string[] | null;
  /** Exact, `/prefix/*`, `/prefix/**`, `*` + `/suffix`, or `*`; none: every path. */
  match_paths?: string[] | null;
  /** `name: value`, the name in lowercase. */
  match_headers?: string[] | null;
  headers?: ProxyHeader[] | null;
  /** For every command, while the rule is enabled. */
  env_vars?: Record<string, string> | null;
  description?: string | null;
  /** `host` or `sandbox`. */
  rewrite?: {
    port: number;
    host?: string | null;
    sandbox?: string | null;
    credentials?: 'strip' | 'redact' | 'keep' | null;
  } | null;
  relay_id?: string | null;
  aws?: AwsProxyAuth | null;
  gcp?: GcpProxyAuth | null;
  azure?: AzureProxyAuth | null;
}

export interface ProxyCallback {
  match_hosts: string[];
  url: string;
  /** 60 to 3600. */
  ttl_seconds: number;
  request_headers?: ProxyHeader[] | null;
  full_request?: boolean | null;
}
