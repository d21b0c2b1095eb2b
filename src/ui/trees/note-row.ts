import type { Row } from './row';

/** Tells something of the rows around it. */
export function noteRow(id: string, label: string, icon: 'note' | 'busy' = 'note'): Row {
  return { id, label, description: '', icon, contextValue: 'note', spoken: label };
}
