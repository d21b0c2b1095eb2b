import { randomBytes } from 'node:crypto';
import { ApiError } from './errors';
import { isMadeSince } from './made-since';
import { allPages } from './all-pages';
import { onePage, type Page } from './pages';
import { defaultTimeoutMs, type CallOptions, type Transport } from './transport';
import type { Box, BoxList, BoxStatusReply, CreateBoxRequest } from './types';
import type { BatchDeleteReply, BoxListQuery, UpdateBoxRequest } from './wire/box-requests';

/** One page: 50 by default, 500 at most. */
export function listBoxes(
  transport: Transport,
  query: Omit<BoxListQuery, 'cursor'> = {},
  options?: CallOptions,
): Promise<Page<Box>> {
  return onePage(query, reader(transport, options), ({ sandboxes }) => sandboxes, options);
}

/** Every one, in the order asked for; pages are read as they are needed. */
export function allBoxes(
  transport: Transport,
  query: BoxListQuery = {},
  options?: CallOptions,
): AsyncGenerator<Box, void> {
  return allPages(query, reader(transport, options), ({ sandboxes }) => sandboxes);
}

function reader(transport: Transport, options?: CallOptions): (query: BoxListQuery) => Promise<BoxList> {
  const url = transport.url('boxes');
  return (query) => transport.json({ method: 'GET', url, query: { ...query } }, options);
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

/** A name that no other sandbox has. */
export function madeUpName(): string {
  return `sandbox-${randomBytes(6).toString('hex')}`;
}

/**
 * Creates one sandbox, never two: the name is always chosen here, so that when no answer came
 * the sandbox is looked up by that name instead of being asked for again. One that may be another's is not taken for it.
 */
export async function createBox(
  transport: Transport,
  body: CreateBoxRequest,
  options: CallOptions = {},
): Promise<Box> {
  const named = { ...body, name: body.name ?? madeUpName() };
  const waitMs = body.wait_for_ready ? (body.timeout ?? 30) * 1000 : 0;
  const timeoutMs = options.timeoutMs ?? waitMs + defaultTimeoutMs;
  const spec = { method: 'POST' as const, url: transport.url('boxes'), json: named };
  const startedAt = Date.now();
  try {
    return await transport.json<Box>(spec, { ...options, timeoutMs });
  } catch (failure) {
    if (!isInDoubt(failure)) throw failure;
    const made = await findMade(transport, named, startedAt, { signal: options.signal });
    options.signal?.throwIfAborted();
    if (!made) throw failure;
    return made;
  }
}

/**
 * The sandbox that a request sent at `startedAt` (epoch milliseconds) has made, when its answer was not seen.
 * Undefined when there is none, when it may be another's, and when the server does not tell.
 */
export async function findMade(
  transport: Transport,
  { name, snapshot_id }: CreateBoxRequest & { name: string },
  startedAt: number,
  options: CallOptions,
): Promise<Box | undefined> {
  const box = await getBox(transport, name, options).catch(() => undefined);
  const isOther = snapshot_id !== undefined && box?.snapshot_id !== snapshot_id;
  return box && !isOther && isMadeSince(box, startedAt) ? box : undefined;
}

function isInDoubt(failure: unknown): boolean {
  return failure instanceof ApiError && (failure.kind === 'ambiguous' || failure.kind === 'deadline');
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

/** Changes what is given. Refused with `conflict` when the new name is taken. */
export function updateBox(
  transport: Transport,
  idOrName: string,
  changes: UpdateBoxRequest,
  options?: CallOptions,
): Promise<Box> {
  return transport.json({ method: 'PATCH', url: transport.url('boxes', idOrName), json: changes }, options);
}

/** Each by name or id; says of each that stays why it does. */
export function deleteBoxes(
  transport: Transport,
  names: string[],
  options?: CallOptions,
): Promise<BatchDeleteReply> {
  const url = transport.url('boxes', 'batch-delete');
  return transport.json({ method: 'POST', url, json: { names } }, options);
}
