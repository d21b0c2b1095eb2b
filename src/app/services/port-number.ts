const mostPort = 65_535;

/** A port as it is typed; undefined when it is none. */
export function portNumber(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= mostPort ? port : undefined;
}
