const gibibyte = 1024 ** 3;

/**
 * Bytes of memory for each CPU of a sandbox whose request names both: 4 GiB, give or take half.
 * Source: the service's documentation of sandbox resources.
 */
export const memoryPerCpu = { least: 2 * gibibyte, most: 6 * gibibyte } as const;
