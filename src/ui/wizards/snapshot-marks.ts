import type { CaptureRequest } from '../../api/types';
import { pairsField, type Pairs } from '../../app/pairs';
import { asBelow, runConfigField, type RunAs } from '../../app/run-as';

/** What a snapshot may be given beside its name, however it is made. */
export interface SnapshotMarks extends RunAs {
  /** Empty for `latest`. */
  tag: string;
  description: string;
  labels: Pairs;
  /** Of commands in its sandboxes. */
  variables: Pairs;
}

export function noMarks(): SnapshotMarks {
  return { ...asBelow, tag: '', description: '', labels: {}, variables: {} };
}

/** As the wire has them; what was left open is left out. */
export function marksFields({
  tag,
  description,
  labels,
  variables,
  ...runAs
}: SnapshotMarks): SnapshotFields {
  return {
    ...(tag === '' ? {} : { tag }),
    ...(description === '' ? {} : { description }),
    ...pairsField('labels', labels),
    ...runConfigField(runAs, variables),
  };
}

type SnapshotFields = Pick<CaptureRequest, 'tag' | 'description' | 'labels' | 'run_config'>;
