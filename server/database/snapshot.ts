import type { DataSource, EntityManager } from 'typeorm';
import type pg from 'pg';

/**
 * Runs several reads that see one and the same state: nothing that is committed meanwhile comes between a record and its links.
 * Read-only; the connection is given back whatever happens.
 */
export const inSnapshot = async <T>(source: DataSource, read: (manager: EntityManager) => Promise<T>): Promise<T> => {
  const runner = source.createQueryRunner();
  try {
    const client = (await runner.connect()) as pg.PoolClient;
    await client.query('begin isolation level repeatable read read only');
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
