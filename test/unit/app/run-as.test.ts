import { expect, it } from 'vitest';
import { asBelow, isUser, isWorkDir, runConfigField } from '../../../src/app/run-as';

it.each(['app', '1000', '1000:1000', 'app:staff', '_svc.x-1'])('takes the user %j', (text) => {
  expect(isUser(text)).toBe(true);
});

it.each(['', 'two words', ':group', 'app:', 'a:b:c', '-x', 'root;id'])('refuses the user %j', (text) => {
  expect(isUser(text)).toBe(false);
});

it('takes a working directory that is absolute', () => {
  expect(isWorkDir('/home/app')).toBe(true);
  expect([isWorkDir('home'), isWorkDir(''), isWorkDir('/a\0')]).toEqual([false, false, false]);
});

it('sends what was chosen and leaves out the rest', () => {
  expect(runConfigField(asBelow, {})).toEqual({});
  expect(runConfigField({ user: 'app', workDir: '' }, { MODE: 'eval' })).toEqual({
    run_config: { user: 'app', env_vars: { MODE: 'eval' } },
  });
});
