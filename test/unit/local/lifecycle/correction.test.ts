import { describe, expect, it } from 'vitest';
import { correction } from '../../../../src/local/lifecycle/observe';

const row = (status: Parameters<typeof correction>[0]['status'], status_message: string | null = null) => ({
  status,
  status_message,
});

describe('a sandbox that nobody works on', () => {
  it.each(['stopped', 'failed', 'provisioning'] as const)(
    'and was %s is ready when its container runs',
    (status) => {
      expect(correction(row(status), 'running')).toEqual({
        status: 'ready',
        status_message: null,
        stopped_at: null,
      });
    },
  );

  it('needs no change where row and engine agree', () => {
    expect(correction(row('ready'), 'running')).toBeUndefined();
    expect(correction(row('stopped'), 'exited')).toBeUndefined();
    expect(correction(row('failed', 'why'), 'created')).toBeUndefined();
    expect(correction(row('failed', 'why'), undefined)).toBeUndefined();
  });

  it('is stopped when its container ended, with the time', () => {
    expect(correction(row('ready'), 'exited')).toMatchObject({
      status: 'stopped',
      stopped_at: expect.any(String) as string,
    });
  });

  it('has failed when its creation was cut off: who waits for that does not wait for one that is stopped', () => {
    expect(correction(row('provisioning'), 'created')).toMatchObject({
      status: 'failed',
      status_message: 'The local server stopped while this sandbox was being created. Start it to try again.',
    });
  });

  it('is stopped when a later start was cut off, so that it wakes as any', () => {
    expect(correction(row('provisioning'), 'exited')).toMatchObject({
      status: 'stopped',
      status_message: 'The local server stopped while this sandbox was starting.',
    });
  });

  it.each(['ready', 'stopped', 'provisioning'] as const)(
    'and was %s has failed without a container',
    (status) => {
      expect(correction(row(status), undefined)).toMatchObject({ status: 'failed', stopped_at: null });
    },
  );

  it('has failed while its container is paused, which is written once', () => {
    const paused = correction(row('ready'), 'paused');
    expect(paused?.status_message).toContain('Unpause it');
    expect(correction(row('failed', paused?.status_message ?? null), 'paused')).toBeUndefined();
  });

  it('is stopped while it is paused, when its memory is preserved', () => {
    const preserving = { preserve_memory_on_stop: true };
    expect(correction({ ...row('stopped'), ...preserving }, 'paused')).toBeUndefined();
    expect(correction({ ...row('ready'), ...preserving }, 'paused')?.status).toBe('stopped');
  });

  it('is stopped without a container, when nothing of it is kept', () => {
    const fleeting = { persistent: false };
    expect(correction({ ...row('stopped'), ...fleeting }, undefined)).toBeUndefined();
    expect(correction({ ...row('ready'), ...fleeting }, undefined)?.status).toBe('stopped');
  });

  it('is left alone while it is being deleted', () => {
    expect(correction(row('deleting'), undefined)).toBeUndefined();
  });
});
