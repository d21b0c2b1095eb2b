import {
  isSameProfile,
  lastingName,
  profileId,
  profileName,
  workspaceOf,
  type Profile,
  type Target,
} from './target';

/** Tells a connection from all others, also after the window was reloaded, and whatever it is called. */
export function targetId(target: Target): string {
  const endpoint = target.kind === 'local' ? '' : target.endpoint;
  return JSON.stringify([target.kind, endpoint, lastingName(target), workspaceOf(target) ?? '']);
}

/** `id` may be a lasting name alone, as it was kept before. */
export function isTargetOf(id: string, target: Target): boolean {
  return targetId(target) === id || lastingName(target) === id;
}

/** What the connection is called by now; as it was at first when it is none of the `known`. */
export function targetNameOf(id: string, known: readonly Profile[]): string {
  const parts = partsOf(id);
  if (!parts) return profileNamed(known.filter((each) => profileId(each) === id)) ?? id;
  const { endpoint, name } = parts;
  return profileNamed(known.filter((each) => isSameProfile(each, { endpoint, name }))) ?? name;
}

/** Of the only one that it can be. */
function profileNamed(profiles: readonly Profile[]): string | undefined {
  const [only, other] = profiles;
  return only && !other ? profileName(only) : undefined;
}

function partsOf(id: string): { endpoint: string; name: string } | undefined {
  try {
    const [, endpoint, name] = JSON.parse(id) as unknown[];
    return typeof endpoint === 'string' && typeof name === 'string' ? { endpoint, name } : undefined;
  } catch {
    // A lasting name.
    return undefined;
  }
}
