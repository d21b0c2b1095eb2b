import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { within } from '../abort';
import { unlessMissing } from './absent';
import type { Connection } from './connection';
import type { EngineContainer } from './engine';
import { EngineError } from './engine-error';
import { pathPart } from './http/http';
import { sendForJson, sendForNothing } from './http/json';
import { untilPauseIsHeard } from './pause-heard';
import { despitePauseNews } from './pause-news';

const labels = z.record(z.string(), z.string()).nullish();

const containerShape = z.object({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  State: z.object({ Status: z.string() }),
  Config: z.object({ Labels: labels }),
});

const listedShape = z.object({
  Id: z.string(),
  Names: z.array(z.string()).nullish(),
  ImageID: z.string(),
  State: z.string(),
  Labels: labels,
});

const removalLimitMs = 30_000;

export function startContainer({ http }: Connection, id: string, signal: AbortSignal): Promise<void> {
  return sendForNothing(http, { method: 'POST', path: `/containers/${pathPart(id)}/start` }, signal);
}

export function stopContainer(
  { http, endings }: Connection,
  id: string,
  graceSeconds: number,
  signal: AbortSignal,
): Promise<void> {
  const path = `/containers/${pathPart(id)}/stop`;
  const silence = graceSeconds * 1000 + 60_000;
  const request = { method: 'POST', path, query: { t: graceSeconds }, silence } as const;
  return endings.during(id, () => sendForNothing(http, request, signal));
}

export function pauseContainer({ http, starts }: Connection, id: string, signal: AbortSignal): Promise<void> {
  const request = { method: 'POST', path: `/containers/${pathPart(id)}/pause` } as const;
  const pause = (): Promise<void> => sendForNothing(http, request, signal);
  return starts.pausing(id, signal, () => despitePauseNews(pause, signal));
}

export async function unpauseContainer(
  connection: Connection,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const request = { method: 'POST', path: `/containers/${pathPart(id)}/unpause` } as const;
  try {
    await despitePauseNews(() => sendForNothing(connection.http, request, signal), signal);
  } finally {
    void untilPauseIsHeard(connection, id);
  }
}

export async function removeContainer(
  connection: Connection,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const path = `/containers/${pathPart(id)}`;
  const query = { force: true, v: true };
  try {
    const remove = (): Promise<void> =>
      sendForNothing(connection.http, { method: 'DELETE', path, query }, signal);
    await unlessMissing(connection.endings.during(id, remove));
  } catch (error) {
    const isUnderWay =
      error instanceof EngineError && /removal of container .* already in progress/.test(error.message);
    if (!isUnderWay) throw error;
    await untilRemoved(connection, id, within(removalLimitMs, signal));
  }
}

export async function inspectContainer(
  { http }: Connection,
  id: string,
  signal: AbortSignal,
): Promise<EngineContainer | undefined> {
  const request = { method: 'GET', path: `/containers/${pathPart(id)}/json` } as const;
  const container = await unlessMissing(sendForJson(http, request, containerShape, signal));
  return (
    container && {
      id: container.Id,
      name: plainName(container.Name),
      labels: container.Config.Labels ?? {},
      state: stateOf(container.State.Status),
      imageId: container.Image,
    }
  );
}

export async function listContainers(
  { http }: Connection,
  label: string,
  value: string,
  signal: AbortSignal,
): Promise<EngineContainer[]> {
  const query = { all: true, filters: JSON.stringify({ label: [`${label}=${value}`] }) };
  const request = { method: 'GET', path: '/containers/json', query } as const;
  const containers = await sendForJson(http, request, z.array(listedShape), signal);
  return containers.map((container) => ({
    id: container.Id,
    name: plainName(container.Names?.[0] ?? ''),
    labels: container.Labels ?? {},
    state: stateOf(container.State),
    imageId: container.ImageID,
  }));
}

async function untilRemoved(connection: Connection, id: string, signal: AbortSignal): Promise<void> {
  while (await inspectContainer(connection, id, signal)) await sleep(100, undefined, { signal });
}

/** Docker puts a slash before it. */
function plainName(name: string): string {
  return name.replace(/^\//, '');
}

/** Docker's words, and Podman's for the same. A container that is being removed, or can't be, has ended. */
function stateOf(status: string): EngineContainer['state'] {
  switch (status) {
    case 'created':
    case 'configured':
    case 'initialized':
      return 'created';
    case 'running':
    case 'restarting':
    case 'stopping':
      return 'running';
    case 'paused':
      return 'paused';
    default:
      return 'exited';
  }
}
