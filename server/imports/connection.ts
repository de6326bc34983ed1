import type { Writable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DataSource, EntityManager } from 'typeorm';
import { poolOf } from '../database/pool.js';

/**
 * A connection of its own for one long piece of work. Not one of the pool's: those end statements after seconds, and a few long
 * imports would leave none for the people who are waiting.
 */
export class LongConnection {
  private constructor(
    private readonly client: pg.Client,
    /** Process id of its backend, by which another connection can cancel what runs on this one. */
    readonly backend: number,
  ) {}

  static async open(source: DataSource, purpose: string): Promise<LongConnection> {
    const { options } = poolOf(source);
    const client = new pg.Client({
      ...options,
      // pg-pool hides it from enumeration, so that a spread does not take it along.
      ...(options.password === undefined ? {} : { password: options.password }),
      application_name: `throughline ${purpose}`,
      statement_timeout: 0,
      query_timeout: 0,
      lock_timeout: 0,
      idle_in_transaction_session_timeout: 0,
    });
    client.on('error', () => undefined); // the running query rejects; an event without a listener would end the process
    await client.connect();
    const { rows } = await client.query('select pg_backend_pid() as pid');
    return new LongConnection(client, (rows[0] as { pid: number }).pid);
  }

  /** @returns the rows, typed by the caller who wrote the columns */
  async query<Row = unknown>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query(text, [...values])).rows as Row[];
  }

  /** @returns how many rows the statement wrote */
  async write(text: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.client.query(text, [...values])).rowCount ?? 0;
  }

  /** Several statements without values, in one round trip. */
  async script(text: string): Promise<void> {
    await this.client.query(text);
  }

  /** A stream into which rows in the text format of COPY are written. */
  copyInto(statement: string): Writable {
    return this.client.query(copyFrom(statement));
  }

  /**
   * Cancels what runs on this connection once the signal says so, again and again: a cancellation that arrives between two statements
   * is lost, and the next one could wait for a lock for ever.
   *
   * @param source by which the cancellation is sent
   * @returns what ends it
   */
  cancelOnAbort(source: DataSource, signal: AbortSignal): () => void {
    let repeated: NodeJS.Timeout | undefined;
    const cancel = () => void source.query('select pg_cancel_backend($1)', [this.backend]).catch(() => undefined);
    signal.addEventListener('abort', () => {
      cancel();
      repeated = setInterval(cancel, 100);
    });
    return () => clearInterval(repeated);
  }

  /** For the functions that write the audit chain and the data versions on an entity manager: they only call `query`. */
  get manager(): EntityManager {
    return { query: (text: string, values?: unknown[]) => this.query(text, values) } as unknown as EntityManager;
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
