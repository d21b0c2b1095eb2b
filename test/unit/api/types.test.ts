import type { Sandboxes } from 'langsmith/resources/sandboxes/sandboxes';
import type { BoxCreateParams, BoxCreateSnapshotParams } from 'langsmith/resources/sandboxes/boxes';
import type { SnapshotCreateParams } from 'langsmith/resources/sandboxes/snapshots';
import type { RegistryCreateParams, RegistryResponse } from 'langsmith/resources/sandboxes/registries';
import { expectTypeOf, it } from 'vitest';
import type {
  Box,
  CaptureRequest,
  CreateBoxRequest,
  CreateRegistryRequest,
  CreateSnapshotRequest,
  Registry,
  Snapshot,
} from '../../../src/api/types';

type Has<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs>;

it('every field of ours is one of the official package’s', () => {
  expectTypeOf<Has<Snapshot, Sandboxes.SnapshotResponse>>().toBeNever();
  expectTypeOf<Has<Box, Sandboxes.SandboxResponse>>().toBeNever();
  expectTypeOf<Has<Registry, RegistryResponse>>().toBeNever();
  expectTypeOf<Has<CreateSnapshotRequest, SnapshotCreateParams>>().toBeNever();
  expectTypeOf<Has<CaptureRequest, BoxCreateSnapshotParams>>().toBeNever();
  expectTypeOf<Has<CreateRegistryRequest, RegistryCreateParams>>().toBeNever();
  // Every SDK sends these two, though the reference leaves them out.
  expectTypeOf<Has<CreateBoxRequest, BoxCreateParams>>().toEqualTypeOf<'wait_for_ready' | 'timeout'>();
});
