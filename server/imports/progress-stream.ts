import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import type { ImportProgress } from '../contract/import.js';
import { notFound } from '../http/problem.js';
import { findImport, reportOf } from './import-records.js';
import { RunningImports } from './progress.js';

/** How long a stream waits for the upload that it is to follow. */
const WAIT_MS = 30_000;
const LOOK_MS = 250;
/** Some proxies close a connection on which nothing moves. */
const HEARTBEAT_MS = 15_000;

/** Progress as server-sent events, from this process where the import runs here, else from its row. */
@Injectable()
export class ProgressStream {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(RunningImports) private readonly running: RunningImports,
  ) {}

  /**
   * Writes events until the import is finished or the client leaves.
   * @throws Problem 404 where no import of this id comes within 30 s
   */
  async serve(id: string, response: Response): Promise<void> {
    const left = new AbortController();
    response.on('close', () => left.abort());
    // The headers go out at once: a client that opens the stream before it uploads must see that it is open.
    response
      .status(200)
      .set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);
    try {
      await this.follow(id, left.signal, (progress) => response.write(`data: ${JSON.stringify(progress)}\n\n`));
    } finally {
      clearInterval(heartbeat);
      response.end();
    }
  }

  private async follow(id: string, left: AbortSignal, tell: (progress: ImportProgress) => void): Promise<void> {
    const until = Date.now() + WAIT_MS;
    while (!left.aborted) {
      if (await this.followHere(id, left, tell)) return;
      const row = await findImport(this.source, id);
      if (row && row.status !== 'running') {
        const rows = reportOf(row).tables.reduce((sum, table) => sum + table.rows, 0);
        tell({ id, status: row.status, step: 'finished', table: null, rows });
        return;
      }
      if (!row && Date.now() > until) throw notFound();
      await sleep(LOOK_MS, undefined, { signal: left }).catch(() => undefined);
    }
  }

  /** @returns false where it does not run in this process */
  private followHere(id: string, left: AbortSignal, tell: (progress: ImportProgress) => void): Promise<boolean> {
    return new Promise((resolve) => {
      const stop = this.running.follow(id, (progress) => {
        tell(progress);
        if (progress.step === 'finished') resolve(true);
      });
      if (!stop) return resolve(false);
      left.addEventListener('abort', () => {
        stop();
        resolve(true);
      });
    });
  }
}
