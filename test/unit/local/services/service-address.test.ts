import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { serviceUrls, targetOfHost, targetOfPath } from '../../../../src/local/services/service-address';
import { tokenOfCookie, withoutToken } from '../../../../src/local/services/service-cookie';

const boxId = randomUUID();

it('the URLs of a service lead back to it', () => {
  const { origin, programUrl } = serviceUrls('http://127.0.0.1:4000', { boxId, port: 65_535 });
  expect(targetOfHost(new URL(origin).host)).toEqual({ boxId, port: 65_535 });
  expect(targetOfPath(new URL(programUrl).pathname)).toMatchObject({ boxId, port: 65_535 });
});

it('a host is read in any case, and with or without a port', () => {
  expect(targetOfHost(`${boxId.toUpperCase()}--80.LOCALHOST`)).toEqual({ boxId, port: 80 });
});

it.each([
  'localhost:80',
  `${boxId}.localhost`,
  `${boxId}--0.localhost`,
  `${boxId}--65536.localhost`,
  `${boxId}--80.localhost.example.com`,
  `x${boxId}--80.localhost`,
  `${boxId}--dl.localhost`,
])('%s is no host of a service', (host) => {
  expect(targetOfHost(host)).toBeUndefined();
});

it('the service sees the cookies that are its own', () => {
  const header = 'a=1; langsmith-sandbox-service=x.y.z; b=2';
  expect(tokenOfCookie(header)).toBe('x.y.z');
  expect(withoutToken(header)).toBe('a=1; b=2');
  expect(withoutToken('langsmith-sandbox-service=x')).toBeUndefined();
});
