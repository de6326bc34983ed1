import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../server/http/clock.js';

/** A clock that stands still until it is moved. It is written into a file, so that a server in another process has the same time at once. */
export class TestClock implements Clock {
  readonly file: string;
  readonly #opened: number;
  #instant = new Date('2026-11-21T12:00:00.000Z');

  /** @param name of this clock alone in the whole run */
  constructor(name: string) {
    this.file = join(process.env['TEST_RUN']!, `clock-${name}`);
    this.#opened = openSync(this.file, 'w');
    this.#write();
  }
  now(): Date {
    return new Date(this.#instant);
  }
  set(instant: string): void {
    this.#instant = new Date(instant);
    this.#write();
  }
  advance(milliseconds: number): void {
    this.#instant = new Date(this.#instant.getTime() + milliseconds);
    this.#write();
  }
  remove(): void {
    closeSync(this.#opened);
    rmSync(this.file);
  }
  /** As long as the one before, so that the reader never finds half of it. */
  #write(): void {
    writeSync(this.#opened, this.#instant.toISOString(), 0);
  }
}
