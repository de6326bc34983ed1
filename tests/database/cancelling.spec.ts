import { expect, test } from '@jest/globals';
import { createDataSource } from '../../server/database/data-source.js';
import { LongConnection } from '../../server/imports/connection.js';
import { cloneDatabase } from '../support/clone-database.js';

test('What is cancelled between two of its statements ends at the next one', async () => {
  const database = await cloneDatabase();
  const source = createDataSource({ url: database.appUrl }, [], 'serving');
  await source.initialize();
  const connection = await LongConnection.open(source, 'test');
  const abort = new AbortController();
  const stop = connection.cancelOnAbort(source, abort.signal);
  try {
    abort.abort();
    // By now PostgreSQL has cancelled nothing: nothing ran.
    await new Promise((later) => setTimeout(later, 300));
    await expect(connection.query('select pg_sleep(20)')).rejects.toThrow('canceling statement due to user request');
  } finally {
    stop();
    await connection.close();
    await source.destroy();
    await database.drop();
  }
});
