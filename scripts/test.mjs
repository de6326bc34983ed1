/**
 * `npm test [-- arguments for Jest]`: builds what is stale, runs Jest, and ends with one line `N passed, N failed`.
 * Without arguments it also fails when a spec file on disk did not run, or a test was skipped.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, files, program, ROOT } from './building.mjs';

const FOLDERS = ['server', 'client', 'tests'];
/** What wants the machine to itself: screens that are timed, hostile files, requests that race each other. */
const ALONE = ['tests/browser/criteria-speed', 'tests/reliability/.*races', 'server/imports/reading/hostile'];
const ignored = (path) => `--testPathIgnorePatterns=${path}`;

/** Runs the tests and prints everything but the last line. */
export async function runTests(args = []) {
  try {
    // Chosen tests need the client's build only when they open a browser.
    const browser = args.length === 0 || args.some((argument) => argument.includes('browser'));
    await build({ names: browser ? ['server', 'client'] : ['server'] });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return { passed: 0, failed: 1 };
  }
  const runs =
    args.length > 0
      ? [args]
      : [
          [...ALONE, '--maxWorkers=1'],
          [...ALONE.map(ignored), `--maxWorkers=${workers()}`],
        ];
  const results = runs.map(runJest);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  return {
    passed: results.reduce((sum, result) => sum + result.passed, 0),
    failed: failed + (args.length === 0 ? whatDidNotRun(results) : 0),
  };
}

/** As many as there are cores, and two even on one: a test waits on its database or its browser half of the time. Each may take 2 GB with them. */
const workers = () => Math.max(2, Math.min(availableParallelism(), Math.floor(totalmem() / 2 ** 31)));

/** One run of Jest: what passed and failed, the files that ran, and how many tests were left out. */
function runJest(args) {
  const output = join(ROOT, '.tmp', `jest-${process.pid}.json`);
  mkdirSync(join(ROOT, '.tmp'), { recursive: true });
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = [program('jest'), '--forceExit', '--json', `--outputFile=${output}`, ...args];
  const { status } = spawnSync(process.execPath, [...node, ...jest], {
    cwd: ROOT,
    // Jest repeats its JSON on standard output; what people read goes to standard error.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let results;
  try {
    results = JSON.parse(readFileSync(output, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, ran: [], skipped: 0 };
  } finally {
    rmSync(output, { force: true });
  }
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return {
    passed: results.numPassedTests,
    // A failure outside a test, such as in the global teardown.
    failed: status !== 0 && failed === 0 ? 1 : failed,
    ran: results.testResults.map(({ name }) => relative(ROOT, name)),
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

/** A test that is left out proves nothing: each is named and counts as failed. */
function whatDidNotRun(results) {
  const ran = new Set(results.flatMap((result) => result.ran));
  const forgotten = FOLDERS.flatMap(files).filter((file) => /\.spec\.tsx?$/.test(file) && !ran.has(file));
  for (const file of forgotten) process.stderr.write(`Did not run: ${file}\n`);
  const skipped = results.reduce((sum, result) => sum + result.skipped, 0);
  if (skipped > 0) process.stderr.write(`Skipped tests: ${skipped}\n`);
  return forgotten.length + skipped;
}

/** The last line of `npm test` and of CI. */
export function finish({ passed, failed }) {
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) finish(await runTests(process.argv.slice(2)));
