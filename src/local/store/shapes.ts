import { z } from 'zod';

export const stringMap = z.record(z.string(), z.string());

/** As the wire's run_config, with nothing left open: empty text means "as the image has it". */
export const storedRunConfig = z.object({
  user: z.string(),
  work_dir: z.string(),
  env_vars: stringMap,
});
export type StoredRunConfig = z.infer<typeof storedRunConfig>;

/** What a captured snapshot gives its sandboxes, in the words of a create request. Absent is not carried. */
export const carriedSettings = z.object({
  env_vars: stringMap.optional(),
  vcpus: z.number().optional(),
  cpu_millicores: z.number().optional(),
  mem_bytes: z.number().optional(),
  idle_ttl_seconds: z.number().optional(),
  delete_after_stop_seconds: z.number().optional(),
  preserve_memory_on_stop: z.boolean().optional(),
});
export type CarriedSettings = z.infer<typeof carriedSettings>;
