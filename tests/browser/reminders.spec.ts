import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defects } from '../support/axe.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { newBenefit, save } from '../support/entries.js';
import { emailOf, startApi, type Api } from '../support/harness.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';

let api: Api;
let mail: MailServer;
let browser: Browser;
let claims: string;

beforeAll(async () => {
  mail = await startMailServer();
  [browser, api] = await Promise.all([
    launchBrowser(),
    startApi({
      env: { SMTP_URL: mail.url, SMTP_FROM: 'throughline@tests.example', PUBLIC_URL: 'http://localhost:3000' },
    }),
  ]);
  api.clock.set('2026-11-21T12:00:00Z');
  claims = await newBenefit(api, { name: 'Claims handled' });
  await save(api, [
    { benefit: claims, month: '2026-09', planned: '12' },
    { benefit: claims, month: '2026-10', planned: '12', realised: '11000' },
  ]);
  await api.sql(
    `insert into corrective_actions (code, benefit_id, title, owner_email, due_on)
     select a.code, b.id, a.title, $2, a.due::date from benefits b,
       (values ('A1', 'Train the team', '2026-11-25'), ('A2', 'Call back', '2026-12-15')) a (code, title, due) where b.code = $1`,
    [claims, emailOf('pm-dig')],
  );
}, 180_000);
afterAll(async () => {
  await browser.close();
  await api.stop();
  await mail.stop();
});
beforeEach(async () => {
  await api.sql('delete from reminder_settings');
});

const message = (page: Page): Promise<string> => page.locator('.message').innerText();
const groups = (page: Page): Promise<string[]> => page.locator('.reminder-groups h3').allInnerTexts();

describe('What is due', () => {
  test('stands in groups, each with the way to where it is done', () =>
    visit(browser, api, 'pm-dig', {}, async (page) => {
      await open(page, '/reminders');
      expect(await message(page)).toBe('1 overdue, 2 due by 15 Dec.');
      expect((await groups(page)).map((text) => text.replace(/\s+/g, ' '))).toEqual([
        'Overdue 1',
        'Within 7 days 1',
        'Later 1',
      ]);
      expect(await page.locator('.reminder').allInnerTexts()).toEqual([
        `Enter the value of Claims handled for Sep 2026\nValues · ${claims}\ndue 15 Oct, 37 days overdue`,
        `Finish: Train the team\nCorrective action · ${claims}\ndue 25 Nov`,
        `Finish: Call back\nCorrective action · ${claims}\ndue 15 Dec`,
      ]);
      await page.getByRole('link', { name: /^Enter the value of Claims/ }).click();
      await page.waitForURL(/\/enter\?/);
      await settled(page);
      await page.getByText('Claims handled').first().waitFor();
      expect(new URL(page.url()).searchParams.get('q')).toBe(claims);
      await page.goBack();
      await page.getByRole('link', { name: 'Finish: Call back' }).click();
      await page.waitForURL(`**/benefits/${claims}*`);
      await settled(page);
    }));

  test('is counted in the rail, in words for who hears it, and found in the palette', () =>
    visit(browser, api, 'pm-dig', {}, async (page) => {
      await open(page, '/');
      const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /^Due/ });
      await page.locator('.rail-count').waitFor();
      expect((await link.innerText()).replace(/\s+/g, ' ')).toBe('Due 2 overdue or within 7 days');
      await page.keyboard.press('g');
      await page.keyboard.press('u');
      await page.waitForURL('**/reminders*');
      await settled(page);
      expect(await page.locator('.rail [aria-current=page]').innerText()).toMatch(/^Due/);
    }));

  test('leads finance to the values that wait', () =>
    visit(browser, api, 'finance', {}, async (page) => {
      await open(page, '/reminders');
      expect(await message(page)).toBe('1 value to confirm.');
      const item = page.locator('.reminder');
      expect(await item.innerText()).toMatch(/^Confirm or reject 1 value\nConfirmation · 11\.0 k USD\nwaiting since /);
      await item.getByRole('link', { name: 'Values to confirm, in money: 11.0 k USD' }).click();
      await page.locator('.trace-panel, [aria-label="Trace"]').first().waitFor();
      await page.keyboard.press('Escape');
      await item.getByRole('link', { name: 'Confirm or reject 1 value' }).click();
      await page.waitForURL('**/confirm*');
      await settled(page);
    }));

  test('says so where there is nothing, with a way on', () =>
    visit(browser, api, 'stakeholder-bu2', {}, async (page) => {
      await open(page, '/reminders');
      expect(await message(page)).toBe('Nothing due for you.');
      expect(await page.locator('.rail-count').count()).toBe(0);
      await page.getByRole('link', { name: 'See benefits' }).click();
      await page.waitForURL('**/benefits*');
    }));
});

