import { l10n } from 'vscode';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A span in one unit: `3 s`, `12 min`, `4 h`, `2 d`. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < minute) return l10n.t('{0} s', seconds);
  if (seconds < hour) return l10n.t('{0} min', Math.floor(seconds / minute));
  if (seconds < day) return l10n.t('{0} h', Math.floor(seconds / hour));
  return l10n.t('{0} d', Math.floor(seconds / day));
}

/** The span until something happens, to the nearest unit and a minute at least: `8 min`, `14 d`. */
export function spanAhead(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 1000 / minute));
  if (minutes < 60) return l10n.t('{0} min', minutes);
  const hours = Math.round(minutes / 60);
  return hours < 24 ? l10n.t('{0} h', hours) : l10n.t('{0} d', Math.round(hours / 24));
}

/** The span since an RFC 3339 timestamp; undefined when there is none. */
export function age(timestamp: string | null | undefined, now: number): string | undefined {
  const at = Date.parse(timestamp ?? '');
  return Number.isNaN(at) ? undefined : span(now - at);
}

/** As on a stopwatch: `0:12`, `12:05`, `1:02:03`. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (part: number): string => String(part).padStart(2, '0');
  const hours = Math.floor(seconds / hour);
  const minutes = Math.floor((seconds % hour) / minute);
  const rest = two(seconds % minute);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
