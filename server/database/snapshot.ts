import type { DataSource, EntityManager } from 'typeorm';
import type pg from 'pg';

/**
 * One round trip. Planned anew with the scope that is asked for: after five runs PostgreSQL would take a plan for any scope, in which a million
 * values are looked up one by one where all of them are meant.
 */
const BEGIN_SNAPSHOT = `
  begin isolation level repeatable read read only;
  set local plan_cache_mode = force_custom_plan`;

/**
 * Runs several reads that see one and the same state: nothing that is committed meanwhile comes between a record and its links.
 * Read-only; the connection is given back whatever happens.
 */
export const inSnapshot = async <T>(source: DataSource, read: (manager: EntityManager) => Promise<T>): Promise<T> => {
  const runner = source.createQueryRunner();
  try {
    const client = (await runner.connect()) as pg.PoolClient;
    await client.query(BEGIN_SNAPSHOT);
    try {
      const result = await read(runner.manager);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined); // the first error says what happened
      throw error;
    }
  } finally {
    await runner.release();
  }
};
