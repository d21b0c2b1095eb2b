import { describe, expect, it } from 'vitest';
import { hasSocketTable, listeningPorts } from '../../../../src/app/services/listening-port';

const head =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const socket = (slot: number, local: string, state: string, inode: number): string =>
  `   ${slot}: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;
const anyV6 = '0'.repeat(32);

describe('what listens', () => {
  it('is read of both families, each port once and in order', () => {
    const text =
      head +
      socket(0, '00000000:1F90', '0A', 11) +
      socket(1, '0100007F:1538', '0A', 12) +
      head +
      socket(0, `${anyV6}:1F90`, '0A', 13) +
      socket(1, `${anyV6}:01BB`, '0A', 14);
    expect(listeningPorts(text)).toEqual([{ port: 443 }, { port: 5432 }, { port: 8080 }]);
  });

  it('is neither a connection nor the engine’s own name server', () => {
    const text = head + socket(0, '0100007F:1F90', '01', 11) + socket(1, '0B00007F:A1B2', '0A', 12);
    expect(listeningPorts(text)).toEqual([]);
    expect(hasSocketTable(text)).toBe(true);
  });

  it('is named by the program that holds its socket', () => {
    const text =
      head +
      socket(0, '00000000:1F90', '0A', 11) +
      socket(1, '00000000:1F91', '0A', 12) +
      '/proc/1/comm init\n/proc/42/comm my server\n' +
      '/proc/1/fd:\ntotal 0\nlr-x------ 1 root root 64 Nov 27 05:00 0 -> /dev/null\n' +
      '/proc/42/fd:\ntotal 0\nlrwx------ 1 root root 64 Nov 27 05:00 3 -> socket:[11]\n';
    expect(listeningPorts(text)).toEqual([{ port: 8080, program: 'my server' }, { port: 8081 }]);
  });

  it('is unknown without a table', () => {
    expect(hasSocketTable('cat: not found\n')).toBe(false);
  });
});
