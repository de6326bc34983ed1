import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** What the operating system knows about other processes; Linux by /proc, elsewhere by `ps`. */

const LINUX = process.platform === 'linux';

const ps = (...args: string[]): string =>
  execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 25 });

/** The fields of /proc/<pid>/stat from the third on; the second is a name that may itself hold blanks and brackets. */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/**
 * `foreign`: it lives and belongs to another user, so that we may not signal it. `zombie`: it has ended, but its parent
 * did not take notice (for ever, in a container without an init process), and signals still find its number.
 */
export function lifeOf(pid: number): 'alive' | 'foreign' | 'zombie' | 'gone' {
  let life: 'alive' | 'foreign' = 'alive';
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'gone';
    life = 'foreign';
  }
  try {
    if (LINUX && /[ZX]/.test(statFields(pid)[0] ?? '')) return 'zombie';
  } catch {
    // Hidden from us or just gone; what the signal said stands.
  }
  return life;
}

/** Whether the process runs no more. */
export const hasEnded = (pid: number): boolean => ['gone', 'zombie'].includes(lifeOf(pid));

/** When a process began, as a text that no later process with the same number has; `null` when it cannot be known. */
export function startOf(pid: number): string | null {
  try {
    return LINUX ? (statFields(pid)[19] ?? null) : ps('-o', 'lstart=', '-p', String(pid)).trim() || null;
  } catch {
    return null;
  }
}

/** The words of a process's command line, empty for a kernel thread; `null` when it may not be read. */
export function commandOf(pid: number): string[] | null {
  try {
    if (LINUX) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    return [ps('-ww', '-o', 'command=', '-p', String(pid)).trim()];
  } catch {
    return null;
  }
}

/** Every process whose command line we may read. */
export function allProcesses(): { pid: number; command: string[] }[] {
  if (LINUX) {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.map((name) => ({ pid: Number(name), command: commandOf(Number(name)) ?? [] }));
  }
  return ps('-axww', '-o', 'pid=,command=')
    .split('\n')
    .flatMap((line) => {
      const match = /^\s*(\d+)\s+(.*)$/.exec(line);
      return match ? [{ pid: Number(match[1]), command: [match[2] ?? ''] }] : [];
    });
}

/** Waits until the process is gone; `false` when it still lives after `milliseconds`. */
export async function goneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (!hasEnded(pid)) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}
