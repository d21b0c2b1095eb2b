import net from 'node:net';
import type { OpenAgent } from '../../api/commands/agent-channels';

/** The service that Windows' own OpenSSH asks. */
const windowsPipe = String.raw`\\.\pipe\openssh-ssh-agent`;

/** The SSH agent of whoever runs the editor, as `ssh` finds it; undefined when there is none. */
export function userSshAgent(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): OpenAgent | undefined {
  const address = env['SSH_AUTH_SOCK'] || (platform === 'win32' ? windowsPipe : undefined);
  return address ? () => net.connect(address) : undefined;
}
