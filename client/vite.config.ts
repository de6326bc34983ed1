import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const origin = process.env['API_ORIGIN'] ?? 'http://127.0.0.1:3000';
const proxy = Object.fromEntries(['/api', '/health'].map((path) => [path, { target: origin, changeOrigin: false }]));

/** What recharts brings along; only pages that draw load it. */
const CHARTS =
  'recharts|victory-vendor|d3-[a-z-]+|internmap|@reduxjs|redux|redux-thunk|react-redux|reselect|immer|es-toolkit|eventemitter3|decimal\\.js-light|tiny-invariant';

/** From how many entries something has to be reached to stand with what all pages share: of fewer, it comes when it is asked for. */
const SHARED = 3;

const ENTRY = join(import.meta.dirname, 'main.tsx');

/** `start` for what the entry needs before anything is shown: without a chunk of its own it would stand among what all pages share. */
const startOf = (id: string, graph: { getModuleInfo(id: string): { importedIds: string[] } | null }): string | null => {
  const needed = new Set([ENTRY]);
  for (const each of needed) graph.getModuleInfo(each)?.importedIds.forEach((next) => needed.add(next));
  return id !== ENTRY && needed.has(id) ? 'start' : null;
};

/**
 * Chunks of their own, so that a change of a page leaves them in the browser's cache. Signing in needs the first alone.
 * What the charts share with other parts must stand in an earlier group, or the charts would come with it. Limits: scripts/budgets.mjs.
 */
const GROUPS = [
  {
    name: 'framework',
    test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store|clsx|@tanstack)[\\/]/,
  },
  { name: 'schema', test: /node_modules[\\/]zod[\\/]/ },
  { name: 'charts', test: new RegExp(`node_modules[\\\\/](${CHARTS})[\\\\/]`) },
  { name: startOf, debugName: 'start' },
  // What several pages use comes in few files: as one file a module, a page asked for fifty, and spent its time on asking.
  { name: 'controls', test: /node_modules[\\/]react-aria[\\/]/, minShareCount: SHARED },
  { name: 'libraries', test: /node_modules[\\/]/, minShareCount: SHARED },
  { name: 'common', minShareCount: SHARED },
];

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  server: { proxy },
  preview: { proxy },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // No data: addresses for small files: the content policy would have to allow them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What loads what, for the budgets.
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: GROUPS,
        },
      },
    },
  },
});
