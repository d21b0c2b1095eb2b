import type { Context } from 'hono';
import { z } from 'zod';
import { invalidFields } from '../failure';
import { sentenceOf } from '../issue-sentence';

const mostMs = 31 * 24 * 3600 * 1000;
const yesOrNo = z.enum(['true', 'false']).optional();
const moment = z.iso.datetime({
  offset: true,
  error: 'A time must be as RFC 3339 has it, 2026-06-01T00:00:00Z.',
});

/** Form: `CostsQuery` in `src/api/wire/usage.ts`. */
const costQuery = z
  .object({
    start_time: moment,
    end_time: moment,
    granularity: z.enum(['HOUR', 'RESOURCE']).optional(),
    resource_type: z.enum(['SANDBOX', 'SNAPSHOT']).optional(),
    resource_ids: z.array(z.string()).max(100),
    include_totals: yesOrNo,
    include_daily: yesOrNo,
    page_size: z
      .string()
      .regex(/^[1-9]\d*$/, 'page_size must be a whole number of at least 1.')
      .optional(),
  })
  .superRefine(({ start_time, end_time, granularity, include_totals }, context) => {
    const lengthMs = Date.parse(end_time) - Date.parse(start_time);
    const refuse = (field: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (lengthMs <= 0) refuse('end_time', 'end_time must be later than start_time.');
    if (lengthMs > mostMs) refuse('end_time', 'end_time may be at most 31 days later than start_time.');
    if (include_totals === 'true' && granularity !== 'RESOURCE')
      refuse('include_totals', 'include_totals goes with the granularity RESOURCE only.');
  });

/** Throws Failure 422 that names each parameter which does not fit. */
export function checkCostQuery({ req }: Context): void {
  const query = { ...req.query(), resource_ids: req.queries('resource_ids') ?? [] };
  const { error } = costQuery.safeParse(query, { error: sentenceOf });
  if (!error) return;
  throw invalidFields(
    error.issues.map(({ path, message }) => ({ loc: ['query', ...path.map(String)], msg: message })),
  );
}
