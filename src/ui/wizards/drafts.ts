import type { Session } from '../../app/session';
import type { BuildDraft } from './build-draft';
import type { CaptureDraft } from './capture';
import type { CreateDraft } from './create-draft';

/** Answers of flows that were escaped, kept while the window lives. */
export interface Drafts {
  /** A registry that was chosen is known to its own server alone. */
  readonly builds: WeakMap<Session, BuildDraft>;
  create?: CreateDraft;
  /** By sandbox id. */
  readonly captures: Map<string, CaptureDraft>;
}

export function noDrafts(): Drafts {
  return { builds: new WeakMap(), captures: new Map() };
}
