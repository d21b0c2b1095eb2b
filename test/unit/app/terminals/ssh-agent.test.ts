import { expect, it } from 'vitest';
import { userSshAgent } from '../../../../src/app/terminals/ssh-agent';

it.each([
  [{ SSH_AUTH_SOCK: '/run/agent' }, 'linux', true],
  [{ SSH_AUTH_SOCK: '' }, 'linux', false],
  [{}, 'darwin', false],
  [{}, 'win32', true],
] as const)('with %j on %s an SSH agent is there: %s', (env, platform, isThere) => {
  expect(userSshAgent(env, platform) !== undefined).toBe(isThere);
});
