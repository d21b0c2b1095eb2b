import type { BuildDraft } from './build-draft';
import type { CaptureDraft } from './capture';
import type { CreateDraft } from './create';

/** Answers of flows that were escaped, kept while the window lives. */
export interface Drafts {
  build?: BuildDraft;
  create?: CreateDraft;
  /** By sandbox id. */
  readonly captures: Map<string, CaptureDraft>;
}

export function noDrafts(): Drafts {
  return { captures: new Map() };
}
