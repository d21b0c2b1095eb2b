/** The API's TTLs: 0 disables, otherwise whole minutes. All in seconds. */
export const longestIdleSeconds = 30 * 86_400;
export const longestStoppedSeconds = 30 * 86_400;

export type DurationProblem = 'not-a-duration' | 'not-whole' | 'too-long';

const secondsOf: Record<string, number> = { '': 60, m: 60, min: 60, h: 3600, d: 86_400 };

/** `30`, `30 min`, `2 h`, `1.5 d`: minutes unless said otherwise; `0` is never. */
export function parseDuration(
  text: string,
  mostSeconds: number,
): { ok: true; seconds: number } | { ok: false; problem: DurationProblem } {
  const [, amount, unit = ''] = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = secondsOf[unit.toLowerCase()];
  if (amount === undefined || factor === undefined) return { ok: false, problem: 'not-a-duration' };
  const seconds = Math.round(Number(amount.replace(',', '.')) * factor);
  if (seconds % 60 !== 0) return { ok: false, problem: 'not-whole' };
  if (seconds > mostSeconds) return { ok: false, problem: 'too-long' };
  return { ok: true, seconds };
}

/** As `parseDuration` reads it, in the largest unit that gives a whole number. */
export function durationInput(seconds: number): string {
  if (seconds === 0) return '0';
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${seconds / 60} min`;
}
