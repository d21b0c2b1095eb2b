import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/api/secret';
import { Credentials } from '../../../src/app/credentials';
import { secretStorage } from './secret-storage';

const endpoint = 'https://api.smith.langchain.com';

describe('credentials', () => {
  it('keep one entry an endpoint, which can be read, replaced and deleted', async () => {
    const secrets = secretStorage();
    const credentials = new Credentials(secrets, () => undefined);
    await credentials.storeApiKey({ endpoint }, new Secret('one'));
    await credentials.storeApiKey({ endpoint: 'https://eu.example.com' }, new Secret('two'));
    expect((await credentials.apiKey({ endpoint }))?.reveal()).toBe('one');
    await credentials.deleteApiKey({ endpoint });
    expect(await credentials.apiKey({ endpoint })).toBeUndefined();
    expect([...secrets.entries.values()]).toEqual(['two']);
  });

  it('make the local keys once, for all windows', async () => {
    const secrets = secretStorage();
    const first = await new Credentials(secrets, () => undefined).localKeys();
    const second = await new Credentials(secrets, () => undefined).localKeys();
    expect(second.apiKey.reveal()).toBe(first.apiKey.reveal());
    expect(second.sealKey.reveal()).toBe(first.sealKey.reveal());
    expect(Buffer.from(first.sealKey.reveal(), 'base64')).toHaveLength(32);
  });

  it('are single-line, as keyrings want them', async () => {
    const { apiKey, sealKey } = await new Credentials(secretStorage(), () => undefined).localKeys();
    expect(`${apiKey.reveal()}${sealKey.reveal()}`).not.toMatch(/\s/);
  });

  it('tell whose key changed, in whichever window', async () => {
    const secrets = secretStorage();
    const team = { endpoint, name: 'Team' };
    const heard: boolean[][] = [];
    new Credentials(secrets, () => undefined).onDidChange((isOf) =>
      heard.push([isOf({ endpoint }), isOf(team)]),
    );
    await new Credentials(secrets, () => undefined).storeApiKey({ endpoint }, new Secret('one'));
    await new Credentials(secrets, () => undefined).storeApiKey(team, new Secret('two'));
    await new Credentials(secrets, () => undefined).localKeys();
    expect(heard).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('let the log know each secret that passes', async () => {
    const passed: string[] = [];
    const credentials = new Credentials(secretStorage(), (secret) => passed.push(secret.reveal()));
    await credentials.storeApiKey({ endpoint }, new Secret('typed'));
    const { apiKey, sealKey } = await credentials.localKeys();
    expect(passed).toEqual(expect.arrayContaining(['typed', apiKey.reveal(), sealKey.reveal()]));
  });
});
