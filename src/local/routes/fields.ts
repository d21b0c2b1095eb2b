import { z } from 'zod';

/** Shapes that several requests have in common. Absent and null mean the same on the wire. */

const mostLabels = 128;
const mostKeyBytes = 256;
const mostValueBytes = 4096;
export const gibibyte = 1024 ** 3;

/** Null becomes undefined. */
export function optional<T extends z.ZodType>(shape: T) {
  return shape.nullish().transform((value) => value ?? undefined);
}

export const labels = z
  .record(z.string(), z.string())
  .refine((map) => Object.keys(map).length <= mostLabels, `labels may have at most ${mostLabels} entries.`)
  .refine(
    (map) =>
      Object.entries(map).every(
        ([key, value]) =>
          key !== '' && Buffer.byteLength(key) <= mostKeyBytes && Buffer.byteLength(value) <= mostValueBytes,
      ),
    `A label has a key of 1 to ${mostKeyBytes} bytes and a value of at most ${mostValueBytes}.`,
  );

export const envVars = z
  .record(z.string(), z.string())
  .refine(
    (map) => Object.entries(map).every(([name, value]) => /^[^=\0]+$/.test(name) && !value.includes('\0')),
    "A variable has a name without '=', and no zero bytes.",
  );

export const plainText = z
  .string()
  .refine((text) => !text.includes('\0'), 'Zero bytes can not be used here.');

export const runConfig = z.object({
  user: plainText.nullish(),
  work_dir: plainText
    .refine((folder) => folder === '' || folder.startsWith('/'), 'work_dir must be an absolute path.')
    .nullish(),
  env_vars: envVars.nullish(),
});

export const description = z.string().max(1024, 'description may have at most 1024 characters.');

export const capacity = z.int().positive('fs_capacity_bytes must be more than 0.');
