import { setImmediate } from 'node:timers/promises';

/** So long at a time a piece of work may keep the event loop from others, in milliseconds. */
const AT_ONCE = 10;

/** Lets others have the event loop once a long piece of work has had it for a while. */
export class Breather {
  private since = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.since < AT_ONCE) return;
    await setImmediate();
    this.since = performance.now();
  }
}
