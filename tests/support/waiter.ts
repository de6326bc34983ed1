import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** @throws where so many do not within 20 seconds: what should wait went on, or never came so far */
const waitFor = async (holder: pg.Client, count: number): Promise<void> => {
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(10)) {
    // Of several that wait for one row only the first waits for the holder.
    const { rowCount } = await holder.query(
      `select distinct l.pid from pg_locks l join pg_stat_activity a on a.pid = l.pid
       where not l.granted and a.datname = current_database()`,
    );
    if (rowCount! >= count) return;
  }
  throw new Error(`Fewer than ${count} wait for the change that is not committed.`);
};

/**
 * What calls answer that begin one after another while a change is not committed: each begins once the one before it waits. Once all wait, the
 * change is committed.
 * @param url of the database
 * @param change one statement
 */
export const besideInTurn = async <Answer>(
  url: string,
  change: string | pg.QueryConfig,
  calls: readonly (() => Promise<Answer>)[],
): Promise<Answer[]> => {
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  try {
    await holder.query('begin');
    await holder.query(change);
    const answers: Promise<Answer>[] = [];
    for (const call of calls) {
      answers.push(call());
      await waitFor(holder, answers.length);
    }
    await holder.query('commit');
    return await Promise.all(answers);
  } finally {
    await holder.end();
  }
};

/** What a call answers that begins while a change is not committed, and waits for it; once it waits, the change is committed. */
export const beside = async <Answer>(
  url: string,
  change: string | pg.QueryConfig,
  call: () => Promise<Answer>,
): Promise<Answer> => (await besideInTurn(url, change, [call]))[0]!;
