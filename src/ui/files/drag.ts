import { DataTransferItem, type TreeDragAndDropController } from 'vscode';
import { fileOfRow } from '../../app/files/file-place';
import type { Desk } from '../desk';
import { orTellFault } from '../fault';
import { dropInto } from './drop-into';
import { uriList } from './dropped';
import { sandboxUri } from './sandbox-uri';

/** Files go from rows to the editor, and from the explorer and the desktop to rows. */
export function sandboxDrag(desk: () => Desk): TreeDragAndDropController<string> {
  return {
    dragMimeTypes: [uriList],
    // `files` are those of a desktop that have no path for the editor.
    dropMimeTypes: [uriList, 'files'],
    handleDrag: (rowIds, transfer) => {
      const uris = rowIds.flatMap((id) => fileOfRow(id) ?? []).map((at) => sandboxUri(at).toString());
      if (uris.length > 0) transfer.set(uriList, new DataTransferItem(uris.join('\r\n')));
    },
    handleDrop: (rowId, transfer) => orTellFault(desk(), 'the drop', () => dropInto(desk(), rowId, transfer)),
  };
}
