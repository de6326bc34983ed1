/**
 * `npm start`: builds what is not built or older than its sources, then runs the server in this process, so that
 * signals reach it without a messenger.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, ROOT } from './building.mjs';

process.chdir(ROOT);
const main = join(ROOT, 'dist', 'server', 'main.js');
try {
  // An image ships the build without the sources.
  if (existsSync(join(ROOT, 'server', 'main.ts'))) await build();
  if (!existsSync(main)) throw new Error('There is no build in dist/ and no source to build it from.');
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
await import(pathToFileURL(main).href);
