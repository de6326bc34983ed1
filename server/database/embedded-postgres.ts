import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { EXIT, StartError } from '../start-error.js';
import { prepareBinaries } from './embedded-binaries.js';
import {
  APP_ROLE,
  createCluster,
  DATABASE,
  OWNER_ROLE,
  readSecrets,
  removeHalfMade,
  setUpRoles,
  SUPERUSER,
} from './embedded-cluster.js';
import {
  chooseHome,
  claimDataDirectory,
  inspectCluster,
  readySocketDirectory,
  socketDirectory,
} from './embedded-directory.js';
import {
  findRunning,
  limitLog,
  PORT,
  spawnPostmaster,
  stopPostmaster,
  tryConnect,
  waitUntilReady,
  watchForeign,
  type DatabaseConnection,
  type Postmaster,
} from './embedded-postmaster.js';
import { supervise, type Supervised } from './embedded-supervisor.js';
import { takeInstanceLock } from './instance-lock.js';

export type { DatabaseConnection } from './embedded-postmaster.js';

export interface EmbeddedPostgresOptions {
  dataDir: string;
  /** One sentence a call, on what a person may want to know. Default: standard error. */
  log?: (message: string) => void;
  /** Called once when the server failed five times in ten minutes. Default: say so and end the process. */
  onGiveUp?: (error: StartError) => void;
  /** Before the first restart of a server that ended; doubles with each. Default: a quarter of a second. */
  restartPauseMs?: number;
  /** Server settings over ours; tests turn `fsync` off. */
  settings?: Readonly<Record<string, string>>;
  /** Where root keeps data and programs that PostgreSQL's user could not reach otherwise. */
  shared?: string;
  /** The package with the programs, if it is not the installed one. */
  binariesFrom?: string;
}

export interface EmbeddedPostgres extends Supervised {
  /** For migrations. Stays true over restarts of the server. */
  readonly owner: DatabaseConnection;
  /** For the API. */
  readonly app: DatabaseConnection;
  /** The same as URLs, with the socket's directory as `?host=`. */
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** The database was made by this start. */
  readonly created: boolean;
  /** Holds `postgres/`, `secrets/` and `postgres.log`. */
  readonly home: string;
}

const UNREACHABLE_MS = 30_000;
/** A server that a crash left recovering. */
const RECOVERY_MS = 300_000;

