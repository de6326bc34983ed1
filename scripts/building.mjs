import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { overBudget } from './budgets.mjs';

/** How the product is built, and whether what is in `dist/` is the build of the sources as they are. */

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SPEC = /\.spec\.tsx?$/;
const ASSET = /\.(?:csv|json|txt|zip)$/;
const LOCK = join(ROOT, '.tmp', 'build.lock');

/** The program of a package that is installed here, run by the same Node.js; no `npx`, no shell. */
export function program(name, bin = name) {
  const path = join(ROOT, 'node_modules', name, 'package.json');
  if (!existsSync(path)) throw new Error(`The package ${name} is not installed: run npm install (or npm ci) first.`);
  const { bin: bins } = createRequire(import.meta.url)(path);
  return join(dirname(path), typeof bins === 'string' ? bins : bins[bin]);
}

/** Runs a command in the foreground; `true` when it succeeded. */
export function run(args) {
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

const parts = {
  server: {
    sources: ['server', 'migrations', 'tsconfig.json', 'package-lock.json'],
    present: () => true,
    build() {
      if (!run([program('typescript', 'tsc'), '-p', '.'])) return false;
      copyAssets();
      removeOrphans();
      return true;
    },
  },
  client: {
    sources: ['client', 'server/contract', 'scripts/budgets.mjs', 'package-lock.json'],
    present: () => existsSync(join(ROOT, 'client', 'vite.config.ts')),
    build: () =>
      run([program('vite'), 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn']) && isWithinBudget(),
  },
};

/**
 * Builds the named parts that are not built or whose sources changed since; changed or not if `force`.
 * Two commands that come at once build one after the other, and the second finds the work done.
 *
 * @throws Error when the compiler or the bundler refuses
 */
export async function build({ force = false, names = Object.keys(parts) } = {}) {
  const release = await lock();
  try {
    for (const name of names) {
      const part = parts[name];
      if (!part.present()) continue;
      const stamp = join(ROOT, 'dist', `.${name}-built-from`);
      const state = fingerprint(part.sources);
      if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) continue;
      process.stderr.write(`Building the ${name}\n`);
      rmSync(stamp, { force: true });
      if (!part.build()) throw new Error(`The ${name} could not be built.`);
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, state);
    }
  } finally {
    release();
  }
}

/** Says what the built client has too much of. */
function isWithinBudget() {
  const problems = overBudget(join(ROOT, 'dist', 'client'));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length === 0;
}

/** Files beside the server's code that it reads while it runs; the compiler leaves them behind. */
export function copyAssets() {
  for (const file of files('server').filter((path) => ASSET.test(path))) {
    cpSync(join(ROOT, file), join(ROOT, 'dist', file), { preserveTimestamps: true });
  }
}

/** A file that was removed or renamed must not live on in the build. */
function removeOrphans() {
  for (const folder of ['server', 'migrations']) {
    for (const file of files(join('dist', folder))) {
      const source = relative('dist', file);
      const typed = source.replace(/\.js(?:\.map)?$/, '.ts');
      if (!existsSync(join(ROOT, source)) && !existsSync(join(ROOT, typed))) rmSync(join(ROOT, file), { force: true });
    }
  }
}

/** Paths below a folder or the file itself, relative to the root, sorted. */
export function files(path) {
  const absolute = join(ROOT, path);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [path];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** Names, sizes and times: a removed file changes it too, which the newest time alone would not show. */
function fingerprint(sources) {
  const hash = createHash('sha256').update(process.version.split('.')[0]);
  for (const file of sources.flatMap(files).filter((path) => !SPEC.test(path))) {
    const { size, mtimeMs } = statSync(join(ROOT, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

async function lock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return () => rmSync(LOCK, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!builderLives()) rmSync(LOCK, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function builderLives() {
  try {
    return process.kill(Number(readFileSync(LOCK, 'utf8')) || process.pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
