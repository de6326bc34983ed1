import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { PDF } from '../support/files.js';
import { emailOf, startApi, type Api } from '../support/harness.js';
import { FINE, look } from '../support/layout.js';

/** What proves a benefit, what it rests on, and what is done about it: on its page. */

let api: Api;
let browser: Browser;
let code: string;
let n = 0;

beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});
beforeEach(async () => {
  code = `BEN-${(n += 1)}`;
  const record = {
    code,
    name: `Fewer calls ${n}`,
    portfolioCode: 'DIG',
    orgUnitCode: 'BU1',
    currency: 'USD',
    nature: 'cashable',
  };
  expect((await api.as('admin').post('/benefits', record)).status).toBe(201);
  const items = ['2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09'];
  await api.as('pm-dig').put(`/benefits/${code}/values`, {
    items: items.map((month) => ({ month, planned: '1000', realised: '500' })),
  });
});

const address = (): string => `/benefits/${code}?period=2026-Q3`;
const evidence = (page: Page) => page.locator('#evidence');
const items = async () => (await api.as('pm-dig').get(`/benefits/${code}/evidence`)).body.items;

describe('Evidence', () => {
  test('a text, a link and a file are added, with what they prove; the file comes back as it was', async () => {
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await open(page, address());
      await evidence(page).getByText('No file, link or text proves this benefit yet.').waitFor();
      await evidence(page).getByRole('button', { name: 'Add a text' }).click();
      let form = page.getByRole('form', { name: 'Add a text' });
      await form.getByLabel('Title').fill('Ledger');
      await form.getByLabel('What proves the value').fill('Month-end ledger 4711');
      await form.getByLabel('First month it proves').fill('2026-07');
      await form.getByLabel('Last month').fill('2026-08');
      await form.getByLabel('Counts until').fill('2027-03-31');
      await form.getByRole('button', { name: 'Add text' }).click();
      await form.waitFor({ state: 'detached' });
      await evidence(page).getByText('Proves Jul to Aug 2026').waitFor();

      await evidence(page).getByRole('button', { name: 'Add a link' }).click();
      form = page.getByRole('form', { name: 'Add a link' });
      await form.getByLabel('Address').fill('https://cases.example.org/closed');
      await form.getByLabel('Title').fill('Closed cases');
      await form.getByRole('button', { name: 'Add link' }).click();
      await form.waitFor({ state: 'detached' });

      await evidence(page).getByRole('button', { name: 'Add a file' }).click();
      form = page.getByRole('form', { name: 'Add a file' });
      await form
        .locator('input[type=file]')
        .setInputFiles({ name: 'bank.pdf', mimeType: 'application/pdf', buffer: PDF });
      await form.getByText('bank.pdf,').waitFor();
      await form.getByLabel('First month it proves').fill('2026-09');
      await form.getByRole('button', { name: 'Add file' }).click();
      await form.waitFor({ state: 'detached' });
      await settled(page);

      expect((await items()).map(({ kind, title }: Record<string, string>) => [kind, title])).toEqual([
        ['file', 'bank.pdf'],
        ['link', 'Closed cases'],
        ['text', 'Ledger'],
      ]);
      const text = await evidence(page).innerText();
      expect(text).toMatch(/File bank\.pdf.* · Proves Sep 2026/);
      expect(text).toContain('Link to cases.example.org · Names no month: background');
      expect(text).toContain('counts until 31 Mar 2027');
      expect(await evidence(page).getByText('Level 2: document').count()).toBe(2);
      const link = evidence(page).getByRole('link', { name: /^Closed cases/ });
      expect(await link.getAttribute('rel')).toContain('noopener');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        evidence(page).getByRole('link', { name: 'Download bank.pdf' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('bank.pdf');
      expect((await readFile((await download.path())!)).equals(PDF)).toBe(true);
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
  }, 60_000);

  test('what is refused says why at the field, and nothing that was typed is lost', async () => {
    const expected = [/422|status of 422/];
    await visit(browser, api, 'pm-dig', { expected }, async (page) => {
      await open(page, address());
      await evidence(page).getByRole('button', { name: 'Add a file' }).click();
      const form = page.getByRole('form', { name: 'Add a file' });
      await form.getByLabel('Note').fill('From the bank');
      await form.getByRole('button', { name: 'Add file' }).click();
      await form.getByRole('alert').getByText('Choose a file.').waitFor();
      const choose = (name: string, buffer: Buffer) =>
        form.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer });
      await choose('large.pdf', Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]));
      await form.getByRole('button', { name: 'Add file' }).click();
      await form
        .getByRole('alert')
        .getByText(/a file has at most 10 MB/)
        .waitFor();
      await choose('page.pdf', Buffer.from('<!doctype html><script>alert(1)</script>'));
      await form.getByRole('button', { name: 'Add file' }).click();
      await form
        .getByRole('alert')
        .getByText(/This is no PDF file, whatever its name says/)
        .waitFor();
      expect(await form.locator('.field-error').innerText()).toContain('This is no PDF file');
      expect(await form.getByLabel('Note').inputValue()).toBe('From the bank');
      await form.getByLabel('Last month').fill('2026-05');
      await choose('bank.pdf', PDF);
      await form.getByRole('button', { name: 'Add file' }).click();
      await form.getByRole('alert').getByText('Name the first month, too.').waitFor();
      await form.getByLabel('First month it proves').fill('2026-04');
      await form.getByRole('button', { name: 'Add file' }).click();
      await form.waitFor({ state: 'detached' });
      expect(await items()).toEqual([
        expect.objectContaining({ note: 'From the bank', fromMonth: '2026-04', toMonth: '2026-05' }),
      ]);
    });
  }, 60_000);

  test('a file dropped on the section is taken to the form', async () => {
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await open(page, address());
      const transfer = await page.evaluateHandle(() => {
        const data = new DataTransfer();
        data.items.add(new File(['month,value\n2026-07,5\n'], 'values.csv', { type: 'text/csv' }));
        return data;
      });
      await evidence(page).dispatchEvent('dragover', { dataTransfer: transfer });
      await evidence(page).dispatchEvent('drop', { dataTransfer: transfer });
      const form = page.getByRole('form', { name: 'Add a file' });
      await form.getByText('values.csv,').waitFor();
      await form.getByRole('button', { name: 'Add file' }).click();
      await form.waitFor({ state: 'detached' });
      expect(await items()).toEqual([expect.objectContaining({ title: 'values.csv' })]);
    });
  });

  test('somebody else’s change is told, and not lost by mine; removing asks first', async () => {
    const { body: item } = await api
      .as('pm-dig')
      .post(`/benefits/${code}/evidence`, { kind: 'text', title: 'Ledger', note: 'N' });
    const expected = [/412/];
    await visit(browser, api, 'pm-dig', { expected }, async (page) => {
      await open(page, address());
      await evidence(page).getByRole('button', { name: 'Change Ledger' }).click();
      const form = page.getByRole('form', { name: 'Change Ledger' });
      await form.getByLabel('Title').fill('My ledger');
      await api.as('finance').patch(`/evidence/${item.id}`, { title: 'Their ledger' }, { 'if-match': '"v1"' });
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('Title: theirs Their ledger, yours My ledger').waitFor();
      await form.getByLabel('Reason (optional)').fill('Ledger was renamed');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      expect(await items()).toEqual([expect.objectContaining({ title: 'My ledger', version: 3 })]);
      await evidence(page).getByRole('button', { name: 'Remove My ledger' }).click();
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: 'Keep it' }).click();
      await evidence(page).getByRole('button', { name: 'Remove My ledger' }).click();
      await dialog.getByLabel('Reason (optional)').fill('Proves nothing');
      await dialog.getByRole('button', { name: 'Remove' }).click();
      await evidence(page).getByText('No file, link or text proves this benefit yet.').waitFor();
      expect(await items()).toEqual([]);
      const told = (await api.as('admin').get('/audit?objectType=evidence_item&limit=2')).body.items as {
        reason: string;
      }[];
      expect(told.map(({ reason }) => reason)).toEqual(['Proves nothing', 'Ledger was renamed']);
    });
  }, 60_000);

  test('who only reads sees the items and no way to change them', async () => {
    await api.as('pm-dig').post(`/benefits/${code}/evidence`, { kind: 'text', title: 'Ledger', note: 'N' });
    await visit(browser, api, 'stakeholder-bu1', {}, async (page) => {
      await open(page, address());
      await evidence(page).getByText('Ledger').waitFor();
      expect(await evidence(page).getByRole('button').count()).toBe(0);
      expect(await page.locator('#actions, #assumptions').count()).toBe(0);
    });
  });
});

