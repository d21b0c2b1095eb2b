import { expect, it } from 'vitest';
import {
  capturedLabels,
  carriedSettings,
  includedSettings,
  withCarried,
} from '../../../../src/local/lifecycle/carried-settings';
import type { BoxRecord } from '../../../../src/local/store/boxes';
import { newBox } from '../fixture/rows';

const box = (fields: Partial<BoxRecord> = {}): BoxRecord =>
  ({ ...newBox({ snapshot_id: 's' }), ...fields }) as BoxRecord;

it('all settings are included once, however often and in whatever order they are named', () => {
  expect(includedSettings({ name: 'a' })).toEqual([]);
  expect(includedSettings({ name: 'a', include: ['labels', 'env_vars', 'labels'] })).toEqual([
    'env_vars',
    'labels',
  ]);
  expect(includedSettings({ name: 'a', include: ['all', 'mounts'] })).toHaveLength(6);
});

it('a capture carries what is included and nothing else', () => {
  const sized = box({ vcpus: 2, cpu_millicores: 2000, idle_ttl_seconds: 60, env_vars: { A: 'b' } });
  expect(carriedSettings(sized, { name: 'a' })).toEqual({});
  expect(carriedSettings(sized, { name: 'a', include: ['resources'] })).toEqual({
    vcpus: 2,
    cpu_millicores: 2000,
  });
  expect(carriedSettings(sized, { name: 'a', include: ['lifecycle'] })).toEqual({
    idle_ttl_seconds: 60,
    delete_after_stop_seconds: 0,
    preserve_memory_on_stop: false,
  });
});

it('values of variables are carried only when that is confirmed', () => {
  const include: ['env_vars'] = ['env_vars'];
  const secret = box({ env_vars: { A: 'b' } });
  expect(() => carriedSettings(secret, { name: 'a', include })).toThrow(
    /confirm_allow_snapshot_secret_values/,
  );
  const confirmed = { name: 'a', include, confirm_allow_snapshot_secret_values: true };
  expect(carriedSettings(secret, confirmed)).toEqual({ env_vars: { A: 'b' } });
  expect(carriedSettings(box(), { name: 'a', include })).toEqual({});
});

it('labels of the platform stay with their sandbox; those of the request win', () => {
  const labels = { team: 'a', by: 'box', 'com.langchain.owner': 'c' };
  const request = { name: 'a', include: ['labels' as const], labels: { by: 'request' } };
  expect(capturedLabels(box({ labels }), request)).toEqual({ team: 'a', by: 'request' });
  expect(capturedLabels(box({ labels }), { name: 'a' })).toEqual({});
});

it('a create request wins field by field over what its snapshot carries', () => {
  const carried = { env_vars: { A: 'b' }, vcpus: 2, cpu_millicores: 2000, mem_bytes: 5 };
  expect(withCarried({}, carried)).toMatchObject(carried);
  expect(withCarried({ env_vars: {}, mem_bytes: 6 }, carried)).toMatchObject({ env_vars: {}, mem_bytes: 6 });
  expect(withCarried({ vcpus: 1, mem_bytes: undefined }, carried)).toEqual({
    vcpus: 1,
    env_vars: { A: 'b' },
    mem_bytes: 5,
  });
});

it('what keeps nothing can not be made from what carries memory', () => {
  const carried = { preserve_memory_on_stop: true };
  expect(() => withCarried({ persistent: false }, carried)).toThrow(/preserve_memory_on_stop: false/);
  const said = { persistent: false, preserve_memory_on_stop: false };
  expect(withCarried(said, carried)).toEqual(said);
});
