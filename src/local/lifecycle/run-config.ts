import type { RunConfig } from '../../api/types';
import type { StoredRunConfig } from '../store/shapes';

export const emptyRunConfig: StoredRunConfig = { user: '', work_dir: '', env_vars: {} };

/** `upper` above `lower`: user and work_dir replace where they are given, env_vars merge by key. */
export function overlay(lower: StoredRunConfig, upper: RunConfig | null | undefined): StoredRunConfig {
  return {
    user: upper?.user || lower.user,
    work_dir: upper?.work_dir || lower.work_dir,
    env_vars: { ...lower.env_vars, ...upper?.env_vars },
  };
}
