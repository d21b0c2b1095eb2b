import { describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../../../src/app/connection';
import { failureOf } from '../../../../src/app/failure';
import type { Listing } from '../../../../src/app/listing';
import { LocalServerError } from '../../../../src/app/local-process/server-error';
import { ApiError, type ApiErrorKind } from '../../../../src/api/errors';
import { sessionOverScriptedApi } from '../../app/session-over';

vi.mock('vscode', () => import('../l10n'));

const { viewWords } = await import('../../../../src/ui/trees/view-words');

const target = { kind: 'local' } as const;
const now = 100_000;
const rows: Listing<string> = { state: 'ready', rows: { items: ['row'] }, at: now };
const noRows: Listing<string> = { state: 'ready', rows: { items: [] }, at: now };
const unreachable = failureOf(
  new ApiError('no-server (ECONNREFUSED)', {
    kind: 'unreachable',
    obstacle: { problem: 'no-server', code: 'ECONNREFUSED' },
    method: 'GET',
    path: '/',
  }),
);

async function connected(): Promise<Connection> {
  const { session } = await sessionOverScriptedApi();
  return { state: 'connected', target, endpoint: 'http://127.0.0.1:1', session };
}

describe('a view says', () => {
  it('nothing before anybody is connected', () => {
    const words = viewWords({ connection: { state: 'signed-out' }, listing: undefined, filter: '', now });
    expect(words).toEqual({ description: undefined, message: undefined });
  });

  it('the connection’s name, and nothing more while all is well', async () => {
    expect(viewWords({ connection: await connected(), listing: rows, filter: '', now })).toEqual({
      description: 'Local',
      message: undefined,
    });
  });

  it('what is filtered: above the rows, or beside the name where a welcome text stands instead of rows', async () => {
    const connection = await connected();
    expect(viewWords({ connection, listing: rows, filter: 'py', now }).message).toBe('Name contains “py”.');
    expect(viewWords({ connection, listing: noRows, filter: 'py', now })).toEqual({
      description: 'Local · “py”',
      message: undefined,
    });
  });

  it('how old the rows are, and why, after a failed refresh', async () => {
    const listing: Listing<string> = {
      state: 'stale',
      rows: { items: ['row'] },
      at: now - 12_000,
      failure: unreachable,
    };
    expect(viewWords({ connection: await connected(), listing, filter: '', now }).message).toBe(
      'As of 12 s ago: no server answers there (ECONNREFUSED).',
    );
  });

  it('a server’s own words as they are, and no more than a read can mean', async () => {
    const connection = await connected();
    const message = (kind: ApiErrorKind) => {
      const failure = failureOf(new ApiError('The database is away.', { kind, method: 'GET', path: '/' }));
      const listing: Listing<string> = { state: 'stale', rows: { items: ['row'] }, at: now, failure };
      return viewWords({ connection, listing, filter: '', now }).message;
    };
    expect(message('server')).toBe('As of 0 s ago: The database is away.');
    expect(message('ambiguous')).toBe('As of 0 s ago: the connection broke before the answer came.');
  });

  it('that it connects again, or cannot, while the rows stay', async () => {
    const { session } = await sessionOverScriptedApi();
    const message = (connection: Connection) =>
      viewWords({ connection, listing: rows, filter: '', now }).message;
    expect(message({ state: 'connecting', target, session })).toBe('Connecting again…');
    const failure = failureOf(new LocalServerError('local-silent'));
    expect(message({ state: 'failed', target, failure, session })).toBe(
      'Not connected: the local server did not become ready within a minute.',
    );
  });
});
