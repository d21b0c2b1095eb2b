const started = Date.now();

/**
 * Tells a person which step is running. On stderr: stdout belongs to results.
 * @param {string} step one short line
 */
export function say(step) {
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stderr.write(`[${String(seconds).padStart(3)} s] ${step}\n`);
}

/** A set-up that can't go on, with a sentence that says what to do. Printed without its stack. */
export class SetupError extends Error {
  name = 'SetupError';
}

/**
 * The whole life of a command-line script: its failure is printed and becomes exit code 1.
 * @param {() => Promise<number | void>} main resolves to the exit code, 0 if it gives none
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
