import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const origin = process.env['API_ORIGIN'] ?? 'http://127.0.0.1:3000';
const proxy = Object.fromEntries(['/api', '/health'].map((path) => [path, { target: origin, changeOrigin: false }]));

/** What recharts brings along; only pages that draw load it. */
const CHARTS =
  'recharts|victory-vendor|d3-[a-z-]+|internmap|@reduxjs|redux|redux-thunk|react-redux|reselect|immer|es-toolkit|eventemitter3|decimal\\.js-light|tiny-invariant';

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
