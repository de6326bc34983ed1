import pg from 'pg';
import { DataSource, type MixedList, type EntitySchema } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import './value-types.js';

/** Where and as whom to connect: a URL, or host (a socket folder works), port, user and password. */
export type DatabaseAddress =
  { url: string } | { host: string; port: number; user: string; password: string; database: string };

/**
 * A connection whose end is nobody's surprise: whoever waits on it is told by the rejected query, and the pool takes it out. Between two queries
 * nobody listens for a moment, and an `error` that nobody hears ends the process.
 */
class ServingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** An address as node-postgres takes it. */
export const clientConfig = (address: DatabaseAddress): pg.ClientConfig =>
  'url' in address ? { connectionString: address.url } : address;

/** The same address as TypeORM takes it. */
const typeormAddress = (address: DatabaseAddress) =>
  'url' in address
    ? { url: address.url }
    : {
        host: address.host,
        port: address.port,
        username: address.user,
        password: address.password,
        database: address.database,
      };

/**
 * A data source that is not yet connected.
 * `serving` bounds each statement, so that no request can hold a connection for long; migrations have no such bound.
 */
export const createDataSource = (
  address: DatabaseAddress,
  entities: MixedList<string | EntitySchema | (new () => object)>,
  use: 'serving' | 'migrating',
): DataSource =>
  new DataSource({
    type: 'postgres',
    ...typeormAddress(address),
    entities,
    migrations: use === 'migrating' ? MIGRATIONS : [],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    applicationName: `throughline ${use}`,
    extra:
      use === 'serving'
        ? {
            Client: ServingClient,
            max: 20,
            connectionTimeoutMillis: 2_000,
            idleTimeoutMillis: 30_000,
            statement_timeout: 10_000,
            query_timeout: 12_000,
            lock_timeout: 5_000,
            idle_in_transaction_session_timeout: 15_000,
            keepAlive: true,
          }
        : { max: 2, connectionTimeoutMillis: 10_000 },
  });
