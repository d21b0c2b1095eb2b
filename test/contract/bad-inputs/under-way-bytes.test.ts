import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Duplex } from 'node:stream';
import { beforeAll, expect, it } from 'vitest';
import { until } from '../../harness/until';
import { engineView } from '../local/fixture/engine-view';
import { open, upgrade } from '../local/services/fixture/request';
import { echoPort, servicePort, startServices, uploadService } from '../local/services/fixture/service-box';
import { openTunnel, type TunnelClient } from '../local/services/fixture/tunnel-client';
import type { Reply } from './fixture/ask';
import { expectRefusal } from './fixture/refusal';
import { stage } from './fixture/stage';
import { traces, type Traces } from './fixture/traces';

// A sandbox is deleted while bytes go in and out. Each way ends at once, with a reason where there is a place for one.

const scene = stage();
const view = engineView();
/** More than what waits between a file and a reader who takes nothing. */
const largeBytes = 80_000_000;
const large = '/root/large';

interface Cut {
  status: number;
  /** Of what was promised, how much came. */
  bytes: number;
  promised: number | undefined;
}

const underWay = {} as {
  deletion: Reply;
  upload: Reply;
  download: Cut;
  /** Of a link, asked for while the download is held. */
  behind: Reply;
  service: Cut;
  tunnels: Record<'idle' | 'used', { code: number; reason: string }>;
  socket: Duplex;
};
let before: Traces;

const spooled = (): Promise<string[]> => readdir(path.join(scene.running.server.dataDir, 'spool'));

/** An upload whose body is not sent whole: `rest` sends the rest, `leave` goes away instead. */
interface HalfUpload {
  rest: () => Promise<Reply>;
  leave: () => void;
}

async function halfUpload(box: string, file: string): Promise<HalfUpload> {
  const already = (await spooled()).length;
  const head = '--edge\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n\r\n';
  const half = Buffer.alloc(3_000_000);
  const request = http.request(`${scene.running.server.endpoint}/v2/sandboxes/${box}/upload?path=${file}`, {
    method: 'POST',
    agent: false,
    headers: {
      'X-Api-Key': scene.running.server.apiKey,
      'Content-Type': 'multipart/form-data; boundary=edge',
    },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  answered.catch(() => undefined);
  request.write(head);
  request.write(half);
  await until('the first half to have arrived', async () => (await spooled()).length > already || undefined);
  return {
    rest: async () => {
      request.end(Buffer.concat([half, Buffer.from('\r\n--edge--\r\n')]));
      const response = await answered;
      return { status: response.statusCode ?? 0, text: String(await buffer(response)) };
    },
    leave: () => request.destroy(),
  };
}

/** Reads it to its end, whole or not. */
async function cutOff(response: IncomingMessage): Promise<Cut> {
  let bytes = 0;
  response.on('data', (part: Buffer) => (bytes += part.length)).on('error', () => undefined);
  if (!response.closed) await new Promise((resolve) => response.once('close', resolve));
  const length = response.headers['content-length'];
  const promised = length === undefined ? undefined : Number(length);
  return { status: response.statusCode ?? 0, bytes, promised };
}

async function closing({ webSocket }: TunnelClient): Promise<{ code: number; reason: string }> {
  const [code, reason] = (await once(webSocket, 'close')) as [number, Buffer];
  return { code, reason: reason.toString() };
}

beforeAll(async () => {
  const { wire, server } = scene.running;
  before = await traces(scene.running, view);
  const { id } = await wire.boot({ snapshot_id: scene.fill('{snapshot}') });
  await uploadService(wire, id);
  await startServices(wire, id);
  await wire.execute(id, `head -c ${largeBytes} /dev/zero > ${large}`);
  const linkTo = <Link>(kind: string, request: object): Promise<Link> =>
    wire.expect(200, 'POST', `/boxes/${id}/${kind}-url`, request);
  const link = await linkTo<{ download_url: string }>('download', { path: large });
  const service = await linkTo<{ service_url: string; token: string }>('service', { port: servicePort });
  const withToken = { 'X-Langsmith-Sandbox-Service-Token': service.token };

  const [idle, used] = [await openTunnel(server, id), await openTunnel(server, id)];
  expect(await used.dial(1, echoPort)).toBe(0);
  const tunnels = Promise.all([closing(idle), closing(used)]);
  const stream = await open(`${service.service_url}stream`, withToken);
  const socket = await upgrade(`${service.service_url}upgrade`, withToken);
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  underWay.socket = socket.on('error', () => undefined).resume();
  const [upload, left] = [await halfUpload(id, '/root/half'), await halfUpload(id, '/root/left')];
  // Last: an engine may do nothing else in a container while something is read from it.
  const address = `${server.endpoint}/v2/sandboxes/${id}/download?path=${large}`;
  const download = await open(address, { 'X-Api-Key': server.apiKey });
  const behind = open(link.download_url);

  underWay.deletion = await scene.ask(`DELETE /boxes/${id}`);
  underWay.upload = await upload.rest();
  left.leave();
  const [first, second] = await tunnels;
  underWay.tunnels = { idle: first, used: second };
  underWay.download = await cutOff(download);
  underWay.service = await cutOff(stream);
  const response = await behind;
  underWay.behind = { status: response.statusCode ?? 0, text: '' };
  if (response.statusCode === 200) await cutOff(response);
  else underWay.behind.text = String(await buffer(response));
});

it('the deletion waits for nobody', () => expect(underWay.deletion.status).toBe(204));

it('an upload that was half sent is told once it has sent the rest', () =>
  expectRefusal(underWay.upload, [404], /There is no sandbox/));

it('a download that nobody reads breaks off', () => {
  const { status, bytes, promised } = underWay.download;
  expect([status, promised]).toEqual([200, largeBytes]);
  expect(bytes).toBeLessThan(largeBytes);
});

it('a download that had not begun is told, or breaks off as well', () => {
  if (underWay.behind.status !== 200) expectRefusal(underWay.behind, [400, 404], /sandbox|There is no/);
});

it.each(['idle', 'used'] as const)('a tunnel that is %s is closed for good, and told why', (which) =>
  expect(underWay.tunnels[which]).toEqual({ code: 1000, reason: 'The sandbox was deleted.' }),
);

it('an answer of a service breaks off, and so does its WebSocket', async () => {
  expect(underWay.service).toMatchObject({ status: 200, bytes: 'data: one\n\n'.length });
  await until('the WebSocket to end', () => underWay.socket.closed || undefined);
});

it('the server is up, and nothing was left behind', async () => {
  expect((await scene.running.wire.call('GET', '/boxes')).status).toBe(200);
  await expect.poll(() => traces(scene.running, view), { timeout: 10_000 }).toEqual(before);
});
