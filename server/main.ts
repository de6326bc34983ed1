import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { ensureFirstRun } from './access/first-administrator.js';
import { createApp, type App } from './app.js';
import { loadEnvironmentFile, readConfig, type Config } from './config.js';
import { createDataSource, type DatabaseAddress } from './database/data-source.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './database/embedded-postgres.js';
import { migrate } from './database/migrate.js';
import { ExampleService } from './example/example.service.js';
import { systemClock } from './http/clock.js';
import { createLogger } from './http/logger.js';
import { HealthService } from './http/health.service.js';
import { RECORD_ENTITIES } from './database/columns.js';
import { DigestClock } from './reminders/digest.clock.js';
import { StartError } from './start-error.js';

/** Requests under way get this long to end before their connections are cut. */
const DRAIN_MS = 10_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Addresses {
  owner: DatabaseAddress;
  app: DatabaseAddress;
  appRole: string | null;
}

const addressesOf = (config: Config, embedded: EmbeddedPostgres | null): Addresses => {
  if (embedded) return { owner: embedded.owner, app: embedded.app, appRole: embedded.app.user };
  const { url, ownerUrl } = config.database!;
  if (url === ownerUrl) {
    say(
      'DATABASE_OWNER_URL is not set: the role that serves requests owns the tables, so the database cannot keep the audit trail from it.',
    );
    return { owner: { url }, app: { url }, appRole: null };
  }
  return {
    owner: { url: ownerUrl },
    app: { url },
    appRole: decodeURIComponent(new URL(url.replace('@/', '@localhost/')).username),
  };
};

const listen = (app: App, config: Config): Promise<void> =>
  new Promise((done, fail) => {
    app.server.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'EADDRINUSE'
          ? new StartError(
              `Port ${config.port} of ${config.host} is taken. Stop what uses it, or set PORT to another.`,
              75,
            )
          : error,
      ),
    );
    app.server.listen(config.port, config.host, done);
  });

const start = async (): Promise<void> => {
  loadEnvironmentFile();
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  const embedded = config.database ? null : await startEmbeddedPostgres({ dataDir: config.dataDir, log: say });
  let app: App | undefined;
  let source: DataSource | undefined;
  const stop = async (): Promise<void> => {
    if (app) await drain(app);
    if (source?.isInitialized) await source.destroy();
    await embedded?.stop();
  };
  stopOnSignals(stop);
  try {
    const { owner, app: address, appRole } = addressesOf(config, embedded);
    const ran = await migrate(owner, appRole);
    if (ran.length > 0) logger.info({ migrations: ran }, 'migrated');
    source = createDataSource(address, [...RECORD_ENTITIES], 'serving');
    await source.initialize();
    const administrator = await ensureFirstRun(source, config, systemClock);
    app = await createApp({ config, source, clock: systemClock, logger });
    // Before anybody can ask: nobody sees half of it, or records something in between.
    const aboutExample = await app.nest.get(ExampleService).atStart();
    await listen(app, config);
    app.nest.get(DigestClock).start();
    say(`Throughline is ready at ${config.publicUrl}`);
    if (administrator) {
      say(`Sign in as ${administrator.email}`);
      if (administrator.password)
        say(`with the password ${administrator.password} (shown this once; change it after signing in)`);
    }
    aboutExample.forEach(say);
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Readiness off, no new connections, requests under way may end, the pool last. */
const drain = async (app: App): Promise<void> => {
  app.nest.get(HealthService).drain();
  const closed = new Promise<void>((done) => app.server.close(() => done()));
  app.server.closeIdleConnections();
  const idle = setInterval(() => app.server.closeIdleConnections(), 100);
  const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
  await app.nest.close();
};

/** npm passes a Ctrl-C on that the terminal has already sent; within this time it is the same one. */
const SAME_SIGNAL_MS = 1_000;

/** The first signal stops in order, a second one at once. */
const stopOnSignals = (stop: () => Promise<void>): void => {
  let stoppingSince: number | null = null;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(130);
      return;
    }
    stoppingSince = performance.now();
    say(`Stopping on ${signal}.`);
    stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
};

const fail = (error: unknown): never => {
  if (error instanceof StartError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(error.exitCode);
  }
  process.stderr.write(`Throughline could not start: ${(error as Error)?.stack ?? String(error)}\n`);
  process.exit(1);
};

start().catch(fail);
