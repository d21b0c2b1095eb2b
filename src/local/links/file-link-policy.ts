/** Origins that a served file may load from, by the wire's names. */
const bundles = {
  cdnjs: ['https://cdnjs.cloudflare.com'],
  'google-fonts': ['https://fonts.googleapis.com', 'https://fonts.gstatic.com'],
  jsdelivr: ['https://cdn.jsdelivr.net'],
  unpkg: ['https://unpkg.com'],
  none: [],
  any: ['https:'],
} as const satisfies Record<string, readonly string[]>;

export type SourceBundle = keyof typeof bundles;
export const sourceBundles = Object.keys(bundles) as [SourceBundle, ...SourceBundle[]];

export const sandboxFlags = [
  'allow-downloads',
  'allow-forms',
  'allow-modals',
  'allow-orientation-lock',
  'allow-pointer-lock',
  'allow-popups',
  'allow-presentation',
  'allow-scripts',
  'allow-top-navigation-by-user-activation',
  'allow-same-origin',
] as const;

export interface PolicyRequest {
  /** Without it the page acts as any page of its host. */
  isSandboxed: boolean;
  flags: readonly string[];
  /** Absent: the file may load from anywhere it likes. ASSUMED: the wire doesn't say what the default is. */
  sources?: readonly SourceBundle[];
}

/** The Content-Security-Policy a file is served under; empty for none. */
export function fileLinkPolicy({ isSandboxed, flags, sources }: PolicyRequest): string {
  const directives = isSandboxed ? [['sandbox', ...flags].join(' ')] : [];
  if (sources) {
    const origins = sources.flatMap((name) => [...bundles[name]]);
    directives.push(["default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:", ...origins].join(' '));
  }
  return directives.join('; ');
}
