import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Stops the run's hosts of servers and its PostgreSQL, and removes what the run left. */
export default async function globalTeardown() {
  const { database, run } = globalThis.__throughlineTests ?? {};
  if (run) stopHosts(run);
  await database?.stop();
  if (run) rmSync(run, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function stopHosts(run) {
  for (const name of readdirSync(run).filter((file) => /^host-.*\.json$/.test(file))) {
    try {
      process.kill(JSON.parse(readFileSync(join(run, name), 'utf8')).pid);
    } catch {
      // It ended by itself.
    }
  }
}
