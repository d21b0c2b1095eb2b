import type { CreateBoxRequest, Snapshot } from '../../api/types';
import type { CreateSizes } from '../../app/memory';
import { pairsField, type Pairs } from '../../app/pairs';
import { asBelow, runConfigField, type RunAs } from '../../app/run-as';
import { gigabyte, memoryFor } from '../../app/quantities';
import { memoryBoundsFor } from '../../api/wire/memory-per-cpu';

/** The answers of a create flow. What is undefined is left to the server. */
export interface CreateDraft extends RunAs {
  name: string;
  cpus: number | undefined;
  memoryGb: number | undefined;
  /** 0 is never. */
  idleSeconds: number | undefined;
  /** 0 is never. */
  stoppedSeconds: number | undefined;
  variables: Pairs;
  labels: Pairs;
}

/** `last`: what was chosen the last time; its memory is left out where it does not go with its CPUs. */
export function newCreateDraft(last: CreateSizes = {}): CreateDraft {
  const { cpus, idleSeconds, stoppedSeconds } = last;
  const { least, most } = memoryFor(cpus);
  const fits = last.memoryGb !== undefined && last.memoryGb >= least && last.memoryGb <= most;
  const memoryGb = fits ? last.memoryGb : undefined;
  return { ...asBelow, name: '', cpus, memoryGb, idleSeconds, stoppedSeconds, variables: {}, labels: {} };
}

export function createRequest(draft: CreateDraft, snapshot: Pick<Snapshot, 'id'>): CreateBoxRequest {
  const { name, cpus, memoryGb, idleSeconds, stoppedSeconds, variables, labels } = draft;
  return {
    snapshot_id: snapshot.id,
    ...(name === '' ? {} : { name }),
    ...sizes(cpus === undefined ? undefined : Math.round(cpus * 1000), memoryGb),
    ...(idleSeconds === undefined ? {} : { idle_ttl_seconds: idleSeconds }),
    ...(stoppedSeconds === undefined ? {} : { delete_after_stop_seconds: stoppedSeconds }),
    ...pairsField('env_vars', variables),
    ...pairsField('labels', labels),
    ...runConfigField(draft, {}),
  };
}

/** A bound that is shown in hundredths of a gigabyte may be some bytes beyond the one that is meant. */
function sizes(
  cpu_millicores: number | undefined,
  memoryGb: number | undefined,
): Pick<CreateBoxRequest, 'cpu_millicores' | 'mem_bytes'> {
  const mem_bytes = memoryGb === undefined ? undefined : Math.round(memoryGb * gigabyte);
  if (cpu_millicores === undefined) return mem_bytes === undefined ? {} : { mem_bytes };
  if (mem_bytes === undefined) return { cpu_millicores };
  const { least, most } = memoryBoundsFor(cpu_millicores);
  return { cpu_millicores, mem_bytes: Math.min(Math.max(mem_bytes, least), most) };
}
