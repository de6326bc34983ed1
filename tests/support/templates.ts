import pg from 'pg';
import { cloneDatabase, type ClonedDatabase } from './clone-database.js';

/**
 * Databases as they are after a start that many test files share, made once a run by the product itself and then cloned, which takes a tenth of the
 * time. That they can be made is tested by the first file that asks, and how by the specs of the import and of the example.
 */
export type Start = 'bare' | 'people' | 'golden' | 'example';

/** @param make fills a database that is new; of several files that come at once one makes it, and the others wait for it */
export const templateOf = async (start: Start, make: (database: ClonedDatabase) => Promise<void>): Promise<string> => {
  const template = `${process.env['TEST_TEMPLATE']!}_${start}`;
  const superuser = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL']! });
  await superuser.connect();
  const isThere = async (): Promise<boolean> =>
    (await superuser.query('select from pg_database where datname = $1', [template])).rowCount === 1;
  try {
    if (await isThere()) return template;
    await superuser.query('select pg_advisory_lock(hashtext($1))', [template]);
    if (await isThere()) return template;
    const database = await cloneDatabase();
    await make(database);
    const left = 'select pid from pg_stat_activity where datname = $1';
    for (let looks = 0; looks < 100 && (await superuser.query(left, [database.name])).rowCount; looks += 1)
      await new Promise((done) => setTimeout(done, 20));
    await superuser.query(`alter database ${database.name} with is_template true allow_connections false`);
    // The name comes last: whoever finds it finds all of it.
    await superuser.query(`alter database ${database.name} rename to ${template}`);
    return template;
  } finally {
    await superuser.end();
  }
};
