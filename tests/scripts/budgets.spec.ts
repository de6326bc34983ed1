import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

type OverBudget = (folder: string) => string[];
const budgets = pathToFileURL(resolve('scripts/budgets.mjs')).href;
const { overBudget } = (await import(budgets)) as { overBudget: OverBudget };

interface Chunk {
  file: string;
  name?: string;
  imports?: string[];
  css?: string[];
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'budgets-'));
  mkdirSync(join(folder, '.vite'));
  mkdirSync(join(folder, 'assets'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A built client of these chunks; random bytes do not shrink, so a chunk of n kB has n kB after gzip too. */
const built = (chunks: Record<string, Chunk & { kB: number }>): void => {
  for (const { file, kB } of Object.values(chunks)) writeFileSync(join(folder, file), randomBytes(kB * 1000));
  writeFileSync(join(folder, '.vite', 'manifest.json'), JSON.stringify(chunks));
};

const FINE = {
  'index.html': { file: 'assets/index.js', name: 'index', imports: ['_framework.js'], kB: 5 },
  '_framework.js': { file: 'assets/framework.js', name: 'framework', kB: 110 },
  '_charts.js': { file: 'assets/charts.js', name: 'charts', imports: ['_framework.js'], kB: 120 },
  'app/frame.tsx': { file: 'assets/frame.js', name: 'frame', imports: ['_framework.js'], kB: 40 },
  'pages/a.tsx': { file: 'assets/a.js', name: 'a', imports: ['_charts.js'], kB: 50 },
  'style.css': { file: 'assets/a.css', kB: 30 },
};

describe('The budgets of the build', () => {
  test('are kept by a client that is small enough', () => {
    built(FINE);
    expect(overBudget(folder)).toEqual([]);
  });

  test('name a page that is too large, its size and its limit', () => {
    built({ ...FINE, 'pages/a.tsx': { ...FINE['pages/a.tsx'], kB: 70 } });
    expect(overBudget(folder)).toEqual(['The chunk a.js has 70.0 kB after gzip; at most 60.0 kB may be.']);
  });

  test('count what the sign-in page loads before it runs and after', () => {
    built({ ...FINE, 'features/example/sign-ins.tsx': { file: 'assets/who.js', name: 'who', kB: 20 } });
    expect(overBudget(folder)).toEqual([
      expect.stringMatching(
        /^The JavaScript of the sign-in page \(index\.js, framework\.js, who\.js\) has 135\.\d kB after gzip; at most 130\.0 kB may be\.$/,
      ),
    ]);
  });

  test('keep the charts away from those who see none, also by a detour', () => {
    const detour = { file: 'assets/shared.js', name: 'shared', imports: ['_charts.js'], kB: 1 };
    built({ ...FINE, '_shared.js': detour, 'app/frame.tsx': { ...FINE['app/frame.tsx'], imports: ['_shared.js'] } });
    expect(overBudget(folder)).toEqual([
      'The charts are loaded with app/frame.tsx; only pages that draw may load them.',
    ]);
  });

  test('hold the charts and the styles against limits of their own', () => {
    built({ ...FINE, '_charts.js': { ...FINE['_charts.js'], kB: 140 }, 'style.css': { file: 'assets/a.css', kB: 41 } });
    expect(overBudget(folder)).toEqual([
      expect.stringContaining('The chunk charts.js has 140'),
      expect.stringContaining('The CSS of all pages has 41.0 kB'),
    ]);
  });
});