/**
 * Starts the bundled PostgreSQL on a data directory, or takes over the one that a killed process left running there,
 * and keeps it running. It listens on a Unix socket in a closed directory only, and every role has a password.
 *
 * @throws StartError with one sentence and its own exit code for everything that a person has to decide
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = claimDataDirectory(options.dataDir);
  const lock = await takeInstanceLock(dataDir).catch((cause: unknown) => Promise.reject(asStartError(cause, dataDir)));
  try {
    return await startLocked(dataDir, options, lock.release);
  } catch (cause) {
    lock.release();
    throw asStartError(cause, dataDir);
  }
}

async function startLocked(
  dataDir: string,
  options: EmbeddedPostgresOptions,
  release: () => void,
): Promise<EmbeddedPostgres> {
  const log = options.log ?? ((message: string) => void process.stderr.write(`${message}\n`));
  const shared = options.shared ?? '/var/lib/throughline';
  const settings = options.settings ?? {};
  const place = chooseHome(dataDir, shared, log);
  const { home, data, runAs } = place;
  const binaries = prepareBinaries({ runAs, copies: runAs ? shared : home, log, from: options.binariesFrom });
  removeHalfMade(home);
  const cluster = inspectCluster(data, binaries.major);
  const secrets = readSecrets(home, cluster);
  let sockets = socketDirectory(place);
  if (cluster === 'new') {
    const durable = settings['fsync'] !== 'off';
    await createCluster(place, { binaries, password: secrets.superuser, closed: sockets, durable });
  }

  const account = { user: SUPERUSER, password: secrets.superuser };
  const superuser = (host: string): DatabaseConnection => ({ host, port: PORT, database: 'postgres', ...account });

  /** Never two servers on one directory: a new one is started only when there provably is none. */
  const launch = async (): Promise<{ postmaster: Postmaster; client: pg.Client }> => {
    const postmaster = (await adopt(data, sockets, superuser, log)) ?? start();
    try {
      const client = await waitUntilReady(postmaster, superuser(postmaster.socketDirectory), home);
      return { postmaster, client };
    } catch (error) {
      await stopPostmaster(postmaster);
      throw error;
    }
  };
  const start = (): Postmaster => {
    limitLog(home);
    readySocketDirectory(sockets, place);
    return spawnPostmaster(place, { postgres: binaries.postgres, socketDirectory: sockets, settings });
  };

  const first = await launch();
  // Connections are told one address for the whole life of this process.
  sockets = first.postmaster.socketDirectory;
  let created: boolean;
  try {
    created = await setUpRoles(first.client, secrets);
  } catch (error) {
    await stopPostmaster(first.postmaster);
    throw error;
  } finally {
    void first.client.end().catch(() => undefined);
  }

  const supervised = supervise(
    first.postmaster,
    async () => {
      const { postmaster, client } = await launch();
      void client.end().catch(() => undefined);
      return postmaster;
    },
    { home, log, giveUp: options.onGiveUp ?? endProcess, pause: options.restartPauseMs ?? 250, release },
  );
  const address = { host: sockets, port: PORT, database: DATABASE };
  const owner = { ...address, user: OWNER_ROLE, password: secrets.owner };
  const app = { ...address, user: APP_ROLE, password: secrets.app };
  return Object.assign(supervised, { owner, app, ownerUrl: urlOf(owner), appUrl: urlOf(app), created, home });
}

/** Takes over a server that runs on this directory: the one whose `node` was killed. One that is ending is waited for. */
async function adopt(
  data: string,
  sockets: string,
  superuser: (host: string) => DatabaseConnection,
  log: (message: string) => void,
): Promise<Postmaster | null> {
  let silentSince: number | null = null;
  for (const begun = Date.now(); Date.now() - begun < RECOVERY_MS;) {
    const running = findRunning(data, log);
    if (!running) return null;
    const host = running.socketDirectory ?? sockets;
    const result = running.ending ? 'absent' : await tryConnect(superuser(host));
    if (typeof result !== 'string') {
      try {
        const { rows } = await result.query<{ directory: string }>(
          `select current_setting('data_directory') as directory`,
        );
        if (rows[0]?.directory !== data) break;
      } finally {
        void result.end().catch(() => undefined);
      }
      log(`Taking over the PostgreSQL that is still running (process ${running.pid})`);
      return watchForeign(running.pid, host);
    }
    silentSince = result === 'absent' ? (silentSince ?? Date.now()) : null;
    if (silentSince !== null && Date.now() - silentSince > UNREACHABLE_MS) break;
    await sleep(100);
  }
  const { pid } = findRunning(data, log) ?? {};
  const message = `PostgreSQL already runs on ${data} (process ${pid}) but does not answer: stop that process, then start again.`;
  throw new StartError(message, EXIT.ALREADY_RUNNING);
}

function endProcess(error: StartError): void {
  process.stderr.write(`${error.message}\n`);
  process.exit(error.exitCode);
}

/** What the file system refuses becomes a sentence; everything else stays what it is. */
function asStartError(cause: unknown, dataDir: string): unknown {
  const { code, syscall, path } = cause as NodeJS.ErrnoException;
  if (cause instanceof StartError || !syscall || !path) return cause;
  const message = `The data directory ${dataDir} cannot be used because ${path} could not be accessed (${code}, ${syscall}): check who owns it and whether there is space.`;
  return new StartError(message, EXIT.CANNOT_CREATE, { cause });
}

function urlOf({ host, port, database, user, password }: DatabaseConnection): string {
  return `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}