describe('Assumptions and actions', () => {
  test('by the keyboard alone: an assumption is added, and its status changed where it stands', async () => {
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await open(page, address());
      const section = page.locator('#assumptions');
      await section.getByRole('button', { name: 'Add an assumption' }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.type('Branches keep their hours');
      await page.keyboard.press('Tab');
      await page.keyboard.type('owner@tests.example');
      await page.keyboard.press('Enter');
      await section.getByText('Branches keep their hours').waitFor();
      // The focus goes back to where the form was opened, and on from there.
      await page.waitForFunction(() => document.activeElement?.textContent === 'Add an assumption');
      const choice = section.getByLabel('Status of: Branches keep their hours', { exact: true });
      await choice.focus();
      await section.getByRole('button', { name: 'Why? Status of: Branches keep their hours' }).press('Enter');
      await page.keyboard.type('Hours were cut');
      await choice.focus();
      await page.keyboard.press('b');
      await section.locator('.proof-bad').waitFor();
      expect(await choice.evaluate((element) => element === document.activeElement)).toBe(true);
      await settled(page);
      expect(await section.getByLabel('Reason (optional)').count()).toBe(0);
      const [changed] = (await api.as('admin').get('/audit?objectType=assumption&limit=1')).body.items;
      expect(changed).toMatchObject({ action: 'changed', reason: 'Hours were cut' });
      const { items: stored } = (await api.as('cio').get(`/assumptions?benefitCode=${code}`)).body;
      expect(stored).toEqual([
        expect.objectContaining({
          code: `${code}-S1`,
          ownerEmail: 'owner@tests.example',
          status: 'broken',
          version: 2,
        }),
      ]);
    });
  });

  test('a shortfall of two quarters asks for an action; done asks for the day and what came of it', async () => {
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await open(page, `/actions?period=2026-Q3&q=${code}`);
      await page.getByRole('link', { name: `Act upon Fewer calls ${n}` }).click();
      const section = page.locator('#actions');
      await section.getByText(/^An action is required: this benefit was off track/).waitFor();
      await section.getByRole('button', { name: 'Add an action' }).click();
      const form = page.getByRole('form', { name: 'Add a corrective action' });
      await form.getByRole('button', { name: 'Add action' }).click();
      await form.getByRole('alert').getByText('Due on is missing.').waitFor();
      await form.getByLabel('What is to be done').fill('Train the agents');
      await form.getByLabel('Owner').fill(emailOf('pm-dig'));
      await form.getByLabel('Due on').fill('2026-10-31');
      await form.getByLabel(/^Expected effect/).fill('1,200.50');
      await form.getByRole('button', { name: 'Add action' }).click();
      await form.waitFor({ state: 'detached' });
      await section.getByText('Overdue').waitFor();
      await section.getByText(/^An action is required/).waitFor({ state: 'detached' });

      await section.getByRole('button', { name: 'Mark as done: Train the agents' }).click();
      const done = page.getByRole('form', { name: 'Done: Train the agents' });
      await done.getByLabel('Done on').fill('2026-11-20');
      await done.getByRole('button', { name: 'Mark as done' }).click();
      await done.getByRole('alert').getByText('What came of it is missing.').waitFor();
      await done.getByLabel('What came of it').fill('Half of the calls went.');
      await done.getByRole('button', { name: 'Mark as done' }).click();
      await section.getByText('Result: Half of the calls went.').waitFor();
      await section.getByText(/^An action is required/).waitFor();
      const { items: stored } = (await api.as('cio').get(`/corrective-actions?benefitCode=${code}`)).body;
      expect(stored).toEqual([
        expect.objectContaining({
          code: `${code}-A1`,
          effectAmount: '1200.50',
          doneOn: '2026-11-20',
          result: 'Half of the calls went.',
        }),
      ]);
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
  }, 60_000);

  test('on a phone nothing reaches beyond the screen, with forms open', async () => {
    await api.as('pm-dig').post(`/benefits/${code}/evidence`, {
      kind: 'link',
      title: 'x'.repeat(120),
      url: `https://example.org/${'y'.repeat(200)}`,
    });
    await visit(browser, api, 'pm-dig', { width: 360, height: 740 }, async (page) => {
      await open(page, address());
      await evidence(page).getByRole('button', { name: 'Add a file' }).click();
      await page.locator('#assumptions').getByRole('button', { name: 'Add an assumption' }).click();
      await page.locator('#actions').getByRole('button', { name: 'Add an action' }).click();
      expect(await look(page)).toEqual(FINE);
      await open(page, '/actions?period=2026-Q3');
      expect(await look(page)).toEqual(FINE);
    });
  });
});
