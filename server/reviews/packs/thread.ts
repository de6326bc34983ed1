import { Worker } from 'node:worker_threads';
import { Problem } from '../../http/problem.js';
import type { MadeKind, MadePack } from './pack.js';
import type { Delivered, Ordered } from './worker.js';

/** Runs the making of a pack in a thread of its own, within bounds of time and memory. */

export interface Bounds {
  readonly milliseconds: number;
  readonly megabytes: number;
}
/** A pack of forty pages takes a few seconds; what takes ten times as long will not come. */
export const BOUNDS: Bounds = { milliseconds: 120_000, megabytes: 1024 };

/** Threads run built files: beside this one where it is built itself, else (in tests) in `dist`. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts')
    ? import.meta.url.replace(/server\/reviews\/packs\/thread\.ts$/, 'dist/server/reviews/packs/worker.js')
    : './worker.js',
  import.meta.url,
);

const NAMES: Readonly<Record<MadeKind, string>> = {
  pdf: 'PDF',
  pptx: 'presentation',
  xlsx: 'workbook',
  md: 'Markdown',
  html: 'print page',
};

/** @param why as a sentence goes on: `failed at section “Benefits”` */
export const notMade = (kind: MadeKind, why: string): Problem =>
  new Problem(
    500,
    'internal',
    `The ${NAMES[kind]} of this review ${why}. The review itself is as it was; try again, or take another kind of pack.`,
  );

/**
 * Makes one pack.
 * @param onFailure is told what the log should know of a failure
 * @throws Problem 500 that names the pack, and the section where it failed
 */
export const makeInThread = (
  order: Ordered,
  onFailure: (message: string) => void,
  { milliseconds, megabytes }: Bounds = BOUNDS,
): Promise<MadePack> =>
  new Promise((done, fail) => {
    const worker = new Worker(WORKER, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
      execArgv: [],
    });
    let isOver = false;
    const refuse = (why: string, message: string): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      onFailure(message);
      fail(notMade(order.kind, why));
    };
    const timer = setTimeout(() => {
      refuse(`was not ready after ${milliseconds / 1000} seconds`, 'time limit');
      void worker.terminate();
    }, milliseconds);
    worker.once('message', (delivered: Delivered) => {
      if (!delivered.isMade)
        return refuse(delivered.part === null ? 'could not be made' : `failed at ${delivered.part}`, delivered.message);
      isOver = true;
      clearTimeout(timer);
      done({ bytes: delivered.bytes, note: delivered.note, problem: delivered.problem });
    });
    worker.once('error', (error: NodeJS.ErrnoException) =>
      refuse(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'needs more memory than a pack may take' : 'could not be made',
        error.stack ?? error.message,
      ),
    );
    worker.once('exit', () => refuse('could not be made', 'the thread ended without an answer'));
  });
