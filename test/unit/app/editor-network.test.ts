import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../../src/api/network/proxy-route';
import type { Secret } from '../../../src/api/secret';
import { networkOf, type EditorNetwork } from '../../../src/app/editor-network';

const target = new URL('https://api.smith.langchain.com');
const environment = { HTTPS_PROXY: 'http://of-the-environment:1', NO_PROXY: 'internal.test' };
const heard: Secret[] = [];

function proxyOf(settings: EditorNetwork, to = target): string | undefined {
  const network = networkOf(settings, environment, (secret) => heard.push(secret));
  return proxyFor(to, network.environment ?? {})?.host;
}

describe('the editor’s network settings', () => {
  it('name the proxy before the environment does, and none at all when they are off', () => {
    expect(proxyOf({ proxy: 'http://of-the-editor:2', proxySupport: 'override' })).toBe('of-the-editor:2');
    expect(proxyOf({ proxy: '' })).toBe('of-the-environment:1');
    expect(proxyOf({ proxy: 'http://of-the-editor:2', proxySupport: 'off' })).toBeUndefined();
  });

  it('except hosts from it, else the environment does', () => {
    const internal = new URL('https://internal.test');
    expect(proxyOf({ proxy: 'http://of-the-editor:2' }, internal)).toBeUndefined();
    expect(proxyOf({ proxy: 'http://of-the-editor:2', noProxy: ['.langchain.com'] })).toBeUndefined();
    expect(proxyOf({ noProxy: ['other.test'] }, internal)).toBe('of-the-environment:1');
  });

  it('say whom to trust, and what to tell the proxy, which no log may show', () => {
    const network = networkOf({ proxyAuthorization: 'Basic c2VjcmV0', proxyStrictSSL: false }, {}, (secret) =>
      heard.push(secret),
    );
    expect(network).toMatchObject({ verifyThroughProxy: false, systemCertificates: true });
    expect(heard.map((secret) => secret.reveal())).toContain('Basic c2VjcmV0');
    expect(networkOf({ systemCertificates: false }, {}, () => undefined)).toMatchObject({
      verifyThroughProxy: true,
      systemCertificates: false,
      proxyAuthorization: undefined,
    });
  });
});
