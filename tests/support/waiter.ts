import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** @throws where nobody does within 20 seconds: what should wait went on, or never came so far */
const somebodyWaitsFor = async (holder: pg.Client): Promise<void> => {
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(10)) {
    const { rowCount } = await holder.query(
      'select 1 from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))',
    );
    if (rowCount) return;
  }
  throw new Error('Nobody waits for the change that is not committed.');
};

/**
 * What a call answers that begins while a change is not committed, and waits for it; once it waits, the change is committed.
 * @param url of the database
 * @param change one statement
 */
export const beside = async <Answer>(
  url: string,
  change: string | pg.QueryConfig,
  call: () => Promise<Answer>,
): Promise<Answer> => {
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  try {
    await holder.query('begin');
    await holder.query(change);
    const [answer] = await Promise.all([call(), somebodyWaitsFor(holder).then(() => holder.query('commit'))]);
    return answer;
  } finally {
    await holder.end();
  }
};
