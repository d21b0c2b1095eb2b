import { TerminalExitReason, type Terminal } from 'vscode';
import { SandboxTerminal } from './sandbox-terminal';

/** A terminal that the user closes ends its shell; one that goes with its window leaves it to be attached to again. */
export function closeShell({ creationOptions, exitStatus }: Terminal): void {
  const pty = 'pty' in creationOptions ? creationOptions.pty : undefined;
  if (!(pty instanceof SandboxTerminal)) return;
  if (exitStatus?.reason === TerminalExitReason.Shutdown) pty.leave();
  else pty.kill();
}
