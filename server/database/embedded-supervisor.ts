import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, StartError } from '../start-error.js';
import { limitLog, stopPostmaster, type Postmaster } from './embedded-postmaster.js';

export interface Supervised {
  /** The server process now; another one after a restart. */
  readonly pid: number;
  /** The server is gone; it is being started again. */
  onDown(listener: () => void): void;
  /** It answers again. */
  onUp(listener: () => void): void;
  /** Ends all sessions, writes everything, ends the server, frees the data directory. Can be called again. */
  stop(): Promise<void>;
}

const RESTARTS = 5;
const WINDOW_MS = 600_000;

export interface SupervisorContext {
  home: string;
  log: (message: string) => void;
  giveUp: (error: StartError) => void;
  pause: number;
  release: () => void;
}

/** Watches the server, starts it again with growing pauses, and stops it at the end. */
export function supervise(
  first: Postmaster,
  relaunch: () => Promise<Postmaster>,
  context: SupervisorContext,
): Supervised {
  const { home, log, giveUp, pause } = context;
  const down: (() => void)[] = [];
  const up: (() => void)[] = [];
  let current = first;
  /** Guards signals: the number of a process that is gone may belong to another one by now. */
  let running = true;
  let stopping: Promise<void> | null = null;
  let restarting: Promise<void> = Promise.resolve();
  let restarts: number[] = [];

  const watch = (postmaster: Postmaster): void => {
    running = true;
    void postmaster.exited.then(() => {
      running = false;
      if (stopping) return;
      log('PostgreSQL ended unexpectedly');
      for (const listener of down) listener();
      restarting = restart();
    });
  };
  const restart = async (): Promise<void> => {
    while (!stopping) {
      restarts = restarts.filter((time) => time > Date.now() - WINDOW_MS);
      if (restarts.length >= RESTARTS) {
        giveUp(
          new StartError(
            `PostgreSQL failed ${RESTARTS} times in ten minutes; see postgres.log in ${home}.`,
            EXIT.DATABASE_FAILS,
          ),
        );
        return;
      }
      // The sessions of a killed server need a moment to end.
      await sleep(pause * 2 ** restarts.length);
      restarts.push(Date.now());
      if (stopping) return;
      try {
        current = await relaunch();
      } catch (error) {
        log((error as Error).message);
        continue;
      }
      log('PostgreSQL runs again');
      watch(current);
      for (const listener of up) listener();
      return;
    }
  };
  const shutDown = async (): Promise<void> => {
    await restarting;
    clearInterval(logTimer);
    if (running) await stopPostmaster(current);
    process.removeListener('exit', atExit);
    rmSync(current.socketDirectory, { recursive: true, force: true });
    context.release();
  };
  // The last chance when something calls process.exit(): the server ends by itself, and the next start waits for it.
  const atExit = (): void => {
    try {
      if (running) process.kill(current.pid, 'SIGINT');
    } catch {
      // Gone already.
    }
    context.release();
  };
  const logTimer = setInterval(() => limitLog(home), 3_600_000);
  logTimer.unref();
  process.on('exit', atExit);
  watch(current);
  return {
    get pid() {
      return current.pid;
    },
    onDown: (listener) => void down.push(listener),
    onUp: (listener) => void up.push(listener),
    stop: () => (stopping ??= shutDown()),
  };
}
