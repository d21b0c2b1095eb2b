import type { FileLink } from './file-link';

/** Everything after it is a token. */
export const fileLinkPath = '/downloads/';

const hostPattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})--dl\.localhost(?::\d+)?$/i;

/**
 * A page that isn't shut into a sandbox of its own could act as its host, so it gets one: `<sandbox id>--dl.localhost`.
 * Everything else is inert, and stands on the server's own address, which every program can resolve.
 */
export function fileLinkUrl(
  endpoint: string,
  link: Pick<FileLink, 'boxId' | 'policy'>,
  token: string,
): string {
  const origin = needsOwnHost(link)
    ? `http://${link.boxId}--dl.localhost:${new URL(endpoint).port}`
    : endpoint;
  return `${origin}${fileLinkPath}${token}`;
}

/** The sandbox that a host of its own is for. */
export function boxOfFileHost(host: string): string | undefined {
  return hostPattern.exec(host)?.[1]?.toLowerCase();
}

export function needsOwnHost({ policy }: Pick<FileLink, 'policy'>): boolean {
  return !/^sandbox(?:;|$| )/.test(policy) || policy.includes(' allow-same-origin');
}
