import { Uri } from 'vscode';
import type { ResourceKind } from '../../app/details';
import type { Resource } from '../../app/listing';
import type { Target } from '../../app/target';
import { targetId } from '../../app/target-id';
import { schemes } from '../../contributions';

export interface DetailsPlace {
  readonly kind: ResourceKind;
  readonly id: string;
  /** The connection's `targetId`; of documents that were opened by an earlier version, its lasting name. */
  readonly of: string;
}

/** Of the document about a resource. Its last part is what the tab shows; names may hold slashes. */
export function detailsUri(kind: ResourceKind, { id, name }: Resource, target: Target): Uri {
  return Uri.from({
    scheme: schemes.details,
    path: `/${kind}/${name.replaceAll('/', '∕')}.json`,
    query: id,
    fragment: targetId(target),
  });
}

export function placeOf({ path, query, fragment }: Uri): DetailsPlace {
  return { kind: path.startsWith('/snapshot/') ? 'snapshot' : 'sandbox', id: query, of: fragment };
}
