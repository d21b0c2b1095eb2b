/** A LangSmith the user has a key for. Persisted; holds nothing secret. */
export interface Profile {
  /** As `parseEndpoint` gives it. */
  readonly endpoint: string;
  /** What the user calls it, if not by its endpoint's usual name. */
  readonly name?: string;
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
    targetName(one) === targetName(other) &&
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

/** Whether both go by one key: see `Credentials`. */
export function isSameProfile(one: Profile, other: Profile): boolean {
  return one.endpoint === other.endpoint && profileName(one) === profileName(other);
}

export function profileName({ endpoint, name }: Profile): string {
  return name ?? endpointName(endpoint);
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
  if (name === '') return 'empty';
  if (name.length > longestProfileName) return 'too-long';
  if (name === localName || name.endsWith(fromEnvironment)) return 'reserved';
  const other = known.find((each) => profileName(each) === name);
  const isSame = !other || (other.endpoint === endpoint && other.workspaceId === workspaceId);
  return isSame ? undefined : 'taken';
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
