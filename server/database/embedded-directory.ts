import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EXIT, StartError } from '../start-error.js';
import { unprivilegedUser, type RunAs } from './embedded-binaries.js';

/** Where the embedded database keeps its things. */
export interface DatabaseHome {
  /** Holds `postgres/`, `secrets/` and `postgres.log`: DATA_DIR, or a place below `/var/lib` when PostgreSQL's user cannot reach DATA_DIR. */
  readonly home: string;
  /** The cluster; no symbolic link in it, so that it can be compared with a running server's. */
  readonly data: string;
  readonly runAs?: RunAs;
}

const NOTE = 'throughline.txt';
/** What may lie in a directory that still counts as empty: traces of file systems and of a start that got no further. */
const NOTHING = /^(?:instance\.lock.*|lost\+found|secrets|\.gitkeep|\.DS_Store)$/;
const ELSEWHERE = 'set DATA_DIR to an empty or a new directory';

/**
 * Makes DATA_DIR, or accepts it when it is empty or was claimed before; anything else is left untouched.
 *
 * @returns the real path
 * @throws StartError when it cannot be used or holds something that is not ours
 */
export function claimDataDirectory(dataDir: string): string {
  const path = resolve(dataDir);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    const why =
      {
        EEXIST: 'it is a file',
        ENOTDIR: 'a part of it is a file',
        EACCES: 'permission is denied',
        EROFS: 'it is read-only',
      }[code] ?? code;
    const message = `The data directory ${path} cannot be used because ${why}: make it writable, or ${ELSEWHERE}.`;
    throw new StartError(message, EXIT.CANNOT_CREATE, { cause });
  }
  const entries = readdirSync(path);
  if (entries.includes('PG_VERSION')) {
    const message = `The data directory ${path} is itself a PostgreSQL cluster that Throughline did not make: ${ELSEWHERE}; nothing was changed.`;
    throw new StartError(message, EXIT.FOREIGN_DATA);
  }
  if (!entries.includes(NOTE) && entries.some((name) => !NOTHING.test(name))) {
    const message = `The data directory ${path} is not empty and was not made by Throughline: ${ELSEWHERE}; nothing was changed.`;
    throw new StartError(message, EXIT.FOREIGN_DATA);
  }
  return realpathSync(path);
}

/**
 * Decides where the cluster lies and as whom PostgreSQL runs. A cluster that exists decides both: it is never left
 * behind for a new empty one because permissions changed.
 *
 * @param shared where to go when PostgreSQL's user cannot reach `dataDir`; only root can write there
 */
export function chooseHome(dataDir: string, shared: string, log: (message: string) => void): DatabaseHome {
  const root = process.getuid?.() === 0;
  const moved = join(shared, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  const home = root && existsSync(join(moved, 'postgres')) ? moved : dataDir;
  const data = join(home, 'postgres');
  const existing = lstatSync(data, { throwIfNoEntry: false });
  if (!root) {
    if (existing && existing.uid !== process.getuid?.()) {
      const message = `The database in ${data} belongs to another user (uid ${existing.uid}): start Throughline as that user or as root.`;
      throw new StartError(message, EXIT.CANNOT_CREATE);
    }
    note(dataDir, home);
    return { home, data };
  }
  const runAs = existing && existing.uid !== 0 ? ownerOf(existing) : unprivilegedUser();
  if (home === moved || isReachable(dataDir, runAs)) {
    note(dataDir, home);
    return { home, data, runAs };
  }
  if (existing) {
    const message = `The database in ${data} cannot be reached by the user ${runAs.name} that PostgreSQL runs as: open the folders above it (chmod o+x).`;
    throw new StartError(message, EXIT.CANNOT_CREATE);
  }
  mkdirSync(moved, { recursive: true, mode: 0o755 });
  const place = lstatSync(moved);
  if (!place.isDirectory() || place.uid !== 0 || (place.mode & 0o022) !== 0) {
    const message = `The directory ${moved} must belong to root and be closed to other writers: remove it, or ${ELSEWHERE}.`;
    throw new StartError(message, EXIT.FOREIGN_DATA);
  }
  log(`PostgreSQL runs as the user ${runAs.name}, who cannot reach ${dataDir}; the database is kept in ${moved}`);
  note(dataDir, moved);
  return { home: moved, data: join(moved, 'postgres'), runAs };
}

/**
 * `new`: no cluster yet. Initialising happens elsewhere and ends with a rename, so `postgres/` is never half made.
 *
 * @throws StartError when what is there is not a cluster of this PostgreSQL; it is not touched
 */
export function inspectCluster(data: string, major: number): 'new' | 'present' {
  const stat = statSync(data, { throwIfNoEntry: false });
  if (!stat) return 'new';
  if (!stat.isDirectory()) {
    throw new StartError(`${data} is not a directory: move it away, or ${ELSEWHERE}.`, EXIT.FOREIGN_DATA);
  }
  const entries = readdirSync(data);
  if (entries.length === 0) return 'new';
  if (!entries.includes('PG_VERSION')) {
    const message = `The directory ${data} is not empty and holds no PostgreSQL cluster: move its content away, or ${ELSEWHERE}; nothing was changed.`;
    throw new StartError(message, EXIT.FOREIGN_DATA);
  }
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== String(major)) {
    const message = `The database in ${data} was made by PostgreSQL ${version} and this Throughline brings PostgreSQL ${major}: export the data with the version that made it, or ${ELSEWHERE}; nothing was changed.`;
    throw new StartError(message, EXIT.FOREIGN_DATA);
  }
  return 'present';
}

