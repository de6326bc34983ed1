import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, StartError } from '../start-error.js';
import { hasEnded, startOf } from './processes.js';

/** One holder a data directory, for the life of the process. */
export interface InstanceLock {
  release(): void;
}

interface Holder {
  token: string;
  pid: number;
  /** Beginning of the process: the same number given to a later process is no holder. */
  started: string | null;
  /** Process numbers can be compared only inside one boot of one machine and one container. */
  world: string;
}

const BEAT_MS = 3_000;
/** A holder in another container cannot be asked; five missed beats and more say that it is gone. */
const SILENCE_MS = 16_000;

/**
 * Takes `instance.lock` in `directory`. Node has no `flock`, so the file names its holder, and a holder that provably
 * is gone is replaced. A holder that cannot be looked up (another container on the same volume) is watched: it touches
 * the file every three seconds.
 *
 * @throws StartError (exit code 75) when another process holds the directory
 */
export async function takeInstanceLock(directory: string): Promise<InstanceLock> {
  const path = join(directory, 'instance.lock');
  const me: Holder = { token: randomUUID(), pid: process.pid, started: startOf(process.pid), world: thisWorld() };
  while (!create(path, me)) {
    const holder = read(path);
    if (await isHeld(path, holder)) throw alreadyRunning(directory, holder);
    replaceStale(path, holder, directory);
  }
  const beat = setInterval(() => touch(path), BEAT_MS);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      if (read(path)?.token === me.token) rmSync(path, { force: true });
    },
  };
}

/** Linked into place, not written there: a reader never sees half a file. */
function create(path: string, me: Holder): boolean {
  const draft = `${path}.${me.token}`;
  writeFileSync(draft, JSON.stringify(me), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return false;
    // A file system without hard links: exclusive creation is the next best.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EOPNOTSUPP' || code === 'ENOSYS') return write(path, me);
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function write(path: string, me: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(me), { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** `null`: no file, or one that a power cut left without its content. */
function read(path: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return Number.isInteger(holder.pid) && typeof holder.token === 'string' ? holder : null;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM') throw error;
    return null;
  }
}

async function isHeld(path: string, holder: Holder | null): Promise<boolean> {
  if (holder && holder.world === thisWorld()) {
    if (hasEnded(holder.pid)) return false;
    const started = startOf(holder.pid);
    return started === null || holder.started === null || started === holder.started;
  }
  const before = beatOf(path);
  for (let waited = 0; waited < SILENCE_MS; waited += 500) {
    if (beatOf(path) === null) return false;
    if (beatOf(path) !== before) return true;
    await sleep(500);
  }
  return false;
}

const beatOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Removed by hand together with the data directory: nothing left to guard.
  }
}

/** Moves the stale file away; of two that do so at once, the one that moved the other's fresh file puts it back. */
function replaceStale(path: string, stale: Holder | null, directory: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = read(aside);
  try {
    if (moved?.token === stale?.token) return;
    linkSync(aside, path);
  } catch (error) {
    // A third start took the place in this instant: it is taken either way.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  throw alreadyRunning(directory, moved);
}

function alreadyRunning(directory: string, holder: Holder | null): StartError {
  const who = holder ? ` (process ${holder.pid})` : '';
  return new StartError(
    `Another Throughline${who} already uses the data directory ${directory}: stop it first, or set DATA_DIR to another directory.`,
    EXIT.ALREADY_RUNNING,
  );
}

function thisWorld(): string {
  const read = (get: () => string): string => {
    try {
      return get().trim();
    } catch {
      return '';
    }
  };
  const boot = read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const processes = read(() => readlinkSync('/proc/self/ns/pid'));
  return `${hostname()} ${boot} ${processes}`;
}
