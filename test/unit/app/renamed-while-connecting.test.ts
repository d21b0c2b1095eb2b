import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/api/secret';
import { targetOf } from '../../../src/app/connection';
import type { Connections } from '../../../src/app/connections';
import { targetName, type Target } from '../../../src/app/target';
import { until } from '../../harness/until';
import { sharedState, windowOver } from './window';

const { signal } = new AbortController();

describe('a connection that is renamed while it is waited for', () => {
  const profile = { endpoint: 'https://langsmith.example.com', name: 'Team' };
  const target: Target = { ...profile, kind: 'langsmith' };

  /** A window whose keys are read when the test says so. */
  async function slowWindow() {
    const shared = sharedState();
    const { secrets, memory } = shared;
    const window = windowOver(shared);
    await window.connectLangSmith(profile, new Secret('key'), signal);
    const reading: (() => void)[] = [];
    secrets.get = async (key) => {
      await new Promise<void>((resolve) => reading.push(resolve));
      return secrets.entries.get(key);
    };
    const rename = async (title: string): Promise<void> => {
      await memory.renameProfile(profile, title);
      window.renamed();
    };
    const goOn = (): void => reading.splice(0).forEach((read) => read());
    return { window, secrets, memory, rename, reading, goOn };
  }

  const names = ({ value }: Connections['current']): (string | undefined)[] =>
    [targetOf(value), value.session?.target].map((each) => each && targetName(each));

  it('has its new name when it is there', async () => {
    const { window, rename, goOn } = await slowWindow();
    const connecting = window.connectTo(target, signal);
    await rename('Ours');
    goOn();
    expect(await connecting).toMatchObject({ kind: 'done' });
    expect(names(window.current)).toEqual(['Ours', 'Ours']);
  });

  it('has its new name when it fails', async () => {
    const { window, memory, rename, goOn } = await slowWindow();
    await window.signOut();
    await memory.rememberProfile(profile);
    const connecting = window.connectTo(target, signal);
    await rename('Ours');
    goOn();
    expect(await connecting).toMatchObject({ kind: 'failed' });
    expect(targetName(targetOf(window.current.value)!)).toBe('Ours');
  });

  it('has its new name when another one fails', async () => {
    const { window, rename, goOn } = await slowWindow();
    const connecting = window.connectTo({ ...target, name: 'No key' }, signal);
    await rename('Ours');
    goOn();
    expect(await connecting).toMatchObject({ kind: 'failed' });
    expect(names(window.current)).toEqual(['Ours', 'Ours']);
  });

  it('is left when its key is deleted meanwhile in another window', async () => {
    const { window, secrets, rename, reading, goOn } = await slowWindow();
    await secrets.delete(`langsmithSandboxes.apiKey:${profile.endpoint}#Team`);
    expect(reading).toHaveLength(2);
    await rename('Ours');
    goOn();
    await until('the sign-out', () => window.current.value.state === 'signed-out' || undefined);
  });
});
