import type { FaultProxy } from '../harness/fault-proxy';

type Faults = FaultProxy['fault'];

export function refused(status: number, message: string, headers?: Record<string, string>): Faults {
  return () => ({ kind: 'refused', status, message, headers });
}

/** Half of each answer's text; with `connection` the rest was promised, and the connection breaks. */
export function cutShort(what: 'text' | 'connection'): Faults {
  const body = (text: string): string => text.slice(0, text.length / 2);
  return () => ({ kind: 'altered', isCut: what === 'connection', body });
}

/** `between` is called before each further page is asked for. */
export function shortPages(rows: number, between: () => void): Faults {
  return ({ kind, line }) => {
    if (kind !== 'sandbox list') return undefined;
    return { kind: 'short-pages', rows, before: line.endsWith('offset=0') ? undefined : between };
  };
}

export const firstRowTwice: Faults = ({ kind }) =>
  kind === 'sandbox list' ? { kind: 'altered', body: withFirstTwice } : undefined;

function withFirstTwice(text: string): string {
  const { items, ...rest } = JSON.parse(text) as { items: unknown[] };
  return JSON.stringify({ ...rest, items: [items[0], ...items] });
}
