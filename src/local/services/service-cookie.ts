const cookieName = 'langsmith-sandbox-service';

/** The token in a request's Cookie header, where there is one. */
export function tokenOfCookie(header: string | undefined): string | undefined {
  const pair = pairs(header).find((each) => each.startsWith(`${cookieName}=`));
  return pair?.slice(cookieName.length + 1);
}

/** The Cookie header without the token, as the service may see it; undefined when nothing is left. */
export function withoutToken(header: string): string | undefined {
  const left = pairs(header).filter((each) => !each.startsWith(`${cookieName}=`));
  return left.length > 0 ? left.join('; ') : undefined;
}

/**
 * `seconds` until it expires. In a frame on a page of another site, browsers send only cookies that are marked so, and
 * Partitioned keeps this one to that page; they take Secure for names below localhost.
 */
export function tokenCookie(token: string, seconds: number, isFramed: boolean): string {
  const scope = isFramed ? 'SameSite=None; Secure; Partitioned' : 'SameSite=Lax';
  return `${cookieName}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; ${scope}`;
}

function pairs(header: string | undefined): string[] {
  return (header ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
