import { z } from 'zod';
import { Secret } from '../../api/secret';
import type { Registry } from '../../api/types';
import { wireRoot, type Router, type RouterDependencies } from '../router';
import { Failure, invalidField } from '../failure';
import { createRegistry, getRegistry, patchRegistry } from '../lifecycle/registries';
import { normaliseRegistryUrl, registryProvider, registryUrlRule } from '../registry-url';
import { readBody } from '../request-body';
import { isResourceName, resourceNameRule } from '../resource-name';
import { deleteRegistryRow, listRegistries, type RegistryRecord } from '../store/registries';
import { optional } from './fields';
import { listQuery, type ListRules } from './list-query';
import { listReply } from './list-reply';
import { onPath, pathPart } from './methods';

const credential = z.string().min(1);
const fields = {
  name: z.string().refine(isResourceName, resourceNameRule),
  url: z.string().transform((text, context) => {
    const url = normaliseRegistryUrl(text);
    if (url === undefined) context.addIssue(registryUrlRule);
    return url ?? z.NEVER;
  }),
  username: optional(credential),
  password: optional(credential.transform((text) => new Secret(text))),
  auth_type: optional(z.enum(['DOCKER_CONFIG', 'AWS_ROLE'])),
};
const createShape = z.object(fields);
const patchShape = z.object({ ...fields, name: optional(fields.name), url: optional(fields.url) });

const listRules: ListRules = {
  key: 'registries',
  sortKeys: ['name', 'created_at'],
  hasLabels: false,
  pageSize: { most: 100, usual: 20 },
};

export function registryRoutes(router: Router, { lifecycle }: RouterDependencies): void {
  const { database } = lifecycle;
  onPath(router, `${wireRoot}/registries`, {
    POST: async (context) => {
      const { auth_type, ...request } = await readBody(context, createShape);
      refuseRole(auth_type);
      if (request.username === undefined && request.password !== undefined)
        throw invalidField('username', 'username is required with a password.');
      if (request.username !== undefined && request.password === undefined)
        throw invalidField('password', 'password is required with a user name.');
      return context.json(reply(createRegistry(lifecycle, request)), 201);
    },
    GET: (context) => {
      const query = listQuery(context, listRules);
      const { records, next } = listRegistries(database, query);
      return context.json(listReply(listRules.key, records.map(reply), query, next));
    },
  });
  onPath(router, `${wireRoot}/registries/:registry`, {
    GET: (context) => context.json(reply(getRegistry(lifecycle, pathPart(context, 'registry')))),
    PATCH: async (context) => {
      const { auth_type, ...changes } = await readBody(context, patchShape);
      refuseRole(auth_type);
      return context.json(reply(patchRegistry(lifecycle, pathPart(context, 'registry'), changes)));
    },
    DELETE: (context) => {
      deleteRegistryRow(database, getRegistry(lifecycle, pathPart(context, 'registry')).id);
      return context.body(null, 204);
    },
  });
}

function refuseRole(authType: string | undefined): void {
  if (authType !== 'AWS_ROLE') return;
  throw new Failure(
    501,
    'NotImplemented',
    'auth_type AWS_ROLE works on LangSmith only: the local server has no AWS role. Give a user name and a password.',
  );
}

type RegistryReply = Registry & { aws_role_arn: null; repository_search_mode: 'NONE'; updated_by: null };

/** A registry as the wire has it: without its password. */
function reply({ id, name, url, created_at, updated_at }: RegistryRecord): RegistryReply {
  const provider = registryProvider(url);
  return {
    id,
    name,
    url,
    auth_type: 'DOCKER_CONFIG',
    aws_role_arn: null,
    provider,
    repository_search_mode: 'NONE',
    created_at,
    created_by: null,
    updated_at,
    updated_by: null,
  };
}
