const gibibyte = 1024 ** 3;
const leastPerCpu = 2 * gibibyte;
const mostPerCpu = 6 * gibibyte;
const mostMemory = 64 * gibibyte;

/**
 * Bytes that a sandbox's memory may have when its creation names both: 4 GiB for each CPU, give or take half, and 64 GiB
 * at most. Source: the service's documentation of sandbox resources. No ratio binds what a change asks for.
 */
export function memoryBoundsFor(cpuMillicores: number): { least: number; most: number } {
  const cpus = cpuMillicores / 1000;
  return {
    least: Math.ceil(cpus * leastPerCpu),
    most: Math.min(mostMemory, Math.floor(cpus * mostPerCpu)),
  };
}

export function fitsCpus(memoryBytes: number, cpuMillicores: number): boolean {
  const { least, most } = memoryBoundsFor(cpuMillicores);
  return memoryBytes >= least && memoryBytes <= most;
}

/** The bounds turned around: the CPUs that this much memory may have. */
export function cpuBoundsFor(memoryBytes: number): { least: number; most: number } {
  return { least: memoryBytes / mostPerCpu, most: memoryBytes / leastPerCpu };
}
