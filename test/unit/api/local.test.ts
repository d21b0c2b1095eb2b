import { describe, expect, it } from 'vitest';
import { holdLease } from '../../../src/api/local';
import { scripted } from './scripted-server';

const nobody = (): void => undefined;

describe('a lease', () => {
  it('is held from its first byte on, and its loss is told once', async () => {
    let drop = nobody;
    const { transport } = await scripted((response) => {
      response.write('held\n');
      drop = () => void response.destroy();
    });
    let losses = 0;
    await holdLease(transport, { signal: new AbortController().signal, onLost: () => losses++ });
    expect(losses).toBe(0);
    drop();
    await expect.poll(() => losses).toBe(1);
  });

  it('that is never given is given up', async () => {
    const { transport } = await scripted((response) => response.writeHead(200).flushHeaders());
    const { signal } = new AbortController();
    await expect(holdLease(transport, { signal, onLost: nobody, timeoutMs: 50 })).rejects.toMatchObject({
      kind: 'server',
      message: 'The local server gave no lease',
    });
  });

  it('ends with its signal, without a word of loss', async () => {
    const { transport } = await scripted((response) => response.writeHead(200).flushHeaders());
    const abort = new AbortController();
    let losses = 0;
    const holding = holdLease(transport, { signal: abort.signal, onLost: () => losses++ });
    abort.abort(new Error('let go'));
    await expect(holding).rejects.toThrow('let go');
    expect(losses).toBe(0);
  });
});
