/**
 * A process that holds an embedded PostgreSQL, as the product does, for tests that kill it.
 * Argument: JSON { dataDir, uid?, … } for the launcher. Speaks one JSON object a line on standard output; ends on SIGTERM and SIGINT.
 */
import { startEmbeddedPostgres } from '../../dist/server/database/embedded-postgres.js';

const { uid, ...options } = JSON.parse(process.argv[2]);
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
if (uid !== undefined) {
  // Here and not by `spawn`, so that the modules could be read from a checkout that only root can enter.
  process.setgroups([]);
  process.setgid(uid);
  process.setuid(uid);
}
try {
  const database = await startEmbeddedPostgres({ ...options, log: (text) => say({ log: text }) });
  database.onDown(() => say({ down: true }));
  database.onUp(() => say({ up: database.pid }));
  const end = async () => {
    clearInterval(alive);
    // Requests that are being finished still need the database after the signal.
    await new Promise((resolve) => setTimeout(resolve, options.drain ?? 0));
    await database.stop();
    process.exit(0);
  };
  const alive = setInterval(() => undefined, 60_000);
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  const { app, owner, appUrl, created, home, pid } = database;
  say({ ready: { app, owner, appUrl, created, home, pid } });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(error.exitCode ?? 1);
}
