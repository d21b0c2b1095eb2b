/** Whom the service lets in without a token: nobody, who may see the sandbox, everybody of the workspace. `off` ends that. */
export type ServiceAccessMode = 'restricted' | 'workspace' | 'off';

export interface ServiceUrlRequest {
  /** 1 to 65535. */
  port: number;
  /** 1 to 86400, default 600. Not together with `access`. */
  expires_in_seconds?: number;
  access?: ServiceAccessMode;
  /** At most 5 of `https://host[:port]`; http for localhost alone. */
  embed_origins?: string[];
}

/** Without `access`: whoever has the token is let in until it expires. */
export interface TokenServiceUrl {
  token: string;
  service_url: string;
  /** Sets a cookie and goes on to the service. */
  browser_url: string;
  embed_url?: string | null;
  expires_at: string;
  embed_origins?: string[] | null;
}

/** With `access`: it lasts, and people log in. */
export interface LoginServiceUrl {
  access: ServiceAccessMode;
  browser_url?: string | null;
  service_url?: string | null;
  embed_origins?: string[] | null;
}

export interface ServiceUrlItem {
  port: number;
  access: 'token' | 'restricted' | 'workspace';
  created_at: string;
  created_by?: string | null;
  /** Of `token` alone. */
  expires_at?: string | null;
  embed_origins?: string[] | null;
}

export interface DownloadUrlRequest {
  path: string;
  /** At least 1; it never ends when absent. */
  expires_in_seconds?: number;
  /** Told from the file's name when absent. */
  content_type?: string;
  /** Default `attachment`. */
  content_disposition?: 'attachment' | 'inline';
  csp_sandbox?: boolean;
  csp_sandbox_flags?: string[];
  csp_source_bundles?: ('cdnjs' | 'google-fonts' | 'jsdelivr' | 'unpkg' | 'none' | 'any')[];
}

export interface DownloadUrl {
  download_url: string;
  token: string;
  expires_at?: string | null;
}
