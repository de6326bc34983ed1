import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const NULL = '\\N';

/** What a cell may become in the text format of COPY. */
export type CopyValue = string | number | boolean | readonly string[] | null;

const escaped = (text: string): string => text.replace(SPECIAL, (char) => ESCAPES[char]!);

/** An array literal of PostgreSQL: every element in quotes. */
const arrayLiteral = (items: readonly string[]): string =>
  `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

const field = (value: CopyValue): string => {
  if (value === null) return NULL;
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'object') return escaped(arrayLiteral(value));
  return String(value);
};

/** One row in the text format of COPY, with its line break. */
export const copyLine = (values: readonly CopyValue[]): string => `${values.map(field).join('\t')}\n`;

const CHUNK = 64 * 1024;

/** Collects rows into larger chunks, and waits where the database is slower than the reader: memory stays constant. */
export class CopyWriter {
  private pending = '';
  private failure: unknown = null;
  private readonly done: Promise<void>;

  constructor(private readonly stream: Writable) {
    this.done = finished(stream);
    this.done.catch((error: unknown) => (this.failure = error));
  }

  async add(values: readonly CopyValue[]): Promise<void> {
    this.pending += copyLine(values);
    if (this.pending.length >= CHUNK) await this.flush();
  }

  /** Ends the COPY. @throws what the database refused */
  async end(): Promise<void> {
    await this.flush();
    this.stream.end();
    await this.done;
  }

  /** Stops without storing: the reader failed in the middle. */
  async abandon(error: unknown): Promise<void> {
    this.stream.destroy(error instanceof Error ? error : new Error('The reader stopped.'));
    await this.done.catch(() => undefined);
  }

  private async flush(): Promise<void> {
    if (this.failure) throw this.failure;
    const chunk = this.pending;
    this.pending = '';
    if (chunk === '' || this.stream.write(chunk)) return;
    await Promise.race([once(this.stream, 'drain'), this.done]);
  }
}
