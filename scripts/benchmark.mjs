/**
 * `npm run benchmark [-- name]`: measures speed as ratios, each beside what it is compared with in one run. Not part of the tests:
 * a machine that others use would make them fail for nothing.
 */
import { spawnSync } from 'node:child_process';
import { build, program, ROOT } from './building.mjs';

await build();
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    program('jest'),
    // Before the options: --testMatch takes all that follows it.
    ...process.argv.slice(2),
    '--runInBand',
    '--forceExit',
    '--testMatch=**/tests/benchmark/**/*.bench.ts',
  ],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
