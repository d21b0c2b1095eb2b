import type { RunConfig } from '../../api/types';
import type { BoxRecord } from '../store/boxes';
import { ruleVariables } from '../proxy/rule-variables';
import { findSnapshot } from '../store/snapshots';
import type { Lifecycle } from './lifecycle';
import { emptyRunConfig, overlay } from './run-config';
import type { StoredRunConfig } from '../store/shapes';

/**
 * What a command runs with: snapshot, proxy rules, box, the box's env_vars, and the command's own on top. ASSUMED: rules
 * stand below all that the sandbox was given for itself, its run_config too.
 */
export function commandConfig(
  { database }: Pick<Lifecycle, 'database'>,
  box: BoxRecord,
  own?: RunConfig | null,
): StoredRunConfig {
  const ofSnapshot = findSnapshot(database, box.snapshot_id)?.run_config ?? emptyRunConfig;
  const ofRules = overlay(ofSnapshot, { env_vars: ruleVariables(box.proxy_config) });
  const ofBox = overlay(overlay(ofRules, box.run_config), { env_vars: box.env_vars });
  const merged = overlay(ofBox, own);
  return { ...merged, work_dir: merged.work_dir || '/' };
}
