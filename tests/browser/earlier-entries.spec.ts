import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, visit } from '../support/browser.js';
import { newBenefit, save, stored } from '../support/entries.js';
import { openSheet } from '../support/entry-page.js';
import { startApi, type Api } from '../support/harness.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const MONTHS = 'from=2026-06&to=2026-10';

test('earlier entries are listed with their values; one is undone as a whole, one that was built upon is not', async () => {
  const code = await newBenefit(api);
  const month = { benefit: code, month: '2026-08' };
  await save(api, [{ ...month, realised: '5' }], { reason: 'first report' });
  api.clock.advance(60_000);
  await save(api, [
    { ...month, realised: '6', version: 1, reason: 'invoice found' },
    { benefit: code, month: '2026-09', realised: '7' },
  ]);
  await visit(browser, api, 'pm-dig', {}, async (page) => {
    await openSheet(page, MONTHS);
    await page.getByRole('button', { name: 'Earlier entries' }).click();
    const entries = page.getByRole('list', { name: 'Entries, newest first' }).locator('> li');
    await entries.first().waitFor();
    expect(await entries.count()).toBe(2);
    expect(await entries.nth(0).innerText()).toContain('2 values of 1 benefit');
    expect(await entries.nth(1).innerText()).toMatch(
      /1 value of 1 benefit · first report[\s\S]*Cannot be undone any more/,
    );
    expect(await entries.nth(1).getByRole('button', { name: /^Undo/ }).count()).toBe(0);
    await entries
      .nth(0)
      .getByRole('button', { name: /^Values of/ })
      .click();
    const rows = entries.nth(0).locator('tbody tr');
    await rows.first().waitFor();
    expect((await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))).toEqual([
      `${code}, Aug 2026 AC 5 6`,
      `${code}, Sep 2026 AC empty 7`,
    ]);
    expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    // Why can be said before it; nobody has to.
    const why = entries.nth(0).getByRole('button', { name: /^Why\? Undo/ });
    await why.press('Enter');
    await page.keyboard.type('Another month');
    expect(await why.getAttribute('aria-expanded')).toBe('true');
    expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    await entries.nth(0).getByRole('button', { name: /^Undo/ }).click();
    await entries
      .nth(0)
      .getByText(/^Undone on/)
      .waitFor();
    expect((await stored(api, code)).map((each) => [each['month'], each['realised']])).toEqual([['2026-08', '5.00']]);
    expect((await api.as('admin').get('/audit?limit=1')).body.items[0].reason).toBe('Another month');
  });
});

test('an entry that was judged meanwhile stays, and the list says what stands in the way', async () => {
  const code = await newBenefit(api);
  await save(api, [{ benefit: code, month: '2026-08', realised: '5' }], { reason: 'to be judged' });
  await visit(browser, api, 'pm-dig', { expected: [/409/], width: 360, height: 740 }, async (page) => {
    await page.goto(`/enter?${MONTHS}`);
    await page.getByRole('button', { name: 'Earlier entries' }).click();
    const entry = page.getByRole('list', { name: 'Entries, newest first' }).locator('> li').first();
    await entry.getByRole('button', { name: /^Undo/ }).waitFor();
    await api.as('finance').post(`/benefits/${code}/values/2026-08/confirm`, { version: 1, amount: '5' });
    await entry.getByRole('button', { name: /^Undo/ }).click();
    await entry.getByRole('alert').waitFor();
    expect(await entry.innerText()).toContain('was confirmed since');
    await entry.getByText('Cannot be undone any more').waitFor();
  });
});

test('who saved nothing is told so', async () => {
  await visit(browser, api, 'pm-core', {}, async (page) => {
    await page.goto(`/enter?show=all&${MONTHS}`);
    await page.getByRole('button', { name: 'Earlier entries' }).click();
    await page.getByText('You have saved nothing here yet.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  });
});
