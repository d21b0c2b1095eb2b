import { l10n, TerminalProfile, window, type Pseudoterminal, type TerminalProfileProvider } from 'vscode';
import { awakeSandbox } from '../commands/awake-sandbox';
import type { Desk } from '../desk';
import { shellIn, type Launch } from './launch';

/** In the list of terminals that the editor offers; the sandbox is picked when the terminal is there. */
export function terminalProfiles(desk: Desk): TerminalProfileProvider {
  return {
    provideTerminalProfile: () => {
      const choose = async (): Promise<Launch | undefined> => {
        const chosen = await awakeSandbox(desk, undefined, l10n.t('Open Terminal'));
        if (!chosen) return undefined;
        bringToSight(options.pty);
        return shellIn(chosen);
      };
      const options = desk.terminals.optionsFor(l10n.t('Sandbox'), choose, 'close-if-well');
      return new TerminalProfile(options);
    },
  };
}

/** While something is asked, the editor may hide its panel, as it does when another terminal goes. */
function bringToSight(pty: Pseudoterminal): void {
  window.terminals
    .find(({ creationOptions }) => 'pty' in creationOptions && creationOptions.pty === pty)
    ?.show();
}
