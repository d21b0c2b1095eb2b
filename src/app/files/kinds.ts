/** `link`: one that leads nowhere, or whose end is not known. `other`: devices, pipes and sockets. */
export type FileKind = 'file' | 'folder' | 'link' | 'other';

/** From the mode as `stat -c %f` has it: hexadecimal, the kind in its first digit of four bits. */
export function kindOf(mode: string): FileKind {
  switch (Number.parseInt(mode, 16) >> 12) {
    case 0x8:
      return 'file';
    case 0x4:
      return 'folder';
    case 0xa:
      return 'link';
    default:
      return 'other';
  }
}
