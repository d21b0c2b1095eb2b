import type { Secret } from '../../api/secret';
import type { Making } from '../../app/code/making';
import { defaultRegistry, parseImageReference, suggestedSnapshotName } from '../../app/image-reference';
import type { BuildRequest } from '../../app/operations/build-snapshot';
import type { BuildSizes } from '../../app/memory';
import { defaultCapacityGb, defaultTimeoutSeconds, gigabyte } from '../../app/quantities';
import { marksFields, noMarks, type SnapshotMarks } from './snapshot-marks';

export type RegistryChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'registered'; readonly id: string; readonly name: string }
  | { readonly kind: 'credentials'; readonly host: string; readonly username: string };

/** The answers of a build flow. One that was escaped is taken up again; no password is ever in it. */
export interface BuildDraft extends SnapshotMarks {
  image: string;
  name: string;
  capacityGb: number;
  registry: RegistryChoice;
  timeoutSeconds: number;
}

/** `last`: what was chosen the last time. */
export function newBuildDraft(last: BuildSizes = {}): BuildDraft {
  return {
    ...noMarks(),
    image: '',
    name: '',
    capacityGb: last.capacityGb ?? defaultCapacityGb,
    registry: { kind: 'none' },
    timeoutSeconds: last.timeoutSeconds ?? defaultTimeoutSeconds,
  };
}

/** Takes the image; the name and the registry follow it, unless they were chosen for this very image. */
export function chooseImage(draft: BuildDraft, image: string): void {
  if (image === draft.image) return;
  draft.image = image;
  const parsed = parseImageReference(image);
  draft.name = parsed.ok ? suggestedSnapshotName(parsed.image) : '';
  draft.registry = { kind: 'none' };
}

export function registryHost({ image }: BuildDraft): string {
  const parsed = parseImageReference(image);
  return parsed.ok ? parsed.image.registry : defaultRegistry;
}

/** `password` belongs to `draft.registry` where that has credentials. */
export function buildRequest(draft: BuildDraft, password: Secret | undefined): BuildRequest {
  const { registry } = draft;
  return {
    snapshot: {
      name: draft.name,
      docker_image: draft.image,
      fs_capacity_bytes: draft.capacityGb * gigabyte,
      ...marksFields(draft),
      ...(registry.kind === 'registered' ? { registry_id: registry.id } : {}),
    },
    ...(registry.kind === 'credentials' && password
      ? { credentials: { host: registry.host, username: registry.username, password } }
      : {}),
    timeoutMs: draft.timeoutSeconds * 1000,
  };
}

/** The same as a program to copy, which finds the password elsewhere. */
export function makingOf(draft: BuildDraft): Making {
  const { registry } = draft;
  const { snapshot } = buildRequest(draft, undefined);
  return registry.kind === 'credentials'
    ? { kind: 'build', request: snapshot, credentials: registry }
    : { kind: 'build', request: snapshot };
}
