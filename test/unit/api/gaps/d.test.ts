import { describe, expect, it } from 'vitest';
import { createBox, getBox } from '../../../../src/api/boxes';
import { runCommand } from '../../../../src/api/commands/run-command';
import { download } from '../../../../src/api/files';
import { reply } from '../scripted-server';
import { scriptedSockets } from '../scripted-sockets';
import { bothSides, officialSockets, unattended } from './sides';

const detail = { error: 'Refused', message: 'the server’s own sentence', error_id: 'e-1' };

describe('D, errors', { timeout: 20_000 }, () => {
  it.each([
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
  ])(
    'D a refused WebSocket (%i) tells the server’s sentence, the official SDK drops it',
    async (status, kind) => {
      const script = {
        onFrame: () => undefined,
        refuse: (refuse: (status: number, body: unknown) => true) => refuse(status, { detail }),
      };
      const theirs = await officialSockets(script);
      const failure = (await theirs.sandbox.run('x').catch((thrown: unknown) => thrown)) as Error;
      expect(failure).toMatchObject({ name: 'LangSmithSandboxConnectionError' });
      expect(failure.message).not.toContain(detail.message);
      const { transport, box } = await scriptedSockets(script);
      await expect(runCommand(transport, box, { command: 'x' })).rejects.toMatchObject({
        kind,
        status,
        errorType: detail.error,
        errorId: detail.error_id,
        message: detail.message,
      });
    },
  );

  it('D a WebSocket refused for a while is tried again when the server says', async () => {
    const { transport, box, frames } = await scriptedSockets({
      refuse: (refuse, count) => count < 3 && refuse(503, { detail }, { 'retry-after': '0' }),
      onFrame: ({ say }) => say({ type: 'exit', exit_code: 0 }),
    });
    await runCommand(transport, box, { command: 'x' });
    expect(frames).toHaveLength(1);
  });

  it('D a name that is taken is a conflict wherever it is said, the official SDK’s only on a change', async () => {
    const { official, ours } = await bothSides((response) => reply(response, 409, { detail }));
    await expect(official.createSandbox('s1', { name: 'x' })).rejects.toMatchObject({
      name: 'LangSmithSandboxError',
    });
    await expect(createBox(ours, { name: 'x' })).rejects.toMatchObject({ kind: 'conflict', status: 409 });
  });

  it('D status, type and id are fields, the official SDK has them in its text at most', async () => {
    const { official, ours } = await bothSides((response) => reply(response, 500, { detail }));
    const failure: unknown = await official.getSandbox('x').catch((thrown: unknown) => thrown);
    expect(failure).not.toHaveProperty('status');
    expect(failure).not.toHaveProperty('errorId');
    await expect(getBox(ours, 'x')).rejects.toMatchObject({
      status: 500,
      errorType: 'Refused',
      errorId: 'e-1',
      message: detail.message,
    });
  });

  it('D a quota that is used up is told as the server says, the official SDK guesses which from words', async () => {
    const message = 'try again later';
    const { official, ours } = await bothSides((response) =>
      reply(response, 429, { detail: { error: 'StorageQuota', message } }, { 'retry-after': '90' }),
    );
    const failure = await unattended(official.createSandbox('s1')).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ quotaType: 'unknown' });
    await expect(createBox(ours, { name: 'x' })).rejects.toMatchObject({
      kind: 'quota',
      errorType: 'StorageQuota',
      retryAfterMs: 90_000,
      message,
    });
  });

  it('D a field that is wrong is named', async () => {
    const { ours } = await bothSides((response) =>
      reply(response, 422, { detail: [{ loc: ['body', 'vcpus'], msg: 'too many', type: 'value_error' }] }),
    );
    await expect(createBox(ours, { name: 'x' })).rejects.toMatchObject({ kind: 'invalid', field: 'vcpus' });
  });

  it.each([
    [404, 'FileNotFound', 'not-found'],
    [400, 'ReadError', 'invalid'],
    [500, 'ReadError', 'invalid'],
    [400, 'NotReady', 'unavailable'],
    [500, 'CommandError', 'invalid'],
  ])('D the dataplane’s %i %s is %s', async (status, error, kind) => {
    const { ours } = await bothSides((response) => reply(response, status, { detail: { error } }));
    await expect(download(ours, { id: 'b1' }, '/f')).rejects.toMatchObject({
      kind,
      status,
      errorType: error,
    });
  });
});
