/**
 * `npm run dev`: the compiler watches the server and each clean compilation restarts it; Vite serves the client and
 * passes /api on; the database lives in this process for the whole session, so that restarts are quick.
 *
 * The server is restarted by the compiler's own word ("Found 0 errors"), not by watching dist/: a watcher on files that
 * are being written missed one change in three.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { build, copyAssets, program, ROOT } from './building.mjs';

const STOP_MS = 15_000;
const say = (text) => process.stderr.write(`[dev] ${text}\n`);
const load = (path) => import(pathToFileURL(join(ROOT, 'dist', 'server', path)).href);

process.chdir(ROOT);
let database = null;
let vite = null;
let server = null;
let stopping = false;
/** Restarts follow one another; two compilations in quick succession never give two servers. */
let queue = Promise.resolve();

/** The compiler's first word is about the build that just ran; only its later ones are news. */
let compiled = false;

try {
  await build();
  compiled = true;
  queue = queue.then(restart).catch((error) => say(error.message));
} catch (error) {
  say(`${error.message} Starting as soon as the errors are gone.`);
}
const compiler = watchCompiler();
process.on('exit', () => server?.kill('SIGKILL'));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0));

function watchCompiler() {
  const args = [program('typescript', 'tsc'), '-p', '.', '--watch', '--preserveWatchOutput', '--pretty', 'false'];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (/error TS\d+/.test(line)) process.stderr.write(`${line}\n`);
    const found = /Found (\d+) errors?\./.exec(line);
    if (!found) return;
    const known = compiled;
    compiled = false;
    if (found[1] !== '0') say(`${found[1]} errors; the server stays as it was`);
    else if (!known) queue = queue.then(restart).catch((error) => say(error.message));
  });
  child.once('exit', () => void (stopping || stop(1)));
  return child;
}

async function restart() {
  if (stopping) return;
  copyAssets();
  const environment = await databaseEnvironment();
  await stopServer();
  if (stopping) return;
  say('starting the server');
  const child = spawn(process.execPath, ['--enable-source-maps', join('dist', 'server', 'main.js')], {
    cwd: ROOT,
    // Out of the terminal's group: Ctrl-C comes to it once, from us, and not as a second signal that means "at once".
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PUBLIC_URL: 'http://localhost:5173', ...process.env, ...environment },
  });
  server = child;
  child.once('exit', (code) => {
    if (server !== child) return;
    server = null;
    if (!stopping) say(`the server ended with code ${code}; the next change starts it again`);
  });
  vite ??= await startVite();
}

/** Empty with a database of one's own; else the embedded one, started once. */
async function databaseEnvironment() {
  const { loadEnvironmentFile, readConfig } = await load('config.js');
  loadEnvironmentFile();
  const config = readConfig(process.env);
  if (config.database) return {};
  if (!database) {
    const { startEmbeddedPostgres } = await load('database/embedded-postgres.js');
    database = await startEmbeddedPostgres({ dataDir: config.dataDir, log: say });
  }
  const example = process.env.EXAMPLE_DATA || (database.created ? 'on' : 'off');
  return { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, EXAMPLE_DATA: example };
}

async function startVite() {
  const configFile = join(ROOT, 'client', 'vite.config.ts');
  if (!existsSync(configFile)) return null;
  const { createServer } = await import('vite');
  const target = `http://127.0.0.1:${process.env.PORT || 3000}`;
  const proxy = { '/api': target, '/health': target, '/prometheus': target };
  const created = await createServer({ configFile, server: { port: 5173, proxy } });
  await created.listen();
  created.printUrls();
  return created;
}

async function stopServer() {
  const child = server;
  server = null;
  if (!child || child.exitCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(timer);
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  compiler.kill();
  await queue;
  await vite?.close();
  await stopServer();
  await database?.stop();
  process.exit(code);
}
