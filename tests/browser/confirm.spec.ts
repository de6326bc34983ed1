import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, settled, visit } from '../support/browser.js';
import {
  boxOf,
  claimed,
  confirmChosen,
  openWorkList,
  receiptOf,
  rejectChosen,
  rowOf,
} from '../support/confirm-page.js';
import { openSheet, cellOf } from '../support/entry-page.js';
import { save, stored } from '../support/entries.js';
import { emailOf, startApi, type Api } from '../support/harness.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const confirmedOf = async (code: string): Promise<unknown[]> =>
  (await stored(api, code)).map((month) => [month['month'], month['confirmed']]);

/** As if finance had reported August itself. */
const reportedBy = (person: 'finance', code: string): Promise<unknown> =>
  api.sql(
    `update benefit_values set reported_by = $1, version = version + 1 where month = '2026-08-01'
       and benefit_id = (select id from benefits where code = $2)`,
    [emailOf(person), code],
  );

describe('The work list', () => {
  test('confirms one value as it is seen, and says who did it, when, and how much', async () => {
    const code = await claimed(api, ['9', '11.5']);
    await visit(browser, api, 'finance', {}, async (page) => {
      await openWorkList(page, `q=${code}`);
      await boxOf(page, code, 'Aug 2026').check();
      const bar = page.locator('.confirm-bar');
      expect(await bar.locator('p').innerText()).toBe('1 value of 1 benefit chosen');
      await bar.getByRole('button', { name: 'Confirm 1 value · 9.00 USD' }).click();
      const dialog = page.getByRole('alertdialog');
      expect(await dialog.locator('tbody tr').allInnerTexts()).toEqual([
        expect.stringMatching(new RegExp(`^${code} .*Aug 2026.*9\\.00 USD$`, 's')),
      ]);
      await dialog.getByRole('button', { name: /^Confirm/ }).click();
      expect(await receiptOf(page)).toMatch(
        new RegExp(`1 value of 1 benefit confirmed, 9\\.00 USD, by ${emailOf('finance')} on 21 Nov`),
      );
      await page.waitForFunction(() => document.activeElement?.className === 'confirm-receipt');
      expect(await rowOf(page, code, 'Aug 2026').count()).toBe(0);
      expect(await page.locator('.confirm-bar').count()).toBe(0);
    });
    expect(await confirmedOf(code)).toEqual([
      ['2026-07', null],
      ['2026-08', '9.00'],
    ]);
  });

  test('confirms many at once, added up exactly for each currency', async () => {
    const rate = { currency: 'EUR', rate: '1.1' };
    for (const month of ['2026-07', '2026-08']) await api.as('admin').post('/exchange-rates', { ...rate, month });
    const dollars = await claimed(api, ['0.1', '0.2']);
    const euros = await claimed(api, ['1200000', '34.5'], { name: 'Many euros', currency: 'EUR' });
    await visit(browser, api, 'finance', {}, async (page) => {
      await openWorkList(page, 'sort=code');
      for (const code of [dollars, euros])
        for (const month of ['Jul 2026', 'Aug 2026']) await boxOf(page, code, month).check();
      const button = page.getByRole('button', { name: /^Confirm 4 values/ });
      expect(await button.innerText()).toBe('Confirm 4 values · 0.300 USD + 1.20 m EUR');
      // The amount in the reporting currency stands beside one in another.
      expect(await rowOf(page, euros, 'Aug 2026').innerText()).toContain('1,320,000.00 USD');
      await confirmChosen(page);
      expect(await receiptOf(page)).toContain('4 values of 2 benefits confirmed, 0.300 USD + 1.20 m EUR');
    });
    for (const code of [dollars, euros])
      expect((await confirmedOf(code)).every((row) => (row as unknown[])[1])).toBe(true);
  });

  test('rejects with a note, which who reported the value meets in the grid; put right, it waits again', async () => {
    const code = await claimed(api, ['9']);
    await visit(browser, api, 'finance', {}, async (page) => {
      await openWorkList(page, `q=${code}`);
      await boxOf(page, code, 'Aug 2026').check();
      await page.getByRole('button', { name: 'Reject with a note' }).click();
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: /^Reject/ })
        .click();
      expect(await page.getByRole('alertdialog').locator('.field-error').innerText()).toContain(
        'Say what has to be put right',
      );
      await page.getByRole('alertdialog').getByRole('textbox').fill('Attach the invoice');
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: /^Reject/ })
        .click();
      expect(await receiptOf(page)).toContain('1 value of 1 benefit rejected');
      await page.getByRole('link', { name: 'Rejected', exact: true }).click();
      await settled(page);
      expect(await rowOf(page, code, 'Aug 2026').innerText()).toContain('“Attach the invoice”');
    });
    await visit(browser, api, 'pm-dig', {}, async (page) => {
      await openSheet(page, `from=2026-06&to=2026-09&q=${code}`);
      const cell = cellOf(page, code, 'August 2026');
      expect(await cell.getAttribute('data-state')).toBe('rejected');
      expect(await cell.getAttribute('aria-label')).toContain(`rejected by ${emailOf('finance')}: Attach the invoice`);
      await cell.click();
      expect(await page.locator('.entry-line').innerText()).toContain('Attach the invoice');
    });
    const [month] = await stored(api, code);
    const answer = { benefit: code, month: '2026-08', evidence: 'Invoice 12', version: month!['version'] };
    expect((await save(api, [answer])).status).toBe(200);
    await visit(browser, api, 'finance', {}, async (page) => {
      await openWorkList(page, `q=${code}&why=resubmitted`);
      const row = rowOf(page, code, 'Aug 2026');
      expect(await row.innerText()).toMatch(
        /Reported anew[\s\S]*rejected by finance@tests.example[\s\S]*Attach the invoice/,
      );
      await boxOf(page, code, 'Aug 2026').check();
      await confirmChosen(page);
      expect(await receiptOf(page)).toContain('confirmed');
    });
    expect(await confirmedOf(code)).toEqual([['2026-08', '9.00']]);
  });

  test('shows a value that changed since it was confirmed with both amounts', async () => {
    const code = await claimed(api, ['9']);
    const judge = {
      verdict: 'confirm',
      items: [{ benefit: code, month: '2026-08', version: 1, amount: '9', currency: 'USD' }],
    };
    expect((await api.as('finance').post('/confirmations', judge)).status).toBe(200);
    await save(api, [{ benefit: code, month: '2026-08', realised: '7', version: 2 }], { reason: 'credit note' });
    await visit(browser, api, 'finance', {}, async (page) => {
      await openWorkList(page, `why=changed&q=${code}`);
      const text = await rowOf(page, code, 'Aug 2026').innerText();
      expect(text).toContain('7.00 USD');
      expect(text).toMatch(/Changed since confirmed[\s\S]*was 9\.00 USD, confirmed by finance@tests\.example/);
      expect(await page.locator('.message').innerText()).toMatch(/changed since (it was|they were) confirmed/);
    });
  });
});

