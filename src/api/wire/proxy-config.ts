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
export interface ProxyHeader {
  name: string;
  type: 'plaintext' | 'opaque' | 'workspace_secret';
  value?: string | null;
  is_set?: boolean | null;
}

/** The first rule that matches wins. Without a type it puts headers in. */
export interface ProxyRule {
  name: string;
  enabled?: boolean | null;
  type?: string | null;
  match_hosts?: string[] | null;
  match_paths?: string[] | null;
  /** `name: value`, the name in lowercase. */
  match_headers?: string[] | null;
  headers?: ProxyHeader[] | null;
  /** For every command, while the rule is enabled. */
  env_vars?: Record<string, string> | null;
  description?: string | null;
  rewrite?: {
    port: number;
    host?: string;
    sandbox?: string;
    credentials?: 'strip' | 'redact' | 'keep';
  } | null;
  relay_id?: string | null;
  aws?: unknown;
  gcp?: unknown;
  azure?: unknown;
}

export interface ProxyCallback {
  match_hosts: string[];
  url: string;
  /** 60 to 3600. */
  ttl_seconds: number;
  request_headers?: ProxyHeader[] | null;
  full_request?: boolean | null;
}
