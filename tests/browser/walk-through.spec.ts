import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { newBenefit, save, stored } from '../support/entries.js';
import { Actions } from '../support/actions.js';
import { cellOf, editedCells, IN_SIGHT, sightOf } from '../support/entry-page.js';
import { exampleCredentials } from '../support/example.js';
import { emailOf, PASSWORD, startApi, type Api } from '../support/harness.js';

let api: Api;
let bare: Api;
let example: Api;
let browser: Browser;
beforeAll(async () => {
  [api, bare, example, browser] = await Promise.all([
    startApi(),
    startApi({ bare: true }),
    startApi({ example: true }),
    launchBrowser(),
  ]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([api?.stop(), bare?.stop(), example?.stop()]);
});

const TWO_MINUTES = 120_000;

/** Twelve months that are over and due: November 2025 to October 2026. */
const DUE = Array.from({ length: 12 }, (_, at) => new Date(Date.UTC(2025, 10 + at)).toISOString().slice(0, 7));

const signIn = async (actions: Actions, email: string, password: string): Promise<void> => {
  await actions.types('the e-mail', email);
  await actions.presses('Tab');
  await actions.types('the password', password);
  await actions.presses('Enter');
};

const opened = async (page: Page, path: string): Promise<void> => {
  await page.waitForURL(`**${path}**`);
  await settled(page);
};

describe('Twelve months of one benefit', () => {
  test('are entered by paste in 6 interactions from the landing page', async () => {
    const code = await newBenefit(api, { name: 'Fewer returns' });
    const planned = await save(
      api,
      DUE.map((month) => ({ benefit: code, month, planned: '900' })),
    );
    expect(planned.status).toBe(200);
    const pasted = DUE.map((_, at) => 1000 + at).join('\t');
    await visit(browser, api, 'pm-dig', {}, async (page, { context }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await open(page, '/');
      // Copied in the spreadsheet before.
      await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
      const actions = new Actions(page);
      await actions.presses('Control+k');
      await page.getByRole('textbox', { name: 'Page, record or action' }).waitFor();
      await actions.types('where to', `enter ${code}`);
      await page.getByRole('option', { name: `Enter data for ${code}` }).waitFor();
      await actions.presses('Enter');
      await page.locator('[role=grid]').waitFor();
      await settled(page);
      const first = cellOf(page, code, 'November 2025');
      expect(await sightOf(first)).toEqual(IN_SIGHT);
      await actions.clicks('the first month', first);
      await actions.presses('Control+v');
      await page.getByText('12 cells pasted').first().waitFor();
      expect(await editedCells(page)).toHaveLength(12);
      await actions.presses('Control+s');
      await page.getByText('12 values of 1 benefit saved').waitFor();
      expect(actions.done.length).toBeLessThanOrEqual(6);
    });
    expect((await stored(api, code)).map(({ month, realised }) => [month, realised])).toEqual(
      DUE.map((month, at) => [month, `${1000 + at}.00`]),
    );
  });
});

describe('The first value of a new user', () => {
  test('of a product that holds nothing: signed in, a benefit made, its value entered and saved', async () => {
    await visit(browser, bare, 'anonymous', { expected: [/401/] }, async (page) => {
      const began = Date.now();
      await page.goto('/');
      await page.waitForFunction(() => document.activeElement?.id === 'email');
      const actions = new Actions(page);
      await signIn(actions, emailOf('admin'), PASSWORD);
      await page.locator('#content h1').waitFor();
      await settled(page);
      await actions.clicks('“Records”', page.locator('.rail').getByRole('link', { name: 'Records' }));
      await opened(page, '/benefits');
      await actions.clicks('“New benefit”', page.getByRole('link', { name: 'New benefit' }).first());
      await opened(page, '/benefits/new');
      await actions.clicks('the code', page.getByLabel('Code (required)'));
      await actions.types('the code', 'B-1');
      await actions.presses('Tab');
      await actions.types('the name', 'Fewer calls about claims');
      await actions.clicks('the currency', page.getByLabel('Currency'));
      await actions.types('the currency', 'USD');
      await actions.presses('Enter');
      await actions.clicks('“Save”', page.getByRole('button', { name: 'Save' }));
      await opened(page, '/benefits/B-1');
      await actions.clicks('“Enter values”', page.getByRole('link', { name: 'Enter values' }));
      await page.locator('[role=grid]').waitFor();
      await settled(page);
      const over = cellOf(page, 'B-1', 'October 2026');
      expect(await sightOf(over)).toEqual(IN_SIGHT);
      await actions.clicks('a month', over);
      await actions.types('the value', '1250');
      await actions.presses('Control+s');
      await page.getByText('1 value of 1 benefit saved').waitFor();
      expect(actions.milliseconds + Date.now() - began).toBeLessThan(TWO_MINUTES);
      expect(actions.done).toHaveLength(18);
    });
    expect((await bare.as('admin').get('/benefits/B-1/values')).body.items).toMatchObject([
      { month: '2026-10', realised: '1250.00' },
    ]);
  });

  test('of the example: a value that is due, reported by the portfolio manager', async () => {
    const { email, password } = exampleCredentials('pm-dig');
    await visit(browser, example, 'anonymous', { expected: [/401/] }, async (page) => {
      const began = Date.now();
      await page.goto('/');
      await page.waitForFunction(() => document.activeElement?.id === 'email');
      const actions = new Actions(page);
      await signIn(actions, email, password);
      await page.locator('#content h1').waitFor();
      await settled(page);
      await actions.clicks('“Enter data”', page.locator('.rail').getByRole('link', { name: 'Enter data' }));
      await page.locator('[role=grid]').waitFor();
      await settled(page);
      const due = page.locator('[role=gridcell][data-state=due], [role=gridcell][data-state=overdue]').first();
      const found = (await due.count()) > 0 ? due : page.locator('[role=gridcell][data-state=plain]').first();
      expect(await sightOf(found)).toEqual(IN_SIGHT);
      await actions.clicks('a month', found);
      await actions.types('the value', '98000');
      await actions.presses('Control+s');
      await page.getByText('1 value of 1 benefit saved').waitFor();
      expect(actions.milliseconds + Date.now() - began).toBeLessThan(TWO_MINUTES);
      expect(actions.done).toHaveLength(8);
    });
  });
});
