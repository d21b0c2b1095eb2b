/** One line an event. Lines hold no header, no body, no query and no secret. */
export interface Log {
  info(line: string): void;
  error(line: string): void;
}

/** Writes to standard error: standard output belongs to the one line of the contract. */
export function standardErrorLog(): Log {
  const write = (level: string, line: string): void => {
    process.stderr.write(`${new Date().toISOString()} ${level} ${line.replace(/\s*[\r\n]+\s*/g, ' ')}\n`);
  };
  return { info: (line) => write('info', line), error: (line) => write('error', line) };
}
