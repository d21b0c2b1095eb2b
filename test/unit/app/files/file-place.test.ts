import { expect, it } from 'vitest';
import {
  fileOfRow,
  filePlace,
  fileRowId,
  filesRowId,
  folderOfMore,
  isAtOrBelow,
  moreFilesRowId,
} from '../../../../src/app/files/file-place';

const id = '6f1c';

it('a row of files stands for what its id says, whatever its name', () => {
  for (const path of ['/', '/srv', '/srv/a file\nof two lines', '/files/more/work']) {
    expect(filePlace(fileRowId({ id, path }, 'work'))).toEqual({ boxId: id, file: { from: 'work', path } });
    expect(fileOfRow(fileRowId({ id, path }, 'all'))).toEqual({ id, path });
    expect(folderOfMore(moreFilesRowId({ id, path }, 'all'))).toEqual({ id, path });
    expect(filePlace(moreFilesRowId({ id, path }, 'all'))).toBeUndefined();
  }
  expect(filePlace(filesRowId(id))).toEqual({ boxId: id });
  expect(fileOfRow(filesRowId(id))).toBeUndefined();
  for (const other of [id, `${id}/ports`, 'group:status:ready', undefined]) {
    expect(filePlace(other)).toBeUndefined();
    expect(folderOfMore(other)).toBeUndefined();
  }
});

it('what lies below a folder is not what begins like it', () => {
  const at = (path: string) => ({ id, path });
  expect(isAtOrBelow(at('/srv/a'), at('/srv'))).toBe(true);
  expect(isAtOrBelow(at('/srv'), at('/srv'))).toBe(true);
  expect(isAtOrBelow(at('/srv'), at('/'))).toBe(true);
  expect(isAtOrBelow(at('/srv2'), at('/srv'))).toBe(false);
  expect(isAtOrBelow({ id: 'other', path: '/srv' }, at('/srv'))).toBe(false);
});
