import { rmSync } from 'node:fs';

/** Stops the run's PostgreSQL and removes what the run left. */
export default async function globalTeardown() {
  const { database, run } = globalThis.__throughlineTests ?? {};
  await database?.stop();
  if (run) rmSync(run, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