describe('What cannot be judged', () => {
  test('one’s own value: the box is shut and the row says why', async () => {
    const code = await claimed(api, ['9', '8']);
    await reportedBy('finance', code);
    await visit(browser, api, 'finance', {}, async (page) => {
      await openWorkList(page, `q=${code}`);
      const box = boxOf(page, code, 'Aug 2026');
      expect(await box.isDisabled()).toBe(true);
      const id = (await box.getAttribute('aria-describedby'))!;
      expect(await page.locator(`[id="${id}"]`).innerText()).toBe('You reported it: someone else must judge it.');
      await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
      expect(await page.locator('.confirm-bar p').innerText()).toBe('1 value of 1 benefit chosen');
    });
  });

  test('a value that became one’s own meanwhile: somebody else must judge it, and the dialog says so', async () => {
    const code = await claimed(api, ['9', '8']);
    await visit(browser, api, 'finance', { expected: [/403/] }, async (page) => {
      await openWorkList(page, `q=${code}`);
      await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
      await page.getByRole('button', { name: /^Confirm 2 values/ }).click();
      await reportedBy('finance', code);
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: /^Confirm/ }).click();
      const refusal = dialog.getByRole('alert');
      await refusal.waitFor();
      expect(await refusal.innerText()).toContain('Someone else in finance must confirm or reject it.');
      await dialog.getByRole('button', { name: 'Confirm the other 1 value · 8.00 USD' }).click();
      expect(await receiptOf(page)).toContain('1 value of 1 benefit confirmed, 8.00 USD');
    });
  });

  test('a value that changed meanwhile: both amounts are said, the others can go on, and nothing is lost', async () => {
    const code = await claimed(api, ['9', '8', '6']);
    await visit(browser, api, 'finance', { expected: [/412/] }, async (page) => {
      await openWorkList(page, `q=${code}`);
      await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
      await page.getByRole('button', { name: /^Confirm 3 values/ }).click();
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('textbox').fill('Seen in the ledger');
      await save(api, [{ benefit: code, month: '2026-08', realised: '7', version: 1 }], { reason: 'credit note' });
      await dialog.getByRole('button', { name: /^Confirm/ }).click();
      const refusal = dialog.getByRole('alert');
      await refusal.waitFor();
      expect(await refusal.innerText()).toContain('You saw 9.00 USD, it is 7.00 USD now.');
      expect(await dialog.getByRole('textbox').inputValue()).toBe('Seen in the ledger');
      expect(await confirmedOf(code)).toEqual([
        ['2026-06', null],
        ['2026-07', null],
        ['2026-08', null],
      ]);
      await dialog.getByRole('button', { name: 'Confirm the other 2 values · 14.0 USD' }).click();
      expect(await receiptOf(page)).toContain('2 values of 1 benefit confirmed, 14.0 USD');
      const row = rowOf(page, code, 'Aug 2026');
      expect(await boxOf(page, code, 'Aug 2026').isChecked()).toBe(false);
      expect(await row.innerText()).toContain('7.00 USD');
    });
    expect(await confirmedOf(code)).toEqual([
      ['2026-06', '6.00'],
      ['2026-07', '8.00'],
      ['2026-08', null],
    ]);
  });

  test('a value whose currency changed meanwhile: both are said, and nothing is confirmed unseen', async () => {
    const code = await claimed(api, ['9']);
    await api.as('admin').post('/exchange-rates', { currency: 'EUR', month: '2026-08', rate: '1.1' });
    await visit(browser, api, 'finance', { expected: [/409/] }, async (page) => {
      await openWorkList(page, `q=${code}`);
      await boxOf(page, code, 'Aug 2026').check();
      await page.locator('.confirm-bar').getByRole('button', { name: 'Confirm 1 value · 9.00 USD' }).click();
      const match = { 'if-match': (await api.as('pm-dig').get(`/benefits/${code}`)).headers.get('etag')! };
      expect((await api.as('pm-dig').patch(`/benefits/${code}`, { currency: 'EUR' }, match)).status).toBe(200);
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: /^Confirm/ }).click();
      await dialog.getByRole('alert').waitFor();
      expect(await dialog.getByRole('alert').innerText()).toContain('is in EUR now; you saw it in USD.');
      await dialog.getByRole('button', { name: 'Back to the list' }).click();
      await settled(page);
      expect(await rowOf(page, code, 'Aug 2026').getByTestId('changed-meanwhile').innerText()).toContain(
        'Changed meanwhile: 9.00 USD when you chose it, 9.00 EUR now. Look at it again.',
      );
      await boxOf(page, code, 'Aug 2026').check();
      await confirmChosen(page);
      expect(await receiptOf(page)).toContain('1 value of 1 benefit confirmed, 9.00 EUR');
    });
  });

  test('an answer that is lost on the way: sent again, it is the answer of the first time', async () => {
    const code = await claimed(api, ['9']);
    await visit(browser, api, 'finance', { expected: [/FAILED/, /failed/] }, async (page) => {
      await openWorkList(page, `q=${code}`);
      await boxOf(page, code, 'Aug 2026').check();
      let lost = 0;
      await page.route('**/api/v1/confirmations', async (route) => {
        if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
        lost = (await route.fetch()).status();
        return route.abort('failed');
      });
      await confirmChosen(page);
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('alert').waitFor();
      expect(lost).toBe(200);
      expect(await dialog.getByRole('alert').innerText()).toContain('sent again, nothing is done twice');
      await dialog.getByRole('button', { name: /^Confirm/ }).click();
      expect(await receiptOf(page)).toContain('1 value of 1 benefit confirmed, 9.00 USD');
    });
    expect(await confirmedOf(code)).toEqual([['2026-08', '9.00']]);
    expect((await api.as('cio').get(`/benefits/${code}/confirmations`)).body.items).toHaveLength(1);
  });

  test('a failing server: the dialog says so, and what was chosen and written is kept', async () => {
    const code = await claimed(api, ['9']);
    await visit(browser, api, 'finance', { expected: [/REFUSED/, /failed/] }, async (page) => {
      await openWorkList(page, `q=${code}`);
      await boxOf(page, code, 'Aug 2026').check();
      await page.route('**/api/v1/confirmations', (route) =>
        route.request().method() === 'POST' ? route.abort('connectionrefused') : route.continue(),
      );
      await rejectChosen(page, 'Not this month');
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('alert').waitFor();
      expect(await dialog.getByRole('alert').innerText()).toContain('What you chose and wrote is kept');
      await page.unroute('**/api/v1/confirmations');
      await dialog.getByRole('button', { name: /^Reject/ }).click();
      expect(await receiptOf(page)).toContain('1 value of 1 benefit rejected');
    });
  });

  test('is not open to who does not confirm', async () => {
    for (const person of ['pm-dig', 'cio', 'stakeholder-bu1'] as const)
      await visit(browser, api, person, {}, async (page) => {
        await openWorkList(page);
        expect(await page.locator('.message').innerText()).toBe('Not for your role.');
        expect(
          await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Confirm' }).count(),
        ).toBe(0);
      });
  });
});
