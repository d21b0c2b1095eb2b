import type { BoxRecord } from '../store/boxes';
import { allBoxes } from '../store/boxes';
import { countRows } from '../store/rows';
import type { Lifecycle } from './lifecycle';

/** As the wire has it: what is used of what there is. */
export interface Usage {
  sandboxes_used: number;
  /** Null: no limit but the machine's. */
  sandboxes_limit: number | null;
  sandbox_running_count: number;
  sandbox_stopped_count: number;
  sandbox_direct_count: number;
  sandbox_pool_replicas_count: number;
  cpu_used_millicores: number;
  cpu_limit_millicores: number;
  memory_used_bytes: number;
  memory_limit_bytes: number;
  snapshots_count: number;
  registries_count: number;
  templates_count: number;
  pools_count: number;
}

/**
 * Of CPU and memory, used is what running sandboxes were given as their limit, and the limit what the engine has: a
 * sandbox without a limit of its own is counted as none. Templates and pools are gone from the wire, their counts aren't.
 */
export function usageOf({ database, engine }: Pick<Lifecycle, 'database' | 'engine'>): Usage {
  const boxes = allBoxes(database);
  const running = boxes.filter(({ status }) => status === 'ready' || status === 'provisioning');
  const sum = (of: (box: BoxRecord) => number | null): number =>
    running.reduce((total, box) => total + (of(box) ?? 0), 0);
  return {
    sandboxes_used: boxes.length,
    sandboxes_limit: null,
    sandbox_running_count: running.length,
    sandbox_stopped_count: boxes.filter(({ status }) => status === 'stopped').length,
    sandbox_direct_count: boxes.length,
    sandbox_pool_replicas_count: 0,
    cpu_used_millicores: sum((box) => box.cpu_millicores),
    cpu_limit_millicores: engine.info.cpus * 1000,
    memory_used_bytes: sum((box) => box.mem_bytes),
    memory_limit_bytes: engine.info.memoryBytes,
    snapshots_count: countRows(database, 'snapshots'),
    registries_count: countRows(database, 'registries'),
    templates_count: 0,
    pools_count: 0,
  };
}
