import { SandboxClient, type Sandbox } from 'langsmith/sandbox';
import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import type { WebSocket } from 'ws';
import { reply, scripted, type Answer, type SeenRequest } from '../scripted-server';
import { scriptedSockets, type SocketScript } from '../scripted-sockets';

const officialKey = 'key-of-the-official-sdk';

/** One scripted server, spoken to by the official SDK and by us; each one's requests apart. */
export async function bothSides(answer: Answer) {
  const side = await scripted((response, request) =>
    answer(response, request, requestsOf(request.headers['x-api-key']).length),
  );
  const requestsOf = (key: unknown): SeenRequest[] =>
    side.seen.filter(({ headers }) => headers['x-api-key'] === key);
  return {
    ...side,
    official: officialAt(side.endpoint),
    ours: side.transport,
    seenOfOfficial: () => requestsOf(officialKey),
    seenOfOurs: () => requestsOf('key-for-the-wire'),
  };
}

export function officialAt(endpoint: string): SandboxClient {
  return new SandboxClient({ apiEndpoint: `${endpoint}/api/v2/sandboxes`, apiKey: officialKey });
}

/** The same script twice, for each side a server of its own: what one connection does is told apart from the other's. */
export async function officialSockets(script: SocketScript) {
  const side: Awaited<ReturnType<typeof scriptedSockets>> = await scriptedSockets({
    ...script,
    answer: (response) => replyBox(response, side.box.dataplane_url),
  });
  const sandbox: Sandbox = await officialAt(side.endpoint).getSandbox('mine');
  return { ...side, sandbox };
}

export function replyBox(response: ServerResponse, dataplane_url: string): void {
  reply(response, 200, { id: 'b1', name: 'mine', status: 'ready', dataplane_url });
}

/** Notes when each promise settles, and tells which have. Nothing that is noted is left to end the process. */
export function settled(promises: Record<string, Promise<unknown>>): string[] {
  const order: string[] = [];
  for (const [name, promise] of Object.entries(promises)) {
    promise.then(
      () => order.push(name),
      () => order.push(name),
    );
  }
  return order;
}

/** Something that happens on the server a while after now, to compare the order of events with. */
export function laterEvent(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 300);
    onTestFinished(() => clearTimeout(timer));
  });
}

/** The official SDK goes on with what it does after a test has seen enough; nobody waits for it. */
export function unattended<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

export async function everyOne<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The methods of an object of the official SDK that are not its own business. */
export function methodsOf(object: object): string[] {
  const members = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(object) as object));
  return members.flatMap(([name, { value }]) =>
    typeof value === 'function' && !name.startsWith('_') && name !== 'constructor' ? [name] : [],
  );
}

/** When its answer is here, so is all that the client had sent before. */
export async function roundTrip(socket: WebSocket): Promise<void> {
  await new Promise((resolve) => socket.once('pong', resolve).ping());
}
