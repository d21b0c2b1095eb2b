import { describe, expect, it, vi } from 'vitest';
import type { ServiceFacts } from '../../../../src/app/services/port-facts';
import type { BoxPorts } from '../../../../src/app/services/ports';
import type { Row } from '../../../../src/ui/trees/row';
import { sessionOverScriptedApi } from '../../app/session-over';

vi.mock('vscode', () => import('../l10n'));

const { sandboxRows } = await import('../../../../src/ui/trees/rows');
const { portRows, portsRow } = await import('../../../../src/ui/trees/port-rows');

const now = 1_000_000;
const minute = 60_000;
const text = ({ label, description }: Row): string => [label, description].filter(Boolean).join(' | ');
const facts = (ports: BoxPorts | undefined, forwards: ServiceFacts['forwards'] = []): ServiceFacts => ({
  ports: new Map(ports && [['box', ports]]),
  forwards,
});
const forward = { boxId: 'box', boxName: 'agent', port: 5432, localPort: 5433 };
const known: BoxPorts = {
  isReading: false,
  known: {
    listening: [{ port: 8000, program: 'python3' }, { port: 9000 }],
    shared: [
      { port: 8000, audience: 'token', expiresAt: now + 8 * minute },
      { port: 8001, audience: 'workspace' },
      { port: 8002, audience: 'token', expiresAt: now - 1 },
    ],
    at: now,
  },
};

describe('below a running sandbox', () => {
  it('stand its files and its ports, which have rows once they are opened; other sandboxes have none', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const running = api.addBox({ name: 'running' });
    const stopped = api.addBox({ name: 'stopped', status: 'stopped' });
    await session.inventory.boxes.refresh();
    const tree = sandboxRows(
      session.inventory,
      now,
      { by: 'none' },
      {
        services: facts(undefined),
        files: { folders: new Map(), readOnly: new Set() },
      },
    );
    expect(tree.below(running.id).map(({ id, label, fold }) => [id, label, fold])).toEqual([
      [`${running.id}/files`, 'Files', 'collapsed'],
      [`${running.id}/ports`, 'Ports', 'collapsed'],
    ]);
    expect(tree.below(stopped.id)).toEqual([]);
    expect(tree.below(`${running.id}/ports`).map(({ label, icon }) => [label, icon])).toEqual([
      ['Looking…', 'busy'],
    ]);
  });
});

describe('the ports of a sandbox', () => {
  it('are what listens, what is shared and what is forwarded, by number', () => {
    const rows = portRows('box', facts(known, [forward]), now);
    expect(rows.map(text)).toEqual([
      '5432 | → 127.0.0.1:5433 · nothing listens',
      '8000 | python3 · shared, expires in 8 min',
      '8001 | nothing listens · shared with the workspace',
      '9000',
    ]);
    expect(rows.map(({ contextValue }) => contextValue)).toEqual([
      'port forwarded',
      'port shared',
      'port shared',
      'port',
    ]);
    expect(rows.map(({ icon }) => icon)).toEqual(['silent', 'listening', 'silent', 'listening']);
    expect(rows[1]?.spoken).toBe('Port 8000 · python3 · shared, expires in 8 min');
  });

  it('are counted in the row above them, with their age once it is worth telling', () => {
    const above = (at: number): string | undefined =>
      portsRow({ id: 'box', name: 'agent', status: 'ready' } as never, facts(known, [forward]), at)
        ?.description;
    expect(above(now)).toBe('2 listening · 2 shared · 1 forwarded');
    expect(above(now + 3 * minute)).toBe('2 listening · 2 shared · 1 forwarded · 3 min ago');
    expect(above(now + 8 * minute)).toBe('2 listening · 1 shared · 1 forwarded · 8 min ago');
  });

  it('say that nothing listens, or why that is not known, beside what is known', () => {
    const none = { listening: [], shared: [], at: now };
    expect(portRows('box', facts({ isReading: false, known: none }), now).map(text)).toEqual([
      'Nothing listens',
    ]);
    const unlisted = { ...none, listening: undefined };
    expect(portRows('box', facts({ isReading: false, known: unlisted }, [forward]), now).map(text)).toEqual([
      'This image has nothing to list its ports by',
      '5432 | → 127.0.0.1:5433',
    ]);
    const failure = { cause: 'deadline', reason: '', error: undefined } as const;
    expect(portRows('box', facts({ ...known, failure }), now).map(text)).toEqual([
      'Could not be listed: the server did not answer in time',
      '8000 | python3 · shared, expires in 8 min',
      '8001 | nothing listens · shared with the workspace',
      '9000',
    ]);
  });

  it('tell why a forwarded one does not work', () => {
    const failure = {
      cause: 'unavailable',
      reason: 'Nothing listens on this port',
      error: undefined,
    } as const;
    const [row] = portRows('box', facts(undefined, [{ ...forward, failure }]), now);
    expect(text(row!)).toBe('5432 | → 127.0.0.1:5433 · last connection failed: Nothing listens on this port');
  });
});
