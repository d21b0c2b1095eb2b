import { z } from 'zod';

export const stringMap = z.record(z.string(), z.string());

/** As the wire's run_config, with nothing left open: empty text means "as the image has it". */
export const storedRunConfig = z.object({
  user: z.string(),
  work_dir: z.string(),
  env_vars: stringMap,
});
export type StoredRunConfig = z.infer<typeof storedRunConfig>;
