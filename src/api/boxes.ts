import { randomBytes } from 'node:crypto';
import { ApiError } from './errors';
import { readPage, type Page } from './pages';
import { defaultTimeoutMs, type CallOptions, type Transport } from './transport';
import type { Box, BoxList, BoxStatusReply, CreateBoxRequest, ListQuery } from './types';

/** One page: 50 by default, 500 at most. */
export async function listBoxes(
  transport: Transport,
  query: ListQuery = {},
  options?: CallOptions,
): Promise<Page<Box>> {
  const url = transport.url('boxes');
  const list = await transport.json<BoxList>({ method: 'GET', url, query: { ...query } }, options);
  return readPage(list, list.sandboxes, query);
}

export function getBox(transport: Transport, idOrName: string, options?: CallOptions): Promise<Box> {
  return transport.json({ method: 'GET', url: transport.url('boxes', idOrName) }, options);
}

/** Cheap enough to poll; says nothing of the dataplane. */
export function getBoxStatus(
  transport: Transport,
  idOrName: string,
  options?: CallOptions,
): Promise<BoxStatusReply> {
  return transport.json({ method: 'GET', url: transport.url('boxes', idOrName, 'status') }, options);
}

/**
 * Creates one sandbox, never two: the name is always chosen here, so that after a broken connection
 * the sandbox is looked up by that name instead of being asked for again.
 */
export async function createBox(
  transport: Transport,
  body: CreateBoxRequest,
  options: CallOptions = {},
): Promise<Box> {
  const named = { ...body, name: body.name ?? `sandbox-${randomBytes(6).toString('hex')}` };
  const waitMs = body.wait_for_ready ? (body.timeout ?? 30) * 1000 : 0;
  const timeoutMs = options.timeoutMs ?? waitMs + defaultTimeoutMs;
  const spec = { method: 'POST' as const, url: transport.url('boxes'), json: named };
  try {
    return await transport.json<Box>(spec, { ...options, timeoutMs });
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.kind !== 'ambiguous') throw failure;
    return findAfterBreak(transport, named.name, failure, options);
  }
}

async function findAfterBreak(
  transport: Transport,
  name: string,
  broken: ApiError,
  options: CallOptions,
): Promise<Box> {
  try {
    return await getBox(transport, name, options);
  } catch (failure) {
    if (failure instanceof ApiError && failure.kind === 'not-found') throw broken;
    throw failure;
  }
}

/** From `stopped` or `failed`; the reply is `provisioning` as a rule. */
export function startBox(transport: Transport, idOrName: string, options?: CallOptions): Promise<Box> {
  return transport.json(
    { method: 'POST', url: transport.url('boxes', idOrName, 'start'), json: {} },
    options,
  );
}

/** From `ready`. Files stay, processes and `/tmp` go. */
export function stopBox(transport: Transport, idOrName: string, options?: CallOptions): Promise<void> {
  return transport.send({ method: 'POST', url: transport.url('boxes', idOrName, 'stop'), json: {} }, options);
}

export function deleteBox(transport: Transport, idOrName: string, options?: CallOptions): Promise<void> {
  return transport.send({ method: 'DELETE', url: transport.url('boxes', idOrName) }, options);
}
