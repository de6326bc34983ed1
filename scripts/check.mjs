/**
 * `npm run check`: what CI does. Every step runs, so that one run shows everything that is wrong; a step that fails
 * counts as one failure in the last line, `N passed, N failed`.
 */
import { program, run } from './building.mjs';
import { finish, runTests } from './test.mjs';

const tsc = program('typescript', 'tsc');
const steps = {
  format: [[program('prettier'), '--check', '.']],
  lint: [[program('eslint'), '.']],
  types: [
    [tsc, '-p', '.', '--noEmit'],
    [tsc, '-p', 'client'],
    [tsc, '-p', 'tests'],
  ],
};

let failures = 0;
for (const [name, commands] of Object.entries(steps)) {
  process.stderr.write(`Checking: ${name}\n`);
  for (const command of commands) {
    if (run(command)) continue;
    process.stderr.write(`FAILED: ${name}\n`);
    failures += 1;
  }
}
const { passed, failed } = await runTests();
finish({ passed, failed: failed + failures });
