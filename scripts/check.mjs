/**
 * `npm run check`: what CI does. Every step runs, so that one run shows everything that is wrong; a step that fails
 * counts as one failure in the last line, `N passed, N failed`. Format, lint and types are looked at side by side.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { program, ROOT } from './building.mjs';
import { finish, runTests } from './test.mjs';

const half = (name) => [[join(ROOT, 'scripts', 'checked-half.mjs'), name]];
const steps = {
  'lint and types of the client': half('client'),
  // The build compiles what is left of the server without its tests.
  'lint and types of all else': half('server'),
  format: [[program('prettier'), '--check', '.']],
};

/** Runs a command; its output comes as one piece when it has ended. `true` when it succeeded. */
const said = (command) =>
  new Promise((done) => {
    const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => output.push(part));
    child.on('close', (status) => {
      process.stderr.write(Buffer.concat(output));
      done(status === 0);
    });
  });

/** Failures of a step. */
const checked = async ([name, commands]) => {
  let failures = 0;
  for (const command of commands) if (!(await said(command))) failures += 1;
  process.stderr.write(`${failures === 0 ? 'Checked' : 'FAILED'}: ${name}\n`);
  return failures;
};

const failures = (await Promise.all(Object.entries(steps).map(checked))).reduce((sum, each) => sum + each, 0);
const { passed, failed } = await runTests();
finish({ passed, failed: failed + failures });
