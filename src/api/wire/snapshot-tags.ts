export interface SnapshotTags {
  name: string;
  tags: { tag: string; snapshot_id: string }[];
}
