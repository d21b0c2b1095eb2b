import { expect, it } from 'vitest';
import { memoryFor } from '../../../../src/app/quantities';
import { createBoxShape } from '../../../../src/local/routes/box-shapes';
import { createRequest, newCreateDraft } from '../../../../src/ui/wizards/create-draft';

const snapshot = { id: 'the-snapshot' };

it('leaves to the server what was left open', () => {
  expect(createRequest(newCreateDraft(), snapshot)).toEqual({ snapshot_id: 'the-snapshot' });
});

it('sends what was chosen in the wire’s units', () => {
  const draft = {
    ...newCreateDraft(),
    name: 'work',
    cpus: 0.5,
    memoryGb: 2,
    idleSeconds: 0,
    stoppedSeconds: 3600,
    variables: { MODE: 'eval' },
    labels: { team: 'ml' },
    user: 'app',
    workDir: '/home/app',
  };
  expect(createRequest(draft, snapshot)).toEqual({
    snapshot_id: 'the-snapshot',
    name: 'work',
    cpu_millicores: 500,
    mem_bytes: 2 * 1024 ** 3,
    idle_ttl_seconds: 0,
    delete_after_stop_seconds: 3600,
    env_vars: { MODE: 'eval' },
    labels: { team: 'ml' },
    run_config: { user: 'app', work_dir: '/home/app' },
  });
});

it('begins with the sizes of the last time, and with nothing else of it', () => {
  const last = { cpus: 2, idleSeconds: 600 };
  expect(newCreateDraft(last)).toMatchObject({ name: '', ...last, variables: {}, labels: {} });
});

it('every bound that the prompts name is one that the server takes', () => {
  for (let hundredths = 5; hundredths <= 1600; hundredths++) {
    const cpus = hundredths / 100;
    const { least, most } = memoryFor(cpus);
    for (const memoryGb of [least, most]) {
      const request = createRequest({ ...newCreateDraft(), cpus, memoryGb }, snapshot);
      expect([request, createBoxShape.safeParse(request).error?.issues]).toEqual([request, undefined]);
    }
  }
});

it('forgets memory that does not go with the CPUs', () => {
  expect(newCreateDraft({ cpus: 2, memoryGb: 4 })).toMatchObject({ cpus: 2, memoryGb: 4 });
  expect(newCreateDraft({ cpus: 2, memoryGb: 1 })).toMatchObject({ cpus: 2, memoryGb: undefined });
  expect(newCreateDraft({ memoryGb: 1 })).toMatchObject({ cpus: undefined, memoryGb: 1 });
});
