import { l10n, workspace } from 'vscode';
import type { OpenAgent } from '../../api/commands/agent-channels';
import type { Screen } from '../../app/terminals/shell';
import { userSshAgent } from '../../app/terminals/ssh-agent';
import { settings } from '../../contributions';
import { dim } from './terminal-words';

/** The user's SSH agent, where the user lets terminals have it; one that is not there is told on the screen. */
export function offeredAgent({ show }: Pick<Screen, 'show'>): OpenAgent | undefined {
  if (!workspace.getConfiguration().get<boolean>(settings.forwardSshAgent, false)) return undefined;
  const open = userSshAgent();
  if (!open) {
    void show(dim(l10n.t('No SSH agent is forwarded: SSH_AUTH_SOCK is not set where the editor runs.')), 0);
  }
  return open;
}
