import type { CaptureRequest } from '../../api/types';
import { pairsField, type Pairs } from '../../app/pairs';

/** What a snapshot may be given beside its name, however it is made. */
export interface SnapshotMarks {
  /** Empty for `latest`. */
  tag: string;
  description: string;
  labels: Pairs;
}

export function noMarks(): SnapshotMarks {
  return { tag: '', description: '', labels: {} };
}

/** As the wire has them; what was left open is left out. */
export function marksFields({ tag, description, labels }: SnapshotMarks): SnapshotFields {
  return {
    ...(tag === '' ? {} : { tag }),
    ...(description === '' ? {} : { description }),
    ...pairsField('labels', labels),
  };
}

type SnapshotFields = Pick<CaptureRequest, 'tag' | 'description' | 'labels'>;
