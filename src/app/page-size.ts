const usual = 50;
const largest = 500;

/** The setting as the API takes it: a whole number from 1 to 500. A settings file may hold anything. */
export function pageSizeOf(setting: unknown): number {
  if (typeof setting !== 'number' || !Number.isFinite(setting)) return usual;
  return Math.min(largest, Math.max(1, Math.round(setting)));
}
