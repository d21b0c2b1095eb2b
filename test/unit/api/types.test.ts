import type { ProxyConfig as OfficialProxyConfig, Sandboxes } from 'langsmith/resources/sandboxes/sandboxes';
import type {
  BoxCreateParams,
  BoxCreateSnapshotParams,
  BoxGenerateDownloadURLParams,
  BoxGenerateServiceURLParams,
  BoxListParams,
  BoxListServiceURLsResponse,
  BoxUpdateParams,
} from 'langsmith/resources/sandboxes/boxes';
import type { SnapshotCreateParams, SnapshotListParams } from 'langsmith/resources/sandboxes/snapshots';
import type { RegistryCreateParams, RegistryResponse } from 'langsmith/resources/sandboxes/registries';
import { expectTypeOf, it } from 'vitest';
import type {
  Box,
  CaptureRequest,
  CreateBoxRequest,
  CreateRegistryRequest,
  CreateSnapshotRequest,
  ListQuery,
  Registry,
  Snapshot,
} from '../../../src/api/types';
import type { BoxListQuery, UpdateBoxRequest } from '../../../src/api/wire/box-requests';
import type { ProxyCallback, ProxyConfig, ProxyHeader, ProxyRule } from '../../../src/api/wire/proxy-config';
import type {
  DownloadUrlRequest,
  ServiceUrlItem,
  ServiceUrlRequest,
} from '../../../src/api/wire/service-urls';
import type { CostItem, CostsQuery } from '../../../src/api/wire/usage';

type Has<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs>;

it('every field of ours is one of the official package’s', () => {
  expectTypeOf<Has<Snapshot, Sandboxes.SnapshotResponse>>().toBeNever();
  // Our local server tells more than the reference knows.
  expectTypeOf<Has<Box, Sandboxes.SandboxResponse>>().toEqualTypeOf<'idle_since'>();
  expectTypeOf<Has<Registry, RegistryResponse>>().toBeNever();
  expectTypeOf<Has<CreateSnapshotRequest, SnapshotCreateParams>>().toBeNever();
  expectTypeOf<Has<CaptureRequest, BoxCreateSnapshotParams>>().toBeNever();
  expectTypeOf<Has<CreateRegistryRequest, RegistryCreateParams>>().toBeNever();
  // Every SDK sends these two, though the reference leaves them out.
  expectTypeOf<Has<CreateBoxRequest, BoxCreateParams>>().toEqualTypeOf<'wait_for_ready' | 'timeout'>();
  expectTypeOf<Has<UpdateBoxRequest, BoxUpdateParams>>().toBeNever();
  expectTypeOf<Has<BoxListQuery, BoxListParams>>().toBeNever();
  expectTypeOf<Has<ListQuery, SnapshotListParams>>().toBeNever();
  expectTypeOf<Has<ServiceUrlRequest, BoxGenerateServiceURLParams>>().toBeNever();
  expectTypeOf<Has<ServiceUrlItem, BoxListServiceURLsResponse>>().toBeNever();
  expectTypeOf<Has<DownloadUrlRequest, BoxGenerateDownloadURLParams>>().toBeNever();
  expectTypeOf<Has<CostsQuery, Sandboxes.SandboxListUsageCostsParams>>().toBeNever();
  expectTypeOf<Has<ProxyConfig, OfficialProxyConfig>>().toBeNever();
  expectTypeOf<Has<ProxyRule, OfficialProxyConfig.Rule>>().toBeNever();
  expectTypeOf<Has<ProxyHeader, OfficialProxyConfig.Rule.Header>>().toBeNever();
  expectTypeOf<Has<ProxyCallback, OfficialProxyConfig.Callback>>().toBeNever();
  expectTypeOf<Has<CostItem, Sandboxes.SandboxListUsageCostsResponse>>().toBeNever();
});

it('no field of the official package’s is missing from ours', () => {
  expectTypeOf<Has<Sandboxes.SnapshotResponse, Snapshot>>().toBeNever();
  expectTypeOf<Has<Sandboxes.SandboxResponse, Box>>().toBeNever();
  expectTypeOf<Has<RegistryResponse, Registry>>().toBeNever();
  expectTypeOf<Has<BoxUpdateParams, UpdateBoxRequest>>().toBeNever();
  expectTypeOf<Has<BoxCreateParams, CreateBoxRequest>>().toBeNever();
  expectTypeOf<Has<BoxCreateSnapshotParams, CaptureRequest>>().toBeNever();
  expectTypeOf<Has<SnapshotCreateParams, CreateSnapshotRequest>>().toBeNever();
  expectTypeOf<Has<RegistryCreateParams, CreateRegistryRequest>>().toBeNever();
  expectTypeOf<Has<OfficialProxyConfig, ProxyConfig>>().toBeNever();
  expectTypeOf<Has<OfficialProxyConfig.Rule, ProxyRule>>().toBeNever();
  expectTypeOf<Has<OfficialProxyConfig.Callback, ProxyCallback>>().toBeNever();
});
