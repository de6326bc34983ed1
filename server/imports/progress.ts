import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { ImportProgress } from '../contract/import.js';

interface Followed {
  last: ImportProgress;
  abort: AbortController;
  events: EventEmitter;
}

/** Least time between two progress events of one table; the last one of each table always goes out. */
const BETWEEN_EVENTS_MS = 100;

/** The imports that run in this process: how far they are, and the way to stop them. */
@Injectable()
export class RunningImports {
  private readonly running = new Map<string, Followed>();

  start(id: string): AbortSignal {
    const abort = new AbortController();
    const events = new EventEmitter();
    events.setMaxListeners(100);
    this.running.set(id, { abort, events, last: { id, status: 'running', step: 'reading', table: null, rows: 0 } });
    return abort.signal;
  }

  /** Says how far an import is. */
  reporter(id: string): (step: ImportProgress['step'], table: string | null, rows: number) => void {
    let told = 0;
    let held: ImportProgress | null = null;
    return (step, table, rows) => {
      const followed = this.running.get(id);
      if (!followed) return;
      const sameTable = followed.last.step === step && followed.last.table === table;
      if (!sameTable && held) followed.events.emit('progress', held);
      followed.last = { id, status: 'running', step, table, rows };
      const now = performance.now();
      const isSoon = sameTable && now - told < BETWEEN_EVENTS_MS;
      held = isSoon ? followed.last : null;
      if (isSoon) return;
      told = now;
      followed.events.emit('progress', followed.last);
    };
  }

  finish(id: string, status: ImportProgress['status'], rows: number): void {
    const followed = this.running.get(id);
    if (!followed) return;
    this.running.delete(id);
    followed.events.emit('progress', { id, status, step: 'finished', table: null, rows } satisfies ImportProgress);
  }

  /** @returns false where no import of this id runs here */
  abort(id: string): boolean {
    const followed = this.running.get(id);
    followed?.abort.abort();
    return followed !== undefined;
  }

  /**
   * Calls `listener` with where the import is now and with each step from then on.
   * @returns how to stop listening, or null where no import of this id runs here
   */
  follow(id: string, listener: (progress: ImportProgress) => void): (() => void) | null {
    const followed = this.running.get(id);
    if (!followed) return null;
    followed.events.on('progress', listener);
    listener(followed.last);
    return () => followed.events.off('progress', listener);
  }
}
