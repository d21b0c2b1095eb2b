import { randomBytes } from 'node:crypto';

/**
 * Every command bears this variable: the server's run and its own pid. So a later server knows which processes an
 * earlier one left, while what a command started in the background, which inherits the variable, has another pid.
 */
export const markName = 'LANGSMITH_SANDBOX_COMMAND';

/** Of this process, from its start to its end. */
export const serverRun = randomBytes(8).toString('hex');
