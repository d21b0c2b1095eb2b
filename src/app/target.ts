/** A LangSmith the user has a key for. Persisted; holds nothing secret. */
export interface Profile {
  /** As `parseEndpoint` gives it. */
  readonly endpoint: string;
  /** What the user called it at first, if not by its endpoint's usual name. Its key, and all that is kept, go by that. */
  readonly name?: string;
  /** What the user calls it since it was renamed. */
  readonly title?: string;
  /** Which of the workspaces that the key is good for; without it, the server takes the key's own. */
  readonly workspaceId?: string;
}

/** A LangSmith by a key that is stored. */
export interface StoredTarget extends Profile {
  readonly kind: 'langsmith';
  readonly source?: undefined;
}

/** A LangSmith by the environment's key, which is not stored. */
export interface EnvironmentTarget extends Profile {
  readonly kind: 'langsmith';
  readonly source: 'environment';
}

/** Where sandboxes live. */
export type Target = { readonly kind: 'local' } | StoredTarget | EnvironmentTarget;

export const cloudEndpoint = 'https://api.smith.langchain.com';
export const cloudEndpointEu = 'https://eu.api.smith.langchain.com';

export function isSameTarget(one: Target, other: Target): boolean {
  return (
    lastingName(one) === lastingName(other) &&
    isSamePlace(one, other) &&
    workspaceOf(one) === workspaceOf(other)
  );
}

export function workspaceOf(target: Target): string | undefined {
  return target.kind === 'local' ? undefined : target.workspaceId;
}

/** Whichever key leads there. */
export function isSamePlace(one: Target, other: Target): boolean {
  if (one.kind === 'local' || other.kind === 'local') return one.kind === other.kind;
  return one.endpoint === other.endpoint;
}

export function hasStoredKey(target: Target): target is StoredTarget {
  return target.kind === 'langsmith' && target.source === undefined;
}

/** The connection's name as it stands beside the views' names; product names are not translated. */
export function targetName(target: Target): string {
  if (target.kind === 'local') return localName;
  return target.source === 'environment'
    ? `${endpointName(target.endpoint)}${fromEnvironment}`
    : profileName(target);
}

/** The same one, called what its profile among the `known` is called since. */
export function titledTarget(target: Target, known: readonly Profile[]): Target {
  const profile = hasStoredKey(target) && known.find((each) => isSameProfile(each, target));
  return !profile || profile.title === target.title ? target : { ...target, title: profile.title };
}

/** Tells a connection from others to the same place, whatever it is called. */
export function lastingName(target: Target): string {
  return hasStoredKey(target) ? profileId(target) : targetName(target);
}

/** Whether both go by one key: see `Credentials`. */
export function isSameProfile(one: Profile, other: Profile): boolean {
  return one.endpoint === other.endpoint && profileId(one) === profileId(other);
}

/** Among the profiles of one endpoint. */
export function profileId({ endpoint, name }: Profile): string {
  return name ?? endpointName(endpoint);
}

export function profileName(profile: Profile): string {
  return profile.title ?? profileId(profile);
}

const localName = 'Local';
const fromEnvironment = ' (env)';
export const longestProfileName = 40;

/** Of connections, which go by their names. */
export type ProfileNameProblem = 'empty' | 'too-long' | 'reserved' | 'taken';

/** `known`: the profiles there are. One that leads to the same place may get another key, and nothing else. */
export function profileNameProblem(
  name: string,
  { endpoint, workspaceId }: Omit<Profile, 'name'>,
  known: readonly Profile[],
): ProfileNameProblem | undefined {
  const problem = unfitName(name);
  if (problem) return problem;
  const other = known.find((each) => profileName(each) === name);
  const isSame = !other || (other.endpoint === endpoint && other.workspaceId === workspaceId);
  return isSame ? undefined : 'taken';
}

/** As `profileNameProblem`, of another name for one of the `known`. */
export function newNameProblem(
  name: string,
  profile: Profile,
  known: readonly Profile[],
): ProfileNameProblem | undefined {
  const isTaken = known.some((other) => profileName(other) === name && !isSameProfile(other, profile));
  return unfitName(name) ?? (isTaken ? 'taken' : undefined);
}

function unfitName(name: string): ProfileNameProblem | undefined {
  if (name === '') return 'empty';
  if (name.length > longestProfileName) return 'too-long';
  return name === localName || name.endsWith(fromEnvironment) ? 'reserved' : undefined;
}

/**
 * The profile that is called `name` there: the one of the `known` that is, or a new one, which takes over nothing from
 * one that was once called so.
 */
export function profileCalled(
  name: string,
  { endpoint, workspaceId }: Omit<Profile, 'name' | 'title'>,
  known: readonly Profile[],
): Profile {
  const there = known.filter((each) => each.endpoint === endpoint);
  const same = there.find((each) => profileName(each) === name);
  if (same) return { ...same, workspaceId };
  const isFree = (id: string): boolean => there.every((each) => profileId(each) !== id);
  if (isFree(name)) return { endpoint, name, workspaceId };
  for (let number = 2; ; number++) {
    const id = `${name} ${number}`;
    if (isFree(id)) return { endpoint, name: id, title: name, workspaceId };
  }
}

/** The endpoint's usual name, or that with a number behind it where a profile has it. */
export function freeProfileName(endpoint: string, known: readonly Profile[]): string {
  const usual = endpointName(endpoint);
  const taken = new Set(known.map(profileName));
  for (let number = 1; ; number++) {
    const name = number === 1 ? usual : `${usual} ${number}`;
    if (!taken.has(name)) return name;
  }
}

export function endpointName(endpoint: string): string {
  switch (endpoint) {
    case cloudEndpoint:
      return 'LangSmith';
    case cloudEndpointEu:
      return 'LangSmith EU';
    default:
      return new URL(endpoint).host;
  }
}
