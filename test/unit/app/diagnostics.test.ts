import { expect, it } from 'vitest';
import { diagnostics } from '../../../src/app/diagnostics';
import { aRecord } from './activity/a-journal';

const surroundings = {
  extension: '0.1.0',
  editor: 'Editor 1.105',
  machine: 'linux x64',
  connection: 'Local',
  server: '0.1.0 on docker 27',
};
const box = {
  id: 'the-box',
  name: 'agent',
  status: 'failed',
  status_message: 'No room.',
  run_config: { env_vars: { TOKEN: 's3cret' } },
} as const;

it('tells where, what, and what was done to it, without what may be secret', () => {
  const end = { at: 2000, kind: 'failed', sentence: 'Could not start it: no room.' } as const;
  const own = aRecord({ verb: 'start', resourceId: 'the-box', startedAt: 1000, end });
  const other = aRecord({ verb: 'stop', resourceId: 'another', name: 'somebody’s' });
  const text = diagnostics(surroundings, box, [{ record: own }, { record: other }]);
  for (const part of ['docker 27', 'No room.', '1970-01-01T00:00:01.000Z start', end.sentence]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('s3cret');
  expect(text).not.toContain('stop');
});
