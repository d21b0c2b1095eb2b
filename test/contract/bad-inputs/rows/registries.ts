import type { Row } from './row';

const create = 'POST /registries';
const registry = { name: 'bad-inputs', url: 'registry.example.com' };

// prettier-ignore -- one row a line
export const registryRows: Row[] = [
  ['a registry without a name', create, { url: registry.url }, 422, /name is required/],
  ['a registry without a URL', create, { name: registry.name }, 422, /url is required/],
  ['a registry with a space in its name', create, { ...registry, name: 'a b' }, 422, /name/],
  ['an empty URL', create, { ...registry, url: '' }, 422, /registry/i],
  ['a file as URL', create, { ...registry, url: 'file:///etc/passwd' }, 422, /registry/i],
  [
    'a password in the URL',
    create,
    { ...registry, url: 'https://a:b@example.com' },
    422,
    /fields of their own/,
  ],
  ['a number as URL', create, { ...registry, url: 5000 }, 422, /url must be a text/],
  ['a password without a user', create, { ...registry, password: 'p' }, 422, /username is required/],
  ['a user without a password', create, { ...registry, username: 'u' }, 422, /password is required/],
  ['an unknown kind of login', create, { ...registry, auth_type: 'MAGIC' }, 422, /DOCKER_CONFIG/],
  [
    'a role of a cloud',
    create,
    { ...registry, auth_type: 'AWS_ROLE', aws_role_arn: 'a' },
    [422, 501],
    /AWS_ROLE/,
  ],
  ['a name that is taken', create, { ...registry, name: '{registry}' }, 409, /{registry}/],
  ['a registry that is nowhere', 'GET /registries/nowhere', undefined, 404, /registry/],
  ['changing what is nowhere', 'PATCH /registries/nowhere', { url: 'a.example.com' }, 404, /registry/],
  ['deleting what is nowhere', 'DELETE /registries/nowhere', undefined, 404, /registry/],
  ['a change to a bad URL', 'PATCH /registries/{registry}', { url: 'ftp://a' }, 422, /registry/i],
  ['replacing a registry', 'PUT /registries/{registry}', registry, 405, /PATCH/],
];
