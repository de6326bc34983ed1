import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const origin = process.env['API_ORIGIN'] ?? 'http://127.0.0.1:3000';
const proxy = Object.fromEntries(['/api', '/health'].map((path) => [path, { target: origin, changeOrigin: false }]));

/** Chunks of their own, so that a change of a page leaves them in the browser's cache. Signing in needs the first alone. */
const GROUPS = [
  { name: 'framework', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/ },
  { name: 'schema', test: /node_modules[\\/]zod[\\/]/ },
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
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: GROUPS,
        },
      },
    },
  },
});
