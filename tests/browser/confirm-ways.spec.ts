import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { openedTrace, shownNumbers, traceOf } from '../support/browser-numbers.js';
import { boxOf, claimed, confirmChosen, openWorkList, receiptOf, rowOf } from '../support/confirm-page.js';
import { stored } from '../support/entries.js';
import { arrived, focusStop } from '../support/focus.js';
import { startApi, type Api } from '../support/harness.js';
import { FINE, look } from '../support/layout.js';

let api: Api;
let example: Api;
let browser: Browser;
beforeAll(async () => {
  [api, example, browser] = await Promise.all([startApi(), startApi({ example: true }), launchBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([api?.stop(), example?.stop()]);
});

const tabTo = async (page: Page, isThere: (text: string) => boolean): Promise<void> => {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const { tag, text } = await focusStop(page);
    const name = await page.evaluate(() => document.activeElement?.closest('label')?.textContent ?? '');
    if (tag !== 'BODY' && isThere(`${text}${name}`)) return;
  }
  throw new Error('Not reached by Tab');
};

describe('From the keyboard', () => {
  test('one goes to the list, chooses a range, confirms it with a note, and is told', async () => {
    const code = await claimed(api, ['9', '8', '7', '6']);
    await visit(browser, api, 'finance', {}, async (page) => {
      await open(page, '/');
      await page.keyboard.press('g');
      await page.keyboard.press('f');
      await page.waitForURL('**/confirm**');
      await settled(page);
      await arrived(page);
      await page.keyboard.press('/');
      await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
      await page.keyboard.type(code);
      await page.waitForURL(`**q=${code}**`);
      await settled(page);
      await tabTo(page, (text) => text.includes(`${code}, Aug 2026`));
      await page.keyboard.press('Space');
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Shift+ArrowDown');
      expect(await page.locator('.confirm-bar p').innerText()).toBe('3 values of 1 benefit chosen');
      await tabTo(page, (text) => text.startsWith('Confirm 3 values'));
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
      await tabTo(page, (text) => text.startsWith('Confirm 3 values'));
      await page.keyboard.press('Enter');
      expect(await receiptOf(page)).toContain('3 values of 1 benefit confirmed, 24.0 USD');
      await page.waitForFunction(() => document.activeElement?.className === 'confirm-receipt');
    });
    expect((await stored(api, code)).filter((month) => month['confirmed'] !== null)).toHaveLength(3);
  });

  test('Shift with a click chooses the rows between, and Esc closes the dialog without a verdict', async () => {
    const code = await claimed(api, ['9', '8', '7', '6']);
    await visit(browser, api, 'finance', {}, async (page) => {
      await openWorkList(page, `q=${code}&sort=code`);
      await boxOf(page, code, 'May 2026').click();
      await boxOf(page, code, 'Aug 2026').click({ modifiers: ['Shift'] });
      expect(await page.locator('.confirm-bar p').innerText()).toBe('4 values of 1 benefit chosen');
      await page
        .locator('.confirm-bar')
        .getByRole('button', { name: /^Confirm/ })
        .click();
      await page.getByRole('alertdialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      expect(await page.locator('.confirm-bar p').innerText()).toBe('4 values of 1 benefit chosen');
      await page.getByRole('button', { name: 'Clear' }).click();
      expect(await page.locator('.confirm-bar').count()).toBe(0);
    });
  });

  test('what is asked for stands in the address, and comes back with it', async () => {
    await visit(browser, api, 'finance', {}, async (page) => {
      await openWorkList(page, 'why=new&sort=code&q=BEN');
      expect(await page.getByLabel('Why it waits').inputValue()).toBe('new');
      expect(await page.getByLabel('Order').inputValue()).toBe('code');
      await page.getByLabel('Order').selectOption('reportedAt');
      await page.waitForURL('**sort=reportedAt**');
      await page.getByRole('link', { name: 'Confirmed', exact: true }).click();
      await page.waitForURL('**state=confirmed**');
      expect(new URL(page.url()).searchParams.has('why')).toBe(false);
      await openWorkList(page, 'q=nothing-like-this');
      expect(await page.locator('.empty').innerText()).toContain('None of the values matches these filters.');
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.locator('.confirm-table').waitFor();
    });
  });
});

describe('With the example', () => {
  test('the list is long, each part of it can be asked for, and more of it is shown on demand', async () => {
    await visit(browser, example, 'finance', {}, async (page) => {
      await open(page, '/');
      await page.getByRole('link', { name: /^not confirmed: see what waits$/ }).click();
      await page.waitForURL('**/confirm**');
      await page.locator('.message', { hasText: 'values wait' }).waitFor();
      await settled(page);
      expect(await page.locator('.message').innerText()).toMatch(
        /^\d+ values wait, [\d.]+ m EUR; the oldest since .*; 2 changed since they were confirmed; 1 reported anew after a rejection\.$/,
      );
      expect(await page.locator('.about').innerText()).toMatch(/3 rejected, .* EUR$/);
      const rows = page.locator('.confirm-table tbody tr');
      expect(await rows.count()).toBe(50);
      await page.getByRole('button', { name: 'Show more' }).click();
      await page.waitForFunction(() => document.querySelectorAll('.confirm-table tbody tr').length === 100);
      expect(await page.locator('.confirm-table caption').innerText()).toMatch(/^100 of \d+ shown$/);
    });
  });

  test('each number opens what stands behind it, and its trace has the same value', async () => {
    await visit(browser, example, 'finance', {}, async (page) => {
      await openWorkList(page, 'q=EX-BEN-09');
      const numbers = await shownNumbers(page);
      expect(numbers.length).toBeGreaterThan(8);
      const digits = (text: string) => text.replace(/[^\d]/g, '');
      for (const { step, label, text } of numbers.filter((each) => each.step.startsWith('value.')).slice(0, 8)) {
        const { value } = await traceOf(example, step, { period: '2026-Q3' });
        expect({ step, label, text: digits(text) }).toEqual({ step, label, text: digits(value!) });
      }
      const [waiting] = numbers.filter((each) => each.step === 'claims:kind=waiting');
      const { value, records } = await traceOf(example, waiting!.step, { period: '2026-Q3' });
      expect([`${value} values`, records.count]).toEqual([waiting!.text, Number(value)]);
      await page.locator('[data-num="claims:kind=waiting"]').click();
      expect((await openedTrace(page)).value).toBe(value);
    });
  });

  test('nothing is wrong for assistive technology, in light and dark, nor with a dialog open', async () => {
    await visit(browser, example, 'finance', {}, async (page) => {
      await openWorkList(page, 'why=changed');
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
      await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
      await page.getByRole('button', { name: 'Reject with a note' }).click();
      await page.getByRole('alertdialog').waitFor();
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
  });

  test.each([
    [360, 740],
    [1024, 768],
    [1440, 900],
  ])('fits %i × %i, with something chosen', async (width, height) => {
    await visit(browser, example, 'finance', { width, height }, async (page) => {
      await openWorkList(page, 'q=EX-BEN-0');
      await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
      expect(await look(page)).toEqual(FINE);
    });
  });

  test('on a phone a value is a card, and is confirmed there', async () => {
    const code = await claimed(api, ['5']);
    await visit(browser, api, 'finance', { width: 360, height: 740 }, async (page) => {
      await openWorkList(page, `q=${code}`);
      expect(await rowOf(page, code, 'Aug 2026').innerText()).toMatch(/5\.00 USD[\s\S]*Against plan[\s\S]*−5\.00 USD/);
      await boxOf(page, code, 'Aug 2026').check();
      await confirmChosen(page);
      expect(await receiptOf(page)).toContain('1 value of 1 benefit confirmed');
      expect(await page.locator('.empty').innerText()).toContain('None of the values matches');
    });
  });
});
