import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** How much the browser may be made to load, in bytes after gzip. The build fails where a limit is passed. */
export const LIMITS = { signIn: 130_000, page: 60_000, charts: 130_000, styles: 40_000 };

const ENTRY = 'index.html';
/** What the sign-in page asks for once it is there, beside the entry and what that imports. */
const SIGN_IN = ['features/example/sign-ins.tsx'];
const FRAME = 'app/frame.tsx';

/**
 * Holds a built client against the limits, by the manifest that Vite leaves beside it.
 *
 * @param folder the built client
 * @returns a sentence for each limit that is passed; empty when all is well
 * @throws Error when there is no manifest
 */
export function overBudget(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
  const size = (file) => gzipSync(readFileSync(join(folder, file))).length;
  const scripts = new Map(Object.values(manifest).map((chunk) => [chunk.file, chunk]));
  const problems = [];
  const hold = (what, bytes, limit) => {
    if (bytes > limit) problems.push(`${what} has ${kilobytes(bytes)} after gzip; at most ${kilobytes(limit)} may be.`);
  };

  const atSignIn = reached(manifest, [ENTRY, ...SIGN_IN.filter((name) => manifest[name])]);
  const files = [...new Set(atSignIn.map((name) => manifest[name].file))];
  const loaded = files.reduce((sum, file) => sum + size(file), 0);
  hold(`The JavaScript of the sign-in page (${files.map(short).join(', ')})`, loaded, LIMITS.signIn);

  for (const start of [ENTRY, FRAME].filter((name) => manifest[name]))
    if (reached(manifest, [start]).some((name) => isCharts(manifest[name])))
      problems.push(`The charts are loaded with ${start}; only pages that draw may load them.`);

  for (const [file, chunk] of scripts) {
    if (!file.endsWith('.js') || chunk.name === 'framework') continue;
    hold(`The chunk ${short(file)}`, size(file), isCharts(chunk) ? LIMITS.charts : LIMITS.page);
  }

  const styles = new Set(Object.values(manifest).flatMap(({ file, css = [] }) => [file, ...css]));
  const sheets = [...styles].filter((file) => file.endsWith('.css'));
  hold(
    'The CSS of all pages',
    sheets.map(size).reduce((sum, bytes) => sum + bytes, 0),
    LIMITS.styles,
  );
  return problems;
}

const isCharts = ({ name }) => name === 'charts';

/** The chunks that these load before they run. */
function reached(manifest, names) {
  const found = new Set();
  const walk = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const next of manifest[name].imports ?? []) walk(next);
  };
  for (const name of names) walk(name);
  return [...found];
}

const short = (file) => file.replace(/^assets\//, '');
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
