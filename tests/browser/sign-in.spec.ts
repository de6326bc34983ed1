import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, settled, visit } from '../support/browser.js';
import { emailOf, PASSWORD, startApi, type Api } from '../support/harness.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

/** Who is not signed in is told so by the server; the browser logs each refusal. */
const REFUSED = [/401/, /429/];

const fill = async (page: Page, email: string, password: string): Promise<void> => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

describe('Signing in', () => {
  test('leads back to the page that asked for it, with its period', async () => {
    await visit(browser, api, 'anonymous', { expected: REFUSED }, async (page) => {
      await page.goto('/export?period=2025-Q2');
      await page.waitForURL('**/sign-in?return=**');
      expect(await page.title()).toContain('Throughline');
      await fill(page, emailOf('cio'), PASSWORD);
      await page.waitForURL('**/export?period=2025-Q2');
      await settled(page);
      expect(await page.locator('h1').textContent()).toBe('How do I get the data out?');
      expect(await page.getByRole('combobox', { name: 'Period' }).inputValue()).toBe('2025-Q2');
    });
  });

  test('leads to the overview where no page asked for it, and to no other site', async () => {
    for (const address of ['/sign-in', '/sign-in?return=//evil.example/', '/sign-in?return=https://evil.example/'])
      await visit(browser, api, 'anonymous', {}, async (page) => {
        await page.goto(address);
        await fill(page, emailOf('cio'), PASSWORD);
        await page.waitForURL(`${api.origin}/`);
        await settled(page);
      });
  });

  test('asks the server for nothing that it would refuse while nobody is signed in', async () => {
    await visit(browser, api, 'anonymous', {}, async (page) => {
      await page.goto('/sign-in');
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('email');
    });
  });

  test('says which field is empty, and does not ask the server', async () => {
    await visit(browser, api, 'anonymous', {}, async (page) => {
      await page.goto('/sign-in');
      await page.getByRole('button', { name: 'Sign in' }).click();
      const summary = page.getByRole('alert');
      expect(await summary.textContent()).toContain('Enter your e-mail.');
      expect(await summary.textContent()).toContain('Enter your password.');
      expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
      await summary.getByText('Enter your password.').click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('password');
    });
  });

  test('with a wrong password is refused by a sentence that does not say which of the two was wrong', async () => {
    await visit(browser, api, 'anonymous', { expected: REFUSED }, async (page) => {
      await page.goto('/sign-in');
      await fill(page, emailOf('cio'), 'not the password');
      const known = await page.getByRole('alert').textContent();
      await page.reload();
      await fill(page, 'nobody.at.all@tests.example', 'not the password');
      expect(await page.getByRole('alert').textContent()).toBe(known);
      expect(known).toMatch(/e-mail.*password.*\.$/i);
      expect(new URL(page.url()).pathname).toBe('/sign-in');
    });
  });

  test('after too many wrong passwords says how long to wait, and counts down', async () => {
    await visit(browser, api, 'anonymous', { expected: REFUSED }, async (page) => {
      await page.goto('/sign-in');
      const wait = page.getByText('You can try again in');
      for (let tries = 0; tries < 12 && !(await wait.isVisible()); tries += 1) {
        const answered = page.waitForResponse((reply) => reply.url().endsWith('/api/v1/session'));
        await fill(page, emailOf('pm-core'), `wrong ${tries}`);
        await answered;
        await page.getByRole('alert').waitFor();
        await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      }
      expect(await wait.textContent()).toMatch(/^You can try again in (\d+ min )?\d+ s\.$/);
      const first = await wait.textContent();
      await page.waitForFunction((text) => !document.body.textContent.includes(text!), first, { timeout: 5_000 });
    });
  });

  test('ends with signing out: the pages ask for it again', async () => {
    await visit(browser, api, 'anonymous', { expected: REFUSED }, async (page) => {
      await page.goto('/sign-in');
      await fill(page, emailOf('finance'), PASSWORD);
      await page.waitForURL(`${api.origin}/`);
      await settled(page);
      await page.locator('.bar-end button').last().click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.waitForURL('**/sign-in**');
      await page.goto('/export');
      await page.waitForURL('**/sign-in?return=**');
    });
  });
});

describe('The sign-in page', () => {
  test('loads at most 130 kB of scripts, compressed', async () => {
    await visit(browser, api, 'anonymous', {}, async (page) => {
      const scripts: Promise<Buffer>[] = [];
      page.on('response', (response) => {
        if (response.request().resourceType() === 'script') scripts.push(response.body());
      });
      await page.goto('/sign-in');
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.waitForLoadState('networkidle');
      const sizes = (await Promise.all(scripts)).map((body) => gzipSync(body).length);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(sizes.length).toBeGreaterThan(1);
      expect(total).toBeLessThanOrEqual(130_000);
    });
  });

  test('keeps to what its content policy allows', async () => {
    await visit(browser, api, 'anonymous', {}, async (page) => {
      const response = await page.goto('/sign-in');
      expect(response?.headers()['content-security-policy']).toContain("script-src 'self'");
      expect(response?.headers()['content-security-policy']).not.toContain('unsafe-eval');
    });
  });
});