describe('The calendar address', () => {
  test('is made, shown once, replaced and removed, by keyboard', () =>
    visit(browser, api, 'pm-dig', { expected: [/404/] }, async (page) => {
      await open(page, '/reminders');
      const section = page.locator('#calendar');
      await section.getByRole('button', { name: 'Make an address' }).focus();
      await page.keyboard.press('Enter');
      const field = section.getByLabel('Your address, shown this once');
      await field.waitFor();
      const first = await field.inputValue();
      expect(first).toMatch(/^http:\/\/localhost:3000\/api\/v1\/calendar\/[\w-]{43}\.ics$/);
      expect(
        await field.evaluate((input: HTMLInputElement) => [input === document.activeElement, input.selectionEnd]),
      ).toEqual([true, first.length]);
      const path = new URL(first).pathname;
      const calendar = await api.as('anonymous').get(path);
      expect(calendar.text).toContain('SUMMARY:1 value of Sep 2026 due');
      await section.getByRole('button', { name: 'Replace the address' }).click();
      await section.getByText('the former one does not work any more').waitFor();
      expect(await field.inputValue()).not.toBe(first);
      expect((await api.as('anonymous').get(path)).status).toBe(404);
      await page.reload();
      await settled(page);
      await section.getByText('It was shown once').waitFor();
      expect(await field.count()).toBe(0);
      await section.getByRole('button', { name: 'Remove the address' }).click();
      await section.getByText('does not work any more').waitFor();
      await section.getByRole('button', { name: 'Make an address' }).waitFor();
    }));
});

describe('The digest', () => {
  test('is chosen, kept, tested, and switched off from the mail', () =>
    visit(browser, api, 'pm-dig', {}, async (page) => {
      await open(page, '/reminders');
      const section = page.locator('#digest');
      expect(await section.getByRole('radio', { name: 'Off' }).isChecked()).toBe(true);
      await section.getByRole('radio', { name: /^Each week/ }).check();
      await section.getByText('Saved: each week.').waitFor();
      expect(await section.innerText()).toContain('None was sent yet. The next is looked for 23 Nov, 07:00.');
      await section.getByRole('button', { name: 'Send me a test' }).click();
      await section.getByText(`A test was sent to ${emailOf('pm-dig')}.`).waitFor();
      const link = /http:\/\/localhost:3000(\/reminders#digest)/.exec(mail.mails.at(-1)!.raw)![1]!;
      await open(page, link);
      await page.waitForFunction(() => document.activeElement?.id === 'digest');
      expect(await section.getByRole('radio', { name: /^Each week/ }).isChecked()).toBe(true);
      await section.getByRole('radio', { name: 'Off' }).check();
      await section.getByText('The digest is off.').waitFor();
    }));

  test('shows why the last one failed, and why a test does', () =>
    visit(browser, api, 'pm-dig', { expected: [/502/] }, async (page) => {
      await api.sql(
        `insert into reminder_settings (user_id, digest, digest_failed_at, digest_error)
         select id, 'daily', '2026-11-21T07:00:00Z', 'The mail server refused the mail (code 451).' from users where email = $1`,
        [emailOf('pm-dig')],
      );
      await open(page, '/reminders');
      const section = page.locator('#digest');
      expect(await section.locator('.reminder-failure').innerText()).toContain(
        'failed: The mail server refused the mail',
      );
      mail.refuseWith.push(554);
      await section.getByRole('button', { name: 'Send me a test' }).click();
      await section.getByRole('alert').waitFor();
      expect(await section.getByRole('alert').innerText()).toContain('The mail server refused the mail (code 554).');
    }));
});

describe('The page', () => {
  test.each([
    ['a desk', { width: 1440, height: 900 }],
    ['a phone', { width: 360, height: 740 }],
    ['the dark', { width: 1024, height: 768, colorScheme: 'dark' as const }],
  ])('fits %s and has no defect of accessibility', (_, view) =>
    visit(browser, api, 'pm-dig', view, async (page) => {
      await open(page, '/reminders');
      await page.locator('#calendar').getByRole('button', { name: 'Make an address' }).click();
      await page.getByLabel('Your address, shown this once').waitFor();
      expect(await defects(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }),
  );
});
