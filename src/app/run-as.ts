import type { RunConfig } from '../api/types';
import { pairsField, type Pairs } from './pairs';

/** How commands run unless they say otherwise. What is empty is left to what lies below: the image, or the snapshot. */
export interface RunAs {
  /** A name or a number of the image's, perhaps with a group: `app`, `1000:1000`. */
  user: string;
  workDir: string;
}

export const asBelow: Readonly<RunAs> = { user: '', workDir: '' };

/** As the engines take it. */
export function isUser(text: string): boolean {
  return /^[\w.][\w.-]*(:[\w.][\w.-]*)?$/.test(text);
}

export function isWorkDir(text: string): boolean {
  return text.startsWith('/') && !text.includes('\0');
}

/** As the wire has it: nothing when all is left open. */
export function runConfigField({ user, workDir }: RunAs, variables: Pairs): { run_config?: RunConfig } {
  const config = {
    ...(user === '' ? {} : { user }),
    ...(workDir === '' ? {} : { work_dir: workDir }),
    ...pairsField('env_vars', variables),
  };
  return Object.keys(config).length === 0 ? {} : { run_config: config };
}
