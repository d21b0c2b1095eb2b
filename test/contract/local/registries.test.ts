import { expect, it } from 'vitest';
import type { Registry, RegistryList } from '../../../src/api/types';
import { runningServer } from './fixture/running-server';
import { sentence } from './fixture/wire';

const running = runningServer();

it('a registry is created, found by name and id, listed newest first, changed and deleted', async () => {
  const fields = { url: 'https://Registry.Example.com/', username: 'me', password: 'secret-1' };
  const created = await running.wire.expect<Registry>(201, 'POST', '/registries', { name: 'one', ...fields });
  expect(created).toMatchObject({ name: 'one', url: 'registry.example.com', provider: 'DOCKER_REGISTRY' });
  expect(created).toMatchObject({ aws_role_arn: null, repository_search_mode: 'NONE', updated_by: null });
  expect(created).not.toHaveProperty('password');
  await running.wire.expect(201, 'POST', '/registries', { name: 'two', url: 'ghcr.io/team' });
  expect(await running.wire.expect(200, 'GET', '/registries/one')).toEqual(created);
  expect(await running.wire.expect(200, 'GET', `/registries/${created.id}`)).toEqual(created);
  const list = await running.wire.expect<RegistryList>(200, 'GET', '/registries');
  expect(list.items?.map(({ name }) => name)).toEqual(['two', 'one']);
  expect(list.registries).toEqual(list.items);
  expect(list.next_cursor).toBeNull();
  expect(await running.wire.expect(200, 'PATCH', '/registries/one', { name: 'uno' })).toMatchObject({
    id: created.id,
    url: 'registry.example.com',
  });
  await running.wire.expect(204, 'DELETE', '/registries/uno');
  expect((await running.wire.call('GET', '/registries/uno')).status).toBe(404);
});

it('a list without a size has 20 a page and goes on by cursor; in the older style it has 50, by offset', async () => {
  const { wire } = running;
  const names = Array.from({ length: 22 }, (_, at) => `many-${String(at).padStart(2, '0')}`);
  for (const name of names) await wire.expect(201, 'POST', '/registries', { name, url: 'a.example.com' });
  const list = (query: string): Promise<RegistryList> =>
    wire.expect(200, 'GET', `/registries?name_contains=MANY-${query}`);
  const namesOf = ({ items }: RegistryList): string[] => (items ?? []).map(({ name }) => name);
  const newest = names.toReversed();

  const first = await list('');
  expect(namesOf(first)).toEqual(newest.slice(0, 20));
  const rest = await list(`&cursor=${first.next_cursor}`);
  expect([namesOf(rest), rest.next_cursor, rest.registries]).toEqual([newest.slice(20), null, rest.items]);

  for (const older of ['&offset=0', '&limit=50']) expect(namesOf(await list(older))).toEqual(newest);
  const part = await list('&limit=21');
  expect([namesOf(part).length, part.offset]).toEqual([21, 21]);
  const last = await list('&limit=21&offset=21');
  expect([namesOf(last), last.offset, last.next_cursor]).toEqual([newest.slice(21), 0, null]);
  for (const name of names) await wire.expect(204, 'DELETE', `/registries/${name}`);
});

it.each([
  ['label=x', 'This list has no labels to filter by.'],
  ['status=ready', 'This list has no status to filter by.'],
  ['page_size=101', 'page_size must be a whole number from 1 to 100.'],
])('a list with %s is refused with 400', async (query, reason) => {
  const answer = await running.wire.call('GET', `/registries?${query}`);
  expect([answer.status, sentence(answer)]).toEqual([400, reason]);
});

it('a name is taken once', async () => {
  await running.wire.expect(201, 'POST', '/registries', { name: 'taken', url: 'a.example.com' });
  const again = await running.wire.call('POST', '/registries', { name: 'taken', url: 'b.example.com' });
  expect([again.status, sentence(again)]).toEqual([409, expect.stringContaining('registry taken')]);
  await running.wire.expect(201, 'POST', '/registries', { name: 'other', url: 'b.example.com' });
  expect((await running.wire.call('PATCH', '/registries/other', { name: 'taken' })).status).toBe(409);
  await running.wire.expect(200, 'PATCH', '/registries/other', { name: 'other' });
});

it.each([
  [{ url: 'ftp://x' }, 'A registry is a host'],
  [{ url: 'https://me:pw@x.example.com' }, 'fields of their own'],
  [{ username: 'me' }, 'password is required with a user name.'],
  [{ password: 'pw' }, 'username is required with a password.'],
  [{ name: 'a/b' }, 'A name has letters'],
])('%j is refused with 422', async (change, reason) => {
  const answer = await running.wire.call('POST', '/registries', {
    name: 'n',
    url: 'x.example.com',
    ...change,
  });
  expect(answer.status).toBe(422);
  expect(sentence(answer)).toContain(reason);
});
