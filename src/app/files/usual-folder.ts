import type { Box } from '../../api/types';
import type { Inventory } from '../inventory';

const home = '/root';

/** Where work in a sandbox begins: as its run configuration says, or its snapshot's; else the home of the usual user. */
export function usualFolder({ snapshots }: Pick<Inventory, 'snapshots'>, box: Box): string {
  const snapshot = snapshots.find(box.snapshot_id ?? '');
  return box.run_config?.work_dir || snapshot?.run_config?.work_dir || home;
}
