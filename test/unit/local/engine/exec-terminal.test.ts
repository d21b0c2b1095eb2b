import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { Connection } from '../../../../src/local/engine/connection';
import { resizeExec } from '../../../../src/local/engine/exec-terminal';
import type { EngineHttp, EngineRequest } from '../../../../src/local/engine/http/http';
import { createStarts } from '../../../../src/local/engine/starts';

const never = new AbortController().signal;
const ids = { container: 'box', execId: 'shell' };

/** Over an engine that takes a size at any time; gives what it was sent. */
function terminal() {
  const sent: EngineRequest[] = [];
  const send = (request: EngineRequest): Promise<unknown> => {
    sent.push(request);
    return Promise.resolve(Readable.from([]));
  };
  const http = { url: 'scripted', send } as unknown as EngineHttp;
  const starts = createStarts();
  return { connection: { http, starts } as unknown as Connection, starts, sent };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('a new size that comes during a capture is sent after it, and the next capture waits for that', async () => {
  const { connection, starts, sent } = terminal();
  let written = (): void => undefined;
  const capture = starts.pausing('box', never, () => new Promise<void>((resolve) => (written = resolve)));
  await settled();
  const resized = resizeExec(connection, ids, { cols: 120, rows: 40 }, never);
  await settled();
  expect(sent).toEqual([]);
  written();
  await Promise.all([capture, resized]);
  expect(sent).toMatchObject([{ path: '/exec/shell/resize', query: { w: 120, h: 40 } }]);
  expect(await starts.pausing('box', never, () => Promise.resolve('paused'))).toBe('paused');
});

it('a new size waits for a capture no longer than its caller does', async () => {
  const { connection, starts, sent } = terminal();
  void starts.pausing('box', never, () => new Promise(() => undefined));
  await settled();
  const giveUp = new AbortController();
  const resized = resizeExec(connection, ids, { cols: 120, rows: 40 }, giveUp.signal);
  giveUp.abort(new Error('given up'));
  await expect(resized).rejects.toThrow('given up');
  expect(sent).toEqual([]);
});
