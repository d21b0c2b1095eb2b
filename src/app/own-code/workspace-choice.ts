import type { Memento } from 'vscode';

const entry = 'connectionInTerminals';

/** What the user chose for the terminals of a workspace. Nothing here is secret. */
export interface WorkspaceChoice {
  readonly isOn: boolean;
  /** The connections, by `targetId`, whose key programs may have. */
  readonly keyOf: readonly string[];
}

const off: WorkspaceChoice = { isOn: false, keyOf: [] };

export function workspaceChoice(state: Pick<Memento, 'get'>): WorkspaceChoice {
  return state.get<WorkspaceChoice>(entry) ?? off;
}

export async function keepWorkspaceChoice(
  state: Pick<Memento, 'update'>,
  choice: WorkspaceChoice,
): Promise<void> {
  await state.update(entry, choice.isOn ? choice : undefined);
}
