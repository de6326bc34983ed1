import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Loaded into the product ahead of it: at each SIGUSR2 it prints how late the event loop was since the last one, in milliseconds. */

/** Between two looks at the clock: the least that a delay is told as. */
const RESOLUTION = 10;

if (isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  process.on('SIGUSR2', () => {
    const told = { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
    process.stdout.write(`loop-delay ${JSON.stringify(told)}\n`);
    delay.reset();
  });
}
