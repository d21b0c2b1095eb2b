import type { CaptureRequest, CreateBoxRequest, CreateSnapshotRequest } from '../../api/types';

/** What a flow is about to ask of the server. */
export type Making =
  | {
      readonly kind: 'build';
      readonly request: CreateSnapshotRequest;
      /** Of a registry whose password was typed: the program registers it first. */
      readonly credentials?: { readonly host: string; readonly username: string };
    }
  | { readonly kind: 'capture'; readonly sandbox: string; readonly request: CaptureRequest }
  | { readonly kind: 'create'; readonly request: CreateBoxRequest };

/** A request as the wire has it; `path` is below `/v2/sandboxes`. */
export interface WireRequest {
  readonly path: string;
  readonly body: object;
}

export function requestOf(making: Making): WireRequest {
  switch (making.kind) {
    case 'build':
      return { path: '/snapshots', body: making.request };
    case 'capture':
      return { path: `/boxes/${encodeURIComponent(making.sandbox)}/snapshot`, body: making.request };
    case 'create':
      return { path: '/boxes', body: making.request };
  }
}

/** Where what was made can be looked at until it is ready. */
export function collectionOf({ kind }: Making): '/boxes' | '/snapshots' {
  return kind === 'create' ? '/boxes' : '/snapshots';
}
