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
  const context = await lentContext(browser, api, view);
  const page = await context.newPage();
  await cleared(page, api.origin);
  if (person !== 'anonymous') await context.addCookies([await sessionOf(api, person)]);
  await shown(page, view);
  await slowDown(page);
  const seen = watch(page);
  const isExpected = (line: string) => (view.expected ?? []).some((pattern) => pattern.test(line));
  return {
    page,
    context,
    problems: () => seen.filter((line) => !isExpected(line)),
    close: () => giveBack(context, page),
  };
};

const sizeOf = ({ width = 1440, height = 900, zoom = 1 }: View) => ({
  width: Math.round(width / zoom),
  height: Math.round(height / zoom),
});

/** What a page can be told after its context is made. */
const shown = async (page: Page, view: View): Promise<void> => {
  await page.setViewportSize(sizeOf(view));
  await page.emulateMedia({
    colorScheme: view.colorScheme ?? 'light',
    reducedMotion: view.reducedMotion ?? 'no-preference',
    forcedColors: view.forcedColors ?? 'none',
  });
};

/**
 * Contexts that nobody uses, by product, locale and zoom: scripts that one visit has fetched and compiled are there for the next. What a visit
 * stored is gone when it is given back; one in which anything else was changed is closed.
 */
const idle = new Map<string, BrowserContext[]>();
const keys = new WeakMap<BrowserContext, string>();

const lentContext = async (browser: Browser, api: Api, view: View): Promise<BrowserContext> => {
  const { locale = 'en-GB', zoom = 1 } = view;
  const key = `${api.origin} ${locale} ${zoom}`;
  const found = idle.get(key)?.pop();
  if (found && found.browser() === browser) return found;
  const context = await browser.newContext({
    baseURL: api.origin,
    viewport: sizeOf(view),
    deviceScaleFactor: zoom,
    locale,
    timezoneId: 'UTC',
    acceptDownloads: true,
  });
  // Long enough for a machine that does much else at once: a failure takes longer, an honest test does not fail.
  context.setDefaultTimeout(20_000);
  keys.set(context, key);
  return context;
};

const STORED = 'local_storage,indexeddb,service_workers,cache_storage,file_systems';

const giveBack = async (context: BrowserContext, page: Page): Promise<void> => {
  const [own, ...others] = context.pages();
  const key = keys.get(context);
  if (key === undefined || own !== page || others.length > 0) return context.close();
  // Without asking a page that would not be left: what it kept is cleared before the next visit.
  await page.close();
  await Promise.all([context.clearCookies(), context.clearPermissions(), context.setOffline(false)]);
  idle.set(key, [...(idle.get(key) ?? []), context]);
};

/** Takes away what visits before stored in the context. */
const cleared = async (page: Page, origin: string): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: STORED });
  await session.detach();
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
