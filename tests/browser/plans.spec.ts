import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';

/** An approved plan: what the form of a month asks for, and what the overview says of it. */

let api: Api;
let browser: Browser;

beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  const admin = api.as('admin');
  const money = { currency: 'USD', nature: 'cashable', portfolioCode: 'DIG' };
  await admin.post('/benefits', { code: 'BEN-1', name: 'Fewer calls', approvedOn: '2025-12-01', ...money });
  await admin.post('/benefits', { code: 'BEN-2', name: 'Fewer forms', ...money });
  const months = ['2026-07', '2026-08', '2026-09'];
  for (const code of ['BEN-1', 'BEN-2'])
    await admin.put(`/benefits/${code}/values`, {
      items: months.map((month) => ({ month, planned: '1000', ...(month === '2026-09' ? {} : { realised: '600' }) })),
    });
  api.clock.advance(60_000);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

test('the form of a month asks why an approved plan changes, and the overview keeps the shortfall in sight', async () => {
  await visit(browser, api, 'pm-dig', {}, async (page) => {
    await open(page, '/benefits/BEN-1?period=2026-Q3');
    await page
      .getByRole('button', { name: /^Change .*2026/ })
      .first()
      .click();
    const form = page.locator('.month-form');
    const reason = form.getByLabel(/^Reason for the change/);
    expect(await reason.count()).toBe(0);
    await form.getByLabel('Planned').fill('500');
    await reason.waitFor();
    await page.getByRole('button', { name: 'Save month' }).click();
    const refused = form.getByRole('alert');
    expect(await refused.innerText()).toContain('The plan is approved. Say why it changes.');
    await reason.fill('The supplier is late.');
    await page.getByRole('button', { name: 'Save month' }).click();
    await form.waitFor({ state: 'detached' });
    const { items } = (await api.as('pm-dig').get('/benefits/BEN-1/plan-versions')).body;
    expect(items.map((item: Record<string, unknown>) => [item['total'], item['reason'], item['isBaseline']])).toEqual([
      ['3000.00', null, true],
      ['2500.00', 'The supplier is late.', false],
    ]);

    await open(page, '/?period=2026-Q3');
    await settled(page);
    // By hand: 2,400 came of 5,500 planned, of 6,000 approved, and of 3,500 planned for the four of six months that are measured.
    const rates = page.locator('.ledger-rates');
    expect((await rates.innerText()).replaceAll('\u00a0', ' ')).toBe(
      '43.6 % of plan; 40.0 % of baseline plan (1 of 2 not approved); where measured 68.6 % of plan; 66.7 % of months measured',
    );
    await rates.getByRole('link', { name: /^Realised of the baseline plan/ }).click();
    await page.getByText('Realisation rate against the baseline plan').first().waitFor();
  });
});
