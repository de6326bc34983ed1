import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The process that hosts the servers of this worker's test files (`server-host.mjs` says why): the first that asks starts it, the end of the run ends it. */

const PROGRAM = fileURLToPath(new URL('server-host.mjs', import.meta.url));
const SECONDS_TO_START = 60;

/** Asked for once a test file: of several servers that it starts at once the first starts the host. */
let port: Promise<number> | undefined;

const nameOfHost = (): string => join(process.env['TEST_RUN']!, `host-${process.env['JEST_WORKER_ID'] ?? '1'}`);

/**
 * Asks it for something.
 *
 * @throws Error with what went wrong there
 */
export const askHost = async <Answer>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> => {
  const reply = await fetch(`http://127.0.0.1:${await (port ??= portOfHost())}${path}`, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer = (await reply.json()) as Answer & { error?: string };
  if (!reply.ok) throw new Error(`The host of the servers answers: ${answer.error}`);
  return answer;
};

const portOfHost = async (): Promise<number> => {
  const file = `${nameOfHost()}.json`;
  const running = readHost(file);
  if (running && isAlive(running.pid)) return running.port;
  rmSync(file, { force: true });
  const log = openSync(`${nameOfHost()}.log`, 'a');
  const child = spawn(process.execPath, [PROGRAM, file], { detached: true, stdio: ['ignore', log, log] });
  child.unref();
  for (let waited = 0; waited < SECONDS_TO_START * 50; waited += 1) {
    const host = readHost(file);
    if (host) return host.port;
    await wait(20);
  }
  throw new Error(`The host of the servers did not start:\n${readFileSync(`${nameOfHost()}.log`, 'utf8')}`);
};

const readHost = (file: string): { pid: number; port: number } | null =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { pid: number; port: number }) : null;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
