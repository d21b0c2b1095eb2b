import type { Box, Snapshot } from '../api/types';

export type ResourceKind = 'sandbox' | 'snapshot';

/** Fields of the wire under the headings a reader looks for them. What stands in no group comes under `other`. */
const groups: Record<string, readonly (keyof Box | keyof Snapshot)[]> = {
  identity: [
    'name',
    'id',
    'description',
    'tags',
    'labels',
    'created_by',
    'created_at',
    'updated_by',
    'updated_at',
  ],
  state: ['status', 'status_message', 'stopped_at', 'idle_since'],
  origin: ['snapshot_id', 'docker_image', 'image_digest', 'registry_id', 'source_sandbox_id'],
  resources: ['size_class', 'vcpus', 'cpu_millicores', 'mem_bytes', 'fs_capacity_bytes', 'fs_used_bytes'],
  lifetimes: ['idle_ttl_seconds', 'delete_after_stop_seconds', 'persistent', 'preserve_memory_on_stop'],
};
const grouped = new Set<string>(Object.values(groups).flat());

/** All the server said of a resource, grouped. Values that may be secret are hidden. */
export function detailsOf(resource: Box | Snapshot): Record<string, Record<string, unknown>> {
  const fields = Object.entries(withoutSecrets(resource) as object).filter(
    ([, value]) => value !== undefined,
  );
  const those = (isOf: (field: string) => boolean): Record<string, unknown> =>
    Object.fromEntries(fields.filter(([field]) => isOf(field)));
  const parts = Object.entries(groups).map(([group, names]) => {
    const known = those((field) => (names as readonly string[]).includes(field));
    return [group, Object.fromEntries(names.flatMap((name) => (name in known ? [[name, known[name]]] : [])))];
  });
  const other = those((field) => !grouped.has(field));
  const all = [...parts, ['other', other]] as [string, Record<string, unknown>][];
  return Object.fromEntries(all.filter(([, part]) => Object.keys(part).length > 0));
}

const hidden = '[hidden]';
/** Objects whose values people put secrets into, whatever their names are. */
const secretive = new Set(['env_vars', 'headers']);
const secretName = /secret|password|passwd|token|api_?key|authorization/i;

function withoutSecrets(value: unknown, isSecret = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, isSecret));
  if (typeof value === 'object' && value !== null) {
    const isHeader = 'name' in value && 'value' in value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        withoutSecrets(inner, isSecretHere(name, isSecret, isHeader)),
      ]),
    );
  }
  return isSecret && typeof value === 'string' ? hidden : value;
}

/** Of `{ name, value }` the name may be read, also among secrets. */
function isSecretHere(name: string, isInSecret: boolean, isHeader: boolean): boolean {
  if (isHeader && (isInSecret || name === 'value')) return name === 'value';
  return isInSecret || secretive.has(name) || secretName.test(name);
}
