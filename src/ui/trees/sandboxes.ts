import type { TreeDragAndDropController } from 'vscode';
import { views } from '../../contributions';
import { filePlace, fileOfRow } from '../../app/files/file-place';
import type { ReadOnlyFiles } from '../../app/files/read-only-files';
import type { ShownFolders } from '../../app/files/shown-folders';
import type { Grouping } from '../../app/grouping';
import type { Observed } from '../../app/observable';
import { runningIn } from '../../app/running';
import { boxOfPorts } from '../../app/services/port-place';
import type { Services } from '../../app/services/services';
import { runningSandboxes } from '../words/count';
import type { InsideFacts } from './row-facts';
import { sandboxRows } from './rows';
import { fileFacts, sandboxFacts } from './tooltip-facts';
import type { TreeKind } from './tree-kind';

/** What the rows of sandboxes are made of, beside the connection. */
export interface SandboxSources {
  readonly grouping: Observed<Grouping>;
  readonly services: Services;
  readonly folders: ShownFolders;
  readonly readOnly: ReadOnlyFiles;
  readonly drag: TreeDragAndDropController<string>;
}

export function sandboxTree({ grouping, services, folders, readOnly, drag }: SandboxSources): TreeKind {
  const { ports, forwards } = services;
  const inside = (): InsideFacts => ({
    services: { ports: ports.all.value, forwards: forwards.all.value },
    files: { folders: folders.all.value, readOnly: readOnly.ids.value },
  });
  const onOpened = (id: string): void => {
    const portsOf = boxOfPorts(id);
    if (portsOf !== undefined) void ports.refresh(portsOf);
    const place = filePlace(id);
    if (place) folders.opened({ id: place.boxId, path: place.file?.path ?? '/' });
  };
  const onDrawn = (id: string): void => {
    const portsOf = boxOfPorts(id);
    if (portsOf !== undefined) ports.want(portsOf);
    const file = fileOfRow(id);
    if (file) void folders.want(file);
  };
  return {
    view: views.sandboxes,
    loads: 'sandboxes',
    collection: ({ boxes }) => boxes,
    rows: (inventory, now) => sandboxRows(inventory, now, grouping.value, inside()),
    tooltip: ({ boxes, snapshotNames }, id) => {
      const box = boxes.find(id);
      if (box) return sandboxFacts(box, snapshotNames.names.value.get(box.snapshot_id ?? ''));
      return fileFacts(fileOfRow(id));
    },
    badge: (inventory) => {
      const running = runningIn(inventory);
      return running?.count ? { value: running.count, tooltip: runningSandboxes(running) } : undefined;
    },
    // Not while the editor draws: it is told of what changes.
    onShown: (id, how) => queueMicrotask(() => (how === 'opened' ? onOpened(id) : onDrawn(id))),
    drag,
    alsoFollows: ({ snapshots, snapshotNames }) => [
      snapshots.listing,
      snapshotNames.names,
      grouping,
      ports.all,
      forwards.all,
      folders.all,
      readOnly.ids,
    ],
  };
}
