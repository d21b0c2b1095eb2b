/** A TCP port on which something in a sandbox waits for connections. */
export interface ListeningPort {
  readonly port: number;
  /** Name of the program, where the sandbox lets it be seen. */
  readonly program?: string;
}

/** What Linux calls the state of a socket that waits for connections. */
const listening = '0A';
/** Docker's own name server, which it puts into sandboxes: 127.0.0.11. */
const engineResolver = '0B00007F';

/**
 * Reads the kernel's tables of sockets (`/proc/net/tcp`, `/proc/net/tcp6`), and what else stands in the text: names of
 * processes as `/proc/<pid>/comm <name>`, their open files as `ls -l /proc/<pid>/fd` lists them. By port.
 */
export function listeningPorts(text: string): ListeningPort[] {
  const lines = text.split('\n');
  const programs = programsBySocket(lines);
  const found = new Map<number, ListeningPort>();
  for (const { port, inode } of lines.flatMap(waitingSocket)) {
    const program = found.get(port)?.program ?? programs.get(inode);
    found.set(port, program === undefined ? { port } : { port, program });
  }
  return [...found.values()].sort((one, other) => one.port - other.port);
}

/** Whether the text holds such a table at all: it has a head, also when it is empty. */
export function hasSocketTable(text: string): boolean {
  return /^\s*sl\s+local_address/m.test(text);
}

function waitingSocket(line: string): { port: number; inode: string }[] {
  const [slot = '', local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
  const [address, port = ''] = local.split(':');
  if (!/^\d+:$/.test(slot) || state !== listening || address === engineResolver) return [];
  return [{ port: Number.parseInt(port, 16), inode }];
}

function programsBySocket(lines: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const programs = new Map<string, string>();
  let process = '';
  for (const line of lines) {
    const [, named, name] = /^\/proc\/(\d+)\/comm (.+)$/.exec(line) ?? [];
    if (named && name) names.set(named, name);
    process = /^\/proc\/(\d+)\/fd:$/.exec(line)?.[1] ?? process;
    const socket = / -> socket:\[(\d+)\]$/.exec(line)?.[1];
    const program = names.get(process);
    if (socket && program !== undefined && !programs.has(socket)) programs.set(socket, program);
  }
  return programs;
}
