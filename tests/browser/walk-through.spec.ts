import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { newBenefit, stored } from '../support/entries.js';
import { cellOf, editedCells } from '../support/entry-page.js';
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

/** What a person does, one after the other: a click, a key or chord, a paste, or a text typed without a pause is one each. */
class Actions {
  readonly done: string[] = [];
  constructor(private readonly page: Page) {}
  async does(what: string, how: (page: Page) => Promise<unknown>): Promise<void> {
    this.done.push(what);
    await how(this.page);
  }
}

const signIn = async (actions: Actions, email: string, password: string): Promise<void> => {
  await actions.does('type the e-mail', (page) => page.keyboard.type(email));
  await actions.does('Tab', (page) => page.keyboard.press('Tab'));
  await actions.does('type the password', (page) => page.keyboard.type(password));
  await actions.does('Enter', (page) => page.keyboard.press('Enter'));
};

const TWO_MINUTES = 120_000;

describe('Twelve months of one benefit', () => {
  test('are entered by paste in 6 interactions from the landing page', async () => {
    const code = await newBenefit(api, { name: 'Fewer returns' });
    const pasted = Array.from({ length: 12 }, (_, month) => 1000 + month).join('\t');
    await visit(browser, api, 'pm-dig', {}, async (page, { context }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await open(page, '/');
      // Copied in the spreadsheet before.
      await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
      const actions = new Actions(page);
      await actions.does('Ctrl+K', () => page.keyboard.press('Control+k'));
      await page.getByRole('textbox', { name: 'Page, record or action' }).waitFor();
      await actions.does(`type “enter ${code}”`, () => page.keyboard.type(`enter ${code}`));
      await page.getByRole('option', { name: `Enter data for ${code}` }).waitFor();
      await actions.does('Enter', () => page.keyboard.press('Enter'));
      await page.locator('[role=grid]').waitFor();
      await settled(page);
      await actions.does('click the first month', () => cellOf(page, code, 'November 2025').click());
      await actions.does('Ctrl+V', () => page.keyboard.press('Control+v'));
      await page.getByText('12 cells pasted').first().waitFor();
      expect(await editedCells(page)).toHaveLength(12);
      await actions.does('Ctrl+S', () => page.keyboard.press('Control+s'));
      await page.getByText('12 values of 1 benefit saved').waitFor();
      expect(actions.done.length).toBeLessThanOrEqual(6);
    });
    expect((await stored(api, code)).map((month) => month['realised'])).toEqual(
      Array.from({ length: 12 }, (_, month) => `${1000 + month}.00`),
    );
  });
});

describe('The first value of a new user', () => {
  test('of a product that holds one benefit and nothing else: signed in, found, entered, saved', async () => {
    const admin = bare.as('admin');
    expect((await admin.post('/benefits', { code: 'B-1', name: 'First benefit', currency: 'USD' })).status).toBe(201);
    await visit(browser, bare, 'anonymous', { expected: [/401/] }, async (page) => {
      const began = Date.now();
      await page.goto('/');
      await page.waitForFunction(() => document.activeElement?.id === 'email');
      const actions = new Actions(page);
      await signIn(actions, emailOf('admin'), PASSWORD);
      await page.locator('#content h1').waitFor();
      await settled(page);
      await actions.does('g d', async () => {
        await page.keyboard.press('g');
        await page.keyboard.press('d');
      });
      await page.waitForURL('**/enter**');
      await settled(page);
      await actions.does('click “See all”', () => page.getByRole('link', { name: 'See all' }).click());
      await page.locator('[role=grid]').waitFor();
      await actions.does('click a month', () => cellOf(page, 'B-1', 'October 2026').click());
      await actions.does('type the value', () => page.keyboard.type('1250'));
      await actions.does('Ctrl+S', () => page.keyboard.press('Control+s'));
      await page.getByText('1 value of 1 benefit saved').waitFor();
      expect(Date.now() - began).toBeLessThan(TWO_MINUTES);
      expect(actions.done).toHaveLength(9);
    });
    expect((await admin.get('/benefits/B-1/values')).body.items).toMatchObject([
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
      await actions.does('g d', async () => {
        await page.keyboard.press('g');
        await page.keyboard.press('d');
      });
      await page.waitForURL('**/enter**');
      await page.locator('[role=grid]').waitFor();
      await settled(page);
      const due = page.locator('[role=gridcell][data-state=due], [role=gridcell][data-state=overdue]').first();
      const found = (await due.count()) > 0 ? due : page.locator('[role=gridcell][data-state=plain]').first();
      await actions.does('click a month', () => found.click());
      await actions.does('type the value', () => page.keyboard.type('98000'));
      await actions.does('Ctrl+S', () => page.keyboard.press('Control+s'));
      await page.getByText('1 value of 1 benefit saved').waitFor();
      expect(Date.now() - began).toBeLessThan(TWO_MINUTES);
      expect(actions.done).toHaveLength(8);
    });
  });
});
