import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { emailOf, PASSWORD } from './harness.js';

/** The product as `npm start` runs it, in a process of its own that can be killed. */
export interface Product {
  origin: string;
  process: ChildProcess;
  /** All that it has printed. */
  output(): string;
  /** Headers of the signed-in administrator. */
  signIn(): Promise<Record<string, string>>;
  /** Resolves when the process has ended, with its exit code or signal. */
  ended: Promise<number | NodeJS.Signals | null>;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });

/**
 * A free port below those that a system gives out itself (from 32768 on, elsewhere from 49152 on).
 * One of those may be given to the other worker's servers and connections in the seconds until the product listens.
 */
const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
};

/**
 * Starts the built product and waits until it is ready.
 *
 * @param env over a clean environment with the tests' administrator and without the example
 * @param meanwhile is handed the process before it is ready
 * @throws Error with what it printed when it ends before it is ready
 */
export const startProduct = async (
  env: Record<string, string>,
  waitMs = 60_000,
  meanwhile: (child: ChildProcess) => Promise<void> = () => Promise.resolve(),
): Promise<Product> => {
  const port = await freePort();
  const child = spawn(process.execPath, [join(process.cwd(), 'dist/server/main.js')], {
    env: {
      PATH: process.env['PATH']!,
      HOME: process.env['HOME'] ?? '/',
      PORT: String(port),
      ADMIN_EMAIL: emailOf('admin'),
      ADMIN_PASSWORD: PASSWORD,
      LOG_LEVEL: 'warn',
      EXAMPLE_DATA: 'off',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ended = new Promise<number | NodeJS.Signals | null>((done) =>
    child.on('exit', (code, signal) => done(code ?? signal)),
  );
  const ready = new Promise<boolean>((done) => {
    const take = (part: Buffer): void => {
      printed += part.toString('utf8');
      if (printed.includes('Throughline is ready at')) done(true);
    };
    child.stdout!.on('data', take);
    child.stderr!.on('data', take);
  });
  void meanwhile(child);
  const limit = AbortSignal.timeout(waitMs);
  const timedOut = new Promise<never>((_done, fail) =>
    limit.addEventListener('abort', () => fail(new Error(`not ready in ${waitMs} ms:\n${printed}`))),
  );
  const outcome = await Promise.race([ready, ended.then(() => false), timedOut]);
  if (!outcome) throw new Error(`the product ended before it was ready:\n${printed}`);
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    process: child,
    output: () => printed,
    ended,
    signIn: async () => {
      const reply = await fetch(`${origin}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: emailOf('admin'), password: PASSWORD }),
      });
      return { cookie: reply.headers.getSetCookie()[0]!.split(';')[0]! };
    },
  };
};
