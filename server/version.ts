import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Version of the product, as its package says: the package lies above the sources and above what is built of them. */
export const PRODUCT_VERSION = ((): string => {
  for (const above of ['../package.json', '../../package.json']) {
    const path = fileURLToPath(new URL(above, import.meta.url));
    if (existsSync(path)) return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
  }
  throw new Error('There is no package.json above the program.');
})();
