/** `EM_…` of the ELF header. */
export type ElfMachine = number;

const headerBytes = 64;
const segmentBytes = 56;
const segments = 2;
const codeAt = headerBytes + segments * segmentBytes;
/** Any multiple of the largest page (64 KiB on arm64) above `vm.mmap_min_addr`. */
const loadAddress = 0x400000n;
const pageBytes = 0x10000n;
const readExecute = 5;
const readWrite = 6;

/** The smallest static ELF executable around this code: one read-only segment, and a stack that isn't executable. */
export function elfExecutable(machine: ElfMachine, code: Buffer): Buffer {
  const file = Buffer.alloc(codeAt + code.length);
  writeHeader(file, machine);
  const whole = BigInt(file.length);
  writeSegment(file, headerBytes, {
    type: 1,
    flags: readExecute,
    address: loadAddress,
    bytes: whole,
    align: pageBytes,
  });
  const stack = { type: 0x6474e551, flags: readWrite, address: 0n, bytes: 0n, align: 16n };
  writeSegment(file, headerBytes + segmentBytes, stack);
  code.copy(file, codeAt);
  return file;
}

/** `Elf64_Ehdr`, little-endian: elf(5). */
function writeHeader(file: Buffer, machine: ElfMachine): void {
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1], 0);
  file.writeUInt16LE(2, 16); // ET_EXEC
  file.writeUInt16LE(machine, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(loadAddress + BigInt(codeAt), 24); // where it starts
  file.writeBigUInt64LE(BigInt(headerBytes), 32); // where the segments are described
  file.writeUInt16LE(headerBytes, 52);
  file.writeUInt16LE(segmentBytes, 54);
  file.writeUInt16LE(segments, 56);
}

interface Segment {
  type: number;
  flags: number;
  address: bigint;
  bytes: bigint;
  align: bigint;
}

/** `Elf64_Phdr` of a segment that starts with the file. */
function writeSegment(file: Buffer, at: number, { type, flags, address, bytes, align }: Segment): void {
  file.writeUInt32LE(type, at);
  file.writeUInt32LE(flags, at + 4);
  file.writeBigUInt64LE(address, at + 16);
  file.writeBigUInt64LE(address, at + 24);
  file.writeBigUInt64LE(bytes, at + 32);
  file.writeBigUInt64LE(bytes, at + 40);
  file.writeBigUInt64LE(align, at + 48);
}
