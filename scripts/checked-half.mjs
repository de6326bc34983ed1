/**
 * `node scripts/checked-half.mjs client|server`: types and lint of one half of the sources. Both look at the same program of the compiler: apart, each
 * would read and check the whole half anew, which takes half a minute each time.
 */
import { ESLint } from 'eslint';
import ts from 'typescript';
import { join } from 'node:path';
import { ROOT } from './building.mjs';

/** `typed` are the files of which ESLint asks the compiler, as in `eslint.config.mjs`. */
const HALVES = {
  client: { config: 'client/tsconfig.json', typed: ['client/**/*.ts', 'client/**/*.tsx'], linted: ['client'] },
  /** All but the client. */
  server: {
    config: 'tests/tsconfig.json',
    typed: ['server/**/*.ts', 'migrations/**/*.ts', 'tests/**/*.ts'],
    linted: ['.'],
    ignorePatterns: ['client/**'],
  },
};
const half = HALVES[process.argv[2]];
if (half === undefined) throw new Error(`Say which half: ${Object.keys(HALVES).join(' or ')}.`);

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => fail(messageText) };
const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(join(ROOT, half.config), {}, host);
// ESLint goes from a node to its parents.
const program = ts.createProgram(fileNames, options, ts.createCompilerHost(options, true));
// Before ESLint asks it: what the compiler infers may hang on what it was asked first.
const problems = [...errors, ...ts.getPreEmitDiagnostics(program)];
const shown = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => ROOT, getNewLine: () => '\n' };
process.stderr.write(ts.formatDiagnostics(problems, shown));

const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: [
    { files: half.typed, languageOptions: { parserOptions: { project: null, programs: [program] } } },
    { ignores: half.ignorePatterns ?? [] },
  ],
});
const results = await eslint.lintFiles(half.linted);
const { format } = await eslint.loadFormatter('stylish');
process.stderr.write(await format(results));

if (problems.length > 0 || results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0))
  process.exitCode = 1;

function fail(message) {
  throw new Error(ts.flattenDiagnosticMessageText(message, '\n'));
}
