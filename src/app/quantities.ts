import { cpuBoundsFor, memoryBoundsFor } from '../api/wire/memory-per-cpu';

/** The API's bounds for what a sandbox gets. A gigabyte is 2³⁰ bytes, as in the API's documentation. */
export const gigabyte = 1024 ** 3;

export interface Bounds {
  readonly least: number;
  readonly most: number;
  /** Whether fractions are allowed. */
  readonly whole: boolean;
}

export const capacityGb: Bounds = { least: 1, most: 64, whole: true };
export const memoryGb: Bounds = { least: 0.25, most: 64, whole: false };
export const cpus: Bounds = { least: 0.05, most: 16, whole: false };
/** Seconds to wait for a build. */
export const timeoutSeconds: Bounds = { least: 5, most: 3600, whole: true };

export const defaultCapacityGb = 8;
export const defaultTimeoutSeconds = 60;

/** The bounds of memory for a sandbox with that many CPUs. */
export function memoryFor(cpuCount: number | undefined): Bounds {
  if (cpuCount === undefined) return memoryGb;
  const { least, most } = memoryBoundsFor(cpuCount * 1000);
  return within(memoryGb, least / gigabyte, most / gigabyte);
}

/** The bounds of CPUs for a sandbox with that much memory. */
export function cpusFor(gigabytes: number | undefined): Bounds {
  if (gigabytes === undefined) return cpus;
  const { least, most } = cpuBoundsFor(gigabytes * gigabyte);
  return within(cpus, least, most);
}

/** Hundredths, as a bound is shown to the user; `slack` is for what fractions lose in floating point. */
function within(bounds: Bounds, least: number, most: number): Bounds {
  const slack = 1e-6;
  return {
    ...bounds,
    least: Math.max(bounds.least, Math.ceil(least * 100 - slack) / 100),
    most: Math.min(bounds.most, Math.floor(most * 100 + slack) / 100),
  };
}

export type QuantityProblem = 'not-a-number' | 'not-whole' | 'too-small' | 'too-large';

export function parseQuantity(
  text: string,
  { least, most, whole }: Bounds,
): { ok: true; quantity: number } | { ok: false; problem: QuantityProblem } {
  const quantity = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(quantity)) return { ok: false, problem: 'not-a-number' };
  if (whole && !Number.isInteger(quantity)) return { ok: false, problem: 'not-whole' };
  if (quantity < least) return { ok: false, problem: 'too-small' };
  if (quantity > most) return { ok: false, problem: 'too-large' };
  return { ok: true, quantity };
}
