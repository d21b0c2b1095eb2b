import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/api/errors';
import { Secret } from '../../../src/api/secret';
import { Transport } from '../../../src/api/transport';
import { Credentials } from '../../../src/app/credentials';
import { LocalServerError } from '../../../src/app/local-process/server-error';
import { Log } from '../../../src/app/log';
import { Redactor } from '../../../src/app/redact';
import { startScriptedApi } from './scripted-api';
import { secretStorage } from './secret-storage';

const apiKey = 'lsv2_pt_0123456789abcdef_0123456789';
const password = 'pa55 word/with+signs';

function logged(): { log: Log; redactor: Redactor; text: () => string } {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const redactor = new Redactor();
  return {
    log: new Log({ info: write, warn: write, error: write }, redactor),
    redactor,
    text: () => lines.join('\n'),
  };
}

describe('no secret is in the log', () => {
  it.each([
    ['a sentence', (log: Log, secret: string) => log.info(`using ${secret} now`)],
    ['a warning', (log: Log, secret: string) => log.warn(`odd: ${secret}`)],
    ['an error’s message', (log: Log, secret: string) => log.error('failed', new Error(`no: ${secret}`))],
    [
      'an error’s cause',
      (log: Log, secret: string) => log.error('failed', new Error('no', { cause: new Error(secret) })),
    ],
    [
      'an error’s own fields',
      (log: Log, secret: string) =>
        log.error('failed', Object.assign(new Error('no'), { headers: { k: secret } })),
    ],
    ['what was thrown', (log: Log, secret: string) => log.error('failed', { nested: [{ secret }] })],
    [
      'a server’s reply',
      (log: Log, secret: string) =>
        log.error(
          'failed',
          new ApiError(`bad key ${secret}`, { kind: 'invalid', method: 'GET', path: '/x' }),
        ),
    ],
    [
      'the local server’s last lines',
      (log: Log, secret: string) => log.error('x', new LocalServerError('local-exited', [secret])),
    ],
    ['a URL', (log: Log, secret: string) => log.info(`GET https://u:${encodeURIComponent(secret)}@host/x`)],
    [
      'an encoded header',
      (log: Log, secret: string) => log.info(`auth ${Buffer.from(secret).toString('base64')} sent`),
    ],
    [
      'a request',
      (log: Log, secret: string) =>
        log.request({
          method: 'GET',
          path: `/boxes/${encodeURIComponent(secret)}`,
          status: 200,
          durationMs: 1,
        }),
    ],
  ])('when it stands in %s', (_, write) => {
    for (const secret of [apiKey, password]) {
      const { log, redactor, text } = logged();
      redactor.learn(new Secret(secret));
      write(log, secret);
      expect(text()).toContain('[secret]');
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
        expect(text()).not.toContain(form);
      }
    }
  });

  it.each([
    `X-Api-Key: never-learnt`,
    `{"x-api-key":"never-learnt"}`,
    `authorization: Bearer never-learnt`,
    `https://ada:never-learnt@registry.example.com/v2/`,
    `password=never-learnt&x=1`,
    `"password": "never-learnt"`,
    `"token":"never-learnt"`,
    `lsv2_sk_neverlearnt_neverlearnt`,
  ])('even one that nobody told of, in %j', (line) => {
    const { log, text } = logged();
    log.info(line);
    expect(text()).not.toMatch(/never-?learnt/);
  });

  it('not by way of a Secret that is printed', () => {
    const { log, text } = logged();
    const secret = new Secret(apiKey);
    log.info(`key ${secret.toString()}`);
    log.error('failed', { secret, list: [secret] });
    expect(text()).not.toContain(apiKey);
  });

  it('from the first request with a stored key to its refusal', async () => {
    const { log, redactor, text } = logged();
    const api = await startScriptedApi('another key');
    const secrets = secretStorage();
    const credentials = new Credentials(secrets, redactor.learn);
    await credentials.storeApiKey({ endpoint: api.endpoint }, new Secret(apiKey));
    const key = await credentials.apiKey({ endpoint: api.endpoint });
    const transport = new Transport({ endpoint: api.endpoint, apiKey: key, onRequest: log.request });
    api.override = () => ({ status: 403, body: { detail: { message: `The key ${apiKey} is wrong.` } } });
    const failed = transport.json({ method: 'GET', url: transport.url('boxes') });
    await failed.catch((error: unknown) => log.error('Could not list', error));
    await transport.close();
    await api.close();
    expect(text()).toMatch(/GET \/api\/v2\/sandboxes\/boxes 403 \d+ ms/);
    expect(text()).toContain('The key [secret] is wrong.');
    expect(text()).not.toContain(apiKey);
  });

  it('and ordinary words stay', () => {
    const { log, text } = logged();
    log.info('GET /api/v2/sandboxes/boxes/token-box 200 12 ms');
    expect(text()).toBe('GET /api/v2/sandboxes/boxes/token-box 200 12 ms');
  });
});
