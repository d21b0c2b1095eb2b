import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Names one process for ever, where the system tells when it started: pids are given out again. */
export interface ProcessIdentity {
  pid: number;
  /** As the system writes it; only ever compared. Empty where the system does not tell it cheaply (Windows). */
  startedAt: string;
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startedAt: startOf(pid) };
}

/** Whether that very process still runs. Where only the pid is known, a later process of that pid counts as it. */
export function isRunning(identity: ProcessIdentity): boolean {
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const start = startOf(identity.pid);
  return identity.startedAt === '' || start === '' || start === identity.startedAt;
}

function startOf(pid: number): string {
  if (process.platform === 'win32') return '';
  return process.platform === 'linux' ? linuxStart(pid) : postedStart(pid);
}

/** Ticks since boot (field 22 of proc(5) `stat`), with the boot's own id. `-` for a process that is only a zombie. */
function linuxStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' ? '-' : `${boot} ${fields[19] ?? ''}`;
  } catch {
    return '';
  }
}

function postedStart(pid: number): string {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env,
      encoding: 'utf8',
      timeout: 5000,
    }).trim();
  } catch {
    return '';
  }
}
