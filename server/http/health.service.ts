import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { named } from '../database/named.js';
import { Problem } from './problem.js';

/** How long an answer is good for: however many ask, the database is asked once a second. */
const GOOD_FOR_MS = 1_000;

/** Whether this process can answer requests: the database is there and its schema is the one that this code was written for. */
@Injectable()
export class HealthService {
  private draining = false;
  private last: { at: number; outcome: Promise<Problem | null> } | null = null;

  constructor(private readonly source: DataSource) {}

  /** From now on not ready: the process is about to stop, and whoever sends requests should send them elsewhere. */
  drain(): void {
    this.draining = true;
  }

  /** @throws Problem 503 when requests cannot be answered */
  async check(): Promise<void> {
    if (this.draining) throw unready('The server is stopping. Send requests to another one.');
    const at = performance.now();
    if (!this.last || at - this.last.at >= GOOD_FOR_MS) this.last = { at, outcome: this.look() };
    const problem = await this.last.outcome;
    if (problem) throw problem;
  }

  private async look(): Promise<Problem | null> {
    try {
      const rows = await named<{ name: string }>(this.source, 'migrations that ran', 'select name from migrations');
      const ran = new Set(rows.map((row) => row.name));
      const missing = MIGRATIONS.filter((migration) => !ran.has(migration.name));
      return missing.length === 0 ? null : unready('The database has not been migrated to this version yet.');
    } catch {
      return unready('The database is not reachable. Try again in a moment.');
    }
  }
}

const unready = (detail: string): Problem =>
  new Problem(503, 'dependency-unavailable', detail, [], {}, { 'Retry-After': '2' });
