/** The engine's form of an environment: `NAME=value` each. */
export function envList(env: Record<string, string>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

/** A name without `=` counts as empty. */
export function envRecord(list: string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((entry) => {
      const [name = '', ...value] = entry.split('=');
      return [name, value.join('=')];
    }),
  );
}