/**
 * The closed directory of the server's Unix socket. The path of a socket is limited to 107 bytes, so it is not in
 * DATA_DIR; it is remembered there, so that the address stays the same over restarts.
 */
export function socketDirectory({ home, runAs }: DatabaseHome): string {
  const memory = join(home, 'socket-directory');
  const uid = runAs?.uid ?? process.getuid?.();
  if (existsSync(memory)) {
    const path = readFileSync(memory, 'utf8').trim();
    const stat = path === '' ? undefined : lstatSync(path, { throwIfNoEntry: false });
    // Anyone may have made a directory of that name since; only one that is closed and PostgreSQL's own will do.
    if (stat?.isDirectory() && stat.uid === uid && (stat.mode & 0o777) === 0o700) return path;
  }
  const base = runAs || tmpdir().length > 60 || !isWritable(tmpdir()) ? '/tmp' : tmpdir();
  const path = mkdtempSync(join(realpathSync(base), 'throughline-'));
  give(path, runAs);
  writeFileSync(memory, `${path}\n`, { mode: 0o644 });
  return path;
}

/**
 * Before a server starts: makes the directory again under its name when a cleaner of temporary files took it, and removes
 * what a killed server left in it, whose lock file would block the start once its number belongs to another process.
 */
export function readySocketDirectory(path: string, { runAs }: DatabaseHome): void {
  if (existsSync(path)) {
    for (const name of readdirSync(path).filter((entry) => entry.startsWith('.s.PGSQL.'))) rmSync(join(path, name));
    return;
  }
  mkdirSync(path, { mode: 0o700 });
  give(path, runAs);
}

/** Makes PostgreSQL's user the owner. */
export function give(path: string, runAs: RunAs | undefined): void {
  if (runAs) chownSync(path, runAs.uid, runAs.gid);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function ownerOf({ uid, gid }: { uid: number; gid: number }): RunAs {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((text) => text.split(':'))
    .find((fields) => Number(fields[2]) === uid);
  return { name: line?.[0] ?? `with uid ${uid}`, uid, gid };
}

/** Tried as that user, not computed from permission bits. DATA_DIR itself is ours to open; what lies in it stays closed. */
function isReachable(dataDir: string, runAs: RunAs): boolean {
  const { uid, mode } = statSync(dataDir);
  if (uid === 0 && (mode & 0o001) === 0) chmodSync(dataDir, (mode & 0o777) | 0o011);
  const enter = ['-c', 'cd -- "$1"', 'sh', dataDir];
  return spawnSync('/bin/sh', enter, { uid: runAs.uid, gid: runAs.gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

function note(dataDir: string, home: string): void {
  const text = `This directory belongs to Throughline. Its database lies in ${join(home, 'postgres')}, its passwords in ${join(home, 'secrets')}.\nStop Throughline before you copy or remove anything here.\n`;
  const path = join(dataDir, NOTE);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
