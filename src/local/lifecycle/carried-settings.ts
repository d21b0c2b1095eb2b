import type { CaptureRequest, CreateBoxRequest, Labels } from '../../api/types';
import type { CarriedSetting } from '../../api/wire/capture-choice';
import { invalidField } from '../failure';
import { holdsSecrets } from '../proxy/handed-on';
import type { BoxRecord } from '../store/boxes';
import type { CarriedSettings } from '../store/shapes';

/** The platform's own, of one sandbox only. */
const reservedLabels = 'com.langchain.';

export const carriableSettings = [
  'mounts',
  'proxy_config',
  'env_vars',
  'resources',
  'lifecycle',
  'labels',
] as const satisfies CarriedSetting[];

/** What a capture was asked to include, each once and in the wire's order. */
export function includedSettings({ include = [] }: CaptureRequest): CarriedSetting[] {
  return carriableSettings.filter((setting) => include.includes('all') || include.includes(setting));
}

/**
 * What a capture carries beside files and proxy_config. Mounts have no part here, as no sandbox of this server has any.
 * Throws 422 where secrets are included, such as any value of a variable, and nobody confirms that.
 */
export function carriedSettings(box: BoxRecord, request: CaptureRequest): CarriedSettings {
  const included = includedSettings(request);
  const hasVariables = included.includes('env_vars') && Object.keys(box.env_vars).length > 0;
  const hasSecrets = hasVariables || (included.includes('proxy_config') && holdsSecrets(box));
  if (hasSecrets && !request.confirm_allow_snapshot_secret_values) throw secretsUnconfirmed();
  return {
    ...(hasVariables && { env_vars: box.env_vars }),
    ...(included.includes('resources') && {
      vcpus: box.vcpus ?? undefined,
      cpu_millicores: box.cpu_millicores ?? undefined,
      mem_bytes: box.mem_bytes ?? undefined,
    }),
    ...(included.includes('lifecycle') && {
      idle_ttl_seconds: box.idle_ttl_seconds,
      delete_after_stop_seconds: box.delete_after_stop_seconds,
      preserve_memory_on_stop: box.preserve_memory_on_stop,
    }),
  };
}

/** Labels of a capture: its own above those of the sandbox, where they are included. */
export function capturedLabels(box: BoxRecord, request: CaptureRequest): Labels {
  const included = includedSettings(request).includes('labels') ? Object.entries(box.labels) : [];
  const carried = included.filter(([key]) => !key.startsWith(reservedLabels));
  return { ...Object.fromEntries(carried), ...request.labels };
}

type Carriable = Omit<CreateBoxRequest, 'proxy_config'>;

/**
 * A create request with what its snapshot carries in the fields that it leaves out. ASSUMED: a field counts for itself,
 * `env_vars` as a whole, and CPU as one whichever of its two fields says it.
 */
export function withCarried<Request extends Carriable>(request: Request, carried: CarriedSettings): Request {
  const saysCpu = request.vcpus !== undefined || request.cpu_millicores !== undefined;
  const { vcpus, cpu_millicores, ...others } = carried;
  const said = Object.entries<unknown>(request).filter(([, value]) => value !== undefined);
  const filled = {
    ...others,
    ...(!saysCpu && { vcpus, cpu_millicores }),
    ...(Object.fromEntries(said) as Request),
  };
  if (filled.persistent === false && filled.preserve_memory_on_stop) {
    throw invalidField(
      'persistent',
      'The snapshot makes sandboxes that keep their memory at a stop. Leave persistent out, ' +
        'or give preserve_memory_on_stop: false.',
    );
  }
  return filled;
}

function secretsUnconfirmed(): Error {
  return invalidField(
    'confirm_allow_snapshot_secret_values',
    'What is included holds secrets, which would be stored in the snapshot for every sandbox made from it. ' +
      'Give confirm_allow_snapshot_secret_values: true, or leave env_vars and proxy_config out of include.',
  );
}
