import { expect } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { browserProgram } from './browser-program.js';
import type { Api, Person } from './harness.js';

/** One browser a test file; `close` it at the end. */
export const launchBrowser = async (): Promise<Browser> => {
  const { executablePath, env } = await browserProgram();
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    env,
    headless: true,
    args: ['--disable-dev-shm-usage', '--disable-background-networking', ...(isRoot ? ['--no-sandbox'] : [])],
  });
};

export interface View {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
  forcedColors?: 'active' | 'none';
  /** Of the browser; the numbers of the product follow it. */
  locale?: string;
  /** 2 is what a person sees who zooms to 200 %: half the CSS pixels, each twice as large. */
  zoom?: number;
  /** Lines of the log of problems that a test brings about on purpose. */
  expected?: readonly RegExp[];
}

/** A page of one person, and all that went wrong on it. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Errors and warnings of the console, exceptions, failed requests, refusals of the server. */
  problems(): string[];
  close(): Promise<void>;
}

export const openPage = async (browser: Browser, api: Api, person: Person, view: View = {}): Promise<Visit> => {
  const { width = 1440, height = 900, zoom = 1 } = view;
  const context = await browser.newContext({
    baseURL: api.origin,
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    colorScheme: view.colorScheme ?? 'light',
    reducedMotion: view.reducedMotion ?? 'no-preference',
    forcedColors: view.forcedColors ?? 'none',
    locale: view.locale ?? 'en-GB',
    timezoneId: 'UTC',
    acceptDownloads: true,
  });
  // Long enough for a machine that does much else at once: a failure takes longer, an honest test does not fail.
  context.setDefaultTimeout(20_000);
  if (person !== 'anonymous') await context.addCookies([await sessionOf(api, person)]);
  await delayAnswers(context);
  const page = await context.newPage();
  await slowDown(page);
  const seen = watch(page);
  const isExpected = (line: string) => (view.expected ?? []).some((pattern) => pattern.test(line));
  return {
    page,
    context,
    problems: () => seen.filter((line) => !isExpected(line)),
    close: () => context.close(),
  };
};

/** Runs a task on a page of its own; nothing may have gone wrong on it but what `view.expected` names. */
export const visit = async <T>(
  browser: Browser,
  api: Api,
  person: Person,
  view: View,
  task: (page: Page, visit: Visit) => Promise<T>,
): Promise<T> => {
  const opened = await openPage(browser, api, person, view);
  try {
    const result = await task(opened.page, opened);
    expect(opened.problems()).toEqual([]);
    return result;
  } finally {
    await opened.close();
  }
};

/** `SLOW_BROWSER=6` makes the browser six times slower, to meet at one's desk what a loaded machine meets. */
const slowDown = async (page: Page): Promise<void> => {
  const rate = Number(process.env['SLOW_BROWSER'] ?? 1);
  if (rate <= 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
};

/** `SLOW_ANSWERS=300` makes each answer up to so many milliseconds later, in no order: it finds tests that read too early. */
const delayAnswers = async (context: BrowserContext): Promise<void> => {
  const longest = Number(process.env['SLOW_ANSWERS'] ?? 0);
  if (longest <= 0) return;
  await context.route('**/*', async (route) => {
    await new Promise((done) => setTimeout(done, Math.random() * longest));
    // A page that is closed meanwhile waits for nothing any more.
    await route.continue().catch(() => undefined);
  });
};

const watch = (page: Page): string[] => {
  const seen: string[] = [];
  page.on('console', (message) => {
    if (!['error', 'warning', 'assert'].includes(message.type())) return;
    seen.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => seen.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => {
    // What the page itself calls off has not failed: by leaving, by closing a panel, by handing a download over.
    const reason = request.failure()?.errorText ?? '';
    const isLeft = reason === 'net::ERR_ABORTED';
    if (!isLeft) seen.push(`failed: ${request.method()} ${request.url()} ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) seen.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
  });
  return seen;
};

/** Signed in over HTTP, once a person: the page for it has tests of its own. */
const sessionOf = async (api: Api, person: Person): Promise<{ name: string; value: string; url: string }> => {
  const [name = '', value = ''] = (await api.cookieOf(person)).split('=');
  return { name, value, url: api.origin };
};

/** Waits until a page inside the frame is all there: its question, and no skeleton and no refetch. */
export const settled = async (page: Page): Promise<void> => {
  await page.locator('#content h1').waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector('.skeleton, [role="status"] .skeleton-row, [aria-busy="true"], [data-turning]') === null,
  );
};

/** Opens an address and waits until all of it is there. */
export const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(path);
  await settled(page);
};
