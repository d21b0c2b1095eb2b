import { workspace } from 'vscode';
import type { Box } from '../../api/types';
import type { Session } from '../../app/session';
import type { KeptTerminal } from '../../app/terminals/kept';
import type { Program } from '../../app/terminals/shell';
import { shellLine } from '../../app/terminals/shell-line';
import { settings } from '../../contributions';

/** What a terminal is opened on. */
export interface Chosen {
  readonly session: Session;
  readonly box: Pick<Box, 'id' | 'name' | 'dataplane_url'>;
}

/** What a terminal shows. */
export interface Launch extends Chosen {
  readonly title: string;
  /** Runs already, or is to be run: that is made ready when the terminal is on the screen. */
  readonly program: KeptTerminal | (() => Promise<Program>);
}

/** The shell of the settings, or the image's own. */
export function shellIn(chosen: Chosen): Launch {
  const line = (): string => shellLine(workspace.getConfiguration().get(settings.terminalShell, ''));
  return { ...chosen, title: chosen.box.name, program: () => Promise.resolve({ line: line() }) };
}
