import { notYet } from '../failure';

/**
 * Refuses a request that asks for what this server can't do yet: to leave it out in silence could expose what the
 * caller means to protect. Absent, null, false and empty values ask for nothing. Throws 501.
 */
export function refuseUnsupported(body: Record<string, unknown>, fields: string[]): void {
  const asked = fields.find((field) => asksFor(body[field]));
  if (asked !== undefined) throw notYet(asked);
}

function asksFor(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
