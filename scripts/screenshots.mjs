/* global document */
/**
 * `npm run screenshots`: takes the pictures of the documents from the product itself, on its example enterprise.
 * Needs a Chromium: of the system, or named by CHROMIUM_PATH.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, ROOT } from './building.mjs';
import { smallerPng } from './smaller-png.mjs';

const MOST_BYTES = 300_000;
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

await build();
const dataDir = mkdtempSync(join(tmpdir(), 'throughline-pictures-'));
const product = await startProduct(dataDir);
try {
  await takePictures(product.origin);
} finally {
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function takePictures(origin) {
  const executablePath = process.env.CHROMIUM_PATH ?? BROWSERS.find((path) => existsSync(path));
  if (!executablePath) throw new Error('There is no Chromium here: install one, or set CHROMIUM_PATH.');
  const args = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({
      baseURL: origin,
      viewport: { width: 1440, height: 900 },
      colorScheme: 'light',
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    await page.goto('/');
    await page.getByRole('button', { name: /^CIO/ }).click();
    await page.locator('#content h1').waitFor();
    await take(page, 'overview');
    await page.locator('main [data-num="spend"]').first().click();
    await page.getByText('How it is computed').waitFor();
    await take(page, 'trace');
    await page.goto('/chain');
    await page.locator('#content h1').waitFor();
    await take(page, 'chain');
  } finally {
    await browser.close();
  }
}

async function take(page, name) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy="true"]') === null);
  // No ring around what was pressed last, and nothing that still moves.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
  const path = join(ROOT, 'docs', `${name}.png`);
  const picture = smallerPng(await page.screenshot());
  if (picture.length > MOST_BYTES)
    throw new Error(`${path} would have ${picture.length} bytes: at most ${MOST_BYTES} go into the repository.`);
  writeFileSync(path, picture);
  process.stdout.write(`docs/${name}.png, ${Math.round(picture.length / 1000)} kB\n`);
}

/** The product as it is installed, in a process of its own on a free port. */
async function startProduct(home) {
  const port = await freePort();
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'server', 'main.js')], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME ?? home,
      PORT: String(port),
      DATA_DIR: home,
      EXAMPLE_DATA: 'on',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.on('exit', done));
  const ready = new Promise((done) => child.stdout.on('data', (part) => part.includes('ready at') && done(true)));
  if ((await Promise.race([ready, ended])) !== true) throw new Error('The product ended before it was ready.');
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
