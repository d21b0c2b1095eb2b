/** The assembled form of amd64.S and arm64.S, by the engine's name of the architecture. */
export const machineCode: Record<string, { elfMachine: number; code: string } | undefined> = {
  amd64: {
    elfMachine: 62,
    code:
      'uA0AAAC/EQAAAEiNNT8AAAAx0kG6CAAAAA8FuA4AAAAx/0iNNUcAAAAPBbiAAAAASI09OQAAADH2MdIPBYP4/HTpic' +
      'fB7x+45wAAAA8FZpABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJAAAAAAAAA',
  },
  arm64: {
    elfMachine: 183,
    code:
      'yBCAUiACgFKBAgAQAgCA0gMBgFIBAADU6BCAUgAAgFLBAgAQAgCA0gEAANQoEYBSQAIAEAEAgNICAIDSAQAA1B8QAD' +
      'FA//9UAHwfU8gLgFIBAADUHyAD1QEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAkAAAAAAAAA=',
  },
};
