/** `npm run build`: the server to dist/, the client to dist/client, whether or not they were built before. */
import { build } from './building.mjs';

try {
  await build({ force: true });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
