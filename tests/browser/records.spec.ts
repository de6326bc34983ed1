import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { open, settled, visit } from '../support/browser.js';
import { emailOf } from '../support/harness.js';
import { goldenStage } from '../support/stage.js';

/** One record at a time: its form, its links, its months. */

const stage = goldenStage();
const PERIOD = 'period=2026-Q4';
const admin = () => stage.api.as('admin');
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

describe('A record', () => {
  test('is entered, changed and archived, and each step stands in its history', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, '/outcomes/new?name=Fewer%20calls');
      expect(await page.getByLabel(/^Name/).inputValue()).toBe('Fewer calls');
      await page.getByLabel(/^Code/).fill('OUT-NEW');
      await page.getByLabel('Type').selectOption('cost');
      await page.getByLabel('Baseline').fill('1,234.5');
      await page.getByText('Read as 1,234.5').waitFor();
      await page.getByRole('combobox', { name: 'Accountable unit' }).fill('BU2');
      await page.getByRole('option', { name: /^BU2/ }).click();
      await save(page);
      await page.waitForURL('**/outcomes/OUT-NEW');
      await settled(page);
      const stored = (await admin().get('/outcomes/OUT-NEW')).body;
      expect(stored).toMatchObject({ name: 'Fewer calls', type: 'cost', baseline: '1234.5', orgUnitCode: 'BU2' });

      await page.getByRole('link', { name: 'Name an owner' }).click();
      await page.waitForURL('**/edit?**');
      await page.waitForFunction(() => document.activeElement?.id === 'field-ownerEmail');
      await page.keyboard.type('ada@example.org');
      await page.getByLabel('Reason (optional)').fill('Für 5 % “mehr”.');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/outcomes/OUT-NEW');
      await page.getByText('Outcome · owned by ada@example.org').waitFor();
      await settled(page);
      const history = page.locator('section', { hasText: 'History' }).last();
      expect(await history.locator('li').first().innerText()).toMatch(/Für 5 % “mehr”\.[^]*ada@example\.org/);

      await page.getByRole('button', { name: 'Archive' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click();
      await page.waitForURL('**/outcomes');
      expect((await admin().get('/outcomes/OUT-NEW')).status).toBe(404);
    });
  });

  test('that others rest on is not archived, and what stands in the way is named', async () => {
    await visit(stage.browser, stage.api, 'admin', { expected: [/409/] }, async (page) => {
      await open(page, `/capabilities/CAP-1?${PERIOD}`);
      await page.getByRole('button', { name: 'Archive' }).click();
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: 'Archive' }).click();
      expect(await dialog.getByRole('alert').innerText()).toMatch(/cannot be archived: .*links.* refer to it/);
      await dialog.getByRole('button', { name: 'Keep it' }).click();
      expect((await admin().get('/capabilities/CAP-1')).status).toBe(200);
    });
  });

  test('tells every mistake at once, in the same words above and at the field, and loses nothing', async () => {
    await visit(stage.browser, stage.api, 'admin', { expected: [/422/] }, async (page) => {
      await open(page, '/benefits/new');
      await page.getByLabel('Owner').fill('ada');
      await page.getByLabel('Baseline').fill('NA');
      await page.getByLabel('Baseline').press('Enter');
      const summary = page.locator('.error-summary');
      await summary.waitFor();
      expect(await page.evaluate(() => document.activeElement?.classList.contains('error-summary'))).toBe(true);
      const sentences = await summary.locator('li').allInnerTexts();
      expect(sentences).toEqual([
        'Code: This is missing. State it.',
        'Name: This is missing. State it.',
        'Owner: Write only the e-mail address, such as ada@example.org.',
        'Baseline: “NA” cannot be read as a number. Write it like 1,234.50.',
      ]);
      const inline = (await page.locator('.field-error').allInnerTexts()).map((text) => text.replace('▲ ', ''));
      expect(inline.sort()).toEqual([...sentences].sort());
      await summary.getByRole('link', { name: /^Owner/ }).press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-ownerEmail');
      expect(await page.getByLabel('Baseline').inputValue()).toBe('NA');

      // What only the server can know comes to its field too.
      await page.getByLabel(/^Code/).pressSequentially('BEN-BAD');
      // Typing leaves the focus in the field: the summary takes it once, when the form is sent.
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-code');
      expect(await page.getByLabel(/^Code/).inputValue()).toBe('BEN-BAD');
      await page.getByLabel(/^Name/).fill('Bad');
      await page.getByLabel('Owner').fill('');
      await page.getByLabel('Baseline').fill('');
      await page.getByRole('combobox', { name: 'Portfolio' }).fill('NOWHERE');
      await page.getByRole('listbox').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('listbox').waitFor({ state: 'detached' });
      await save(page);
      await page.getByRole('link', { name: /^Portfolio: There is no portfolio with the code NOWHERE/ }).waitFor();
      expect(await page.locator('#field-portfolioCode').getAttribute('aria-invalid')).toBe('true');
    });
  });

  test('changed by two people shows both values, who and when, and takes one choice a field', async () => {
    await visit(stage.browser, stage.api, 'admin', { expected: [/412/] }, async (page) => {
      await open(page, `/benefits/BEN-4/edit?${PERIOD}`);
      const before = (await admin().get('/benefits/BEN-4')).body;
      await page.getByLabel(/^Name/).fill('Mine');
      await page.getByLabel('Unit', { exact: true }).fill('mine');
      const theirs = await stage.api
        .as('pm-core')
        .patch(
          '/benefits/BEN-4',
          { name: 'Theirs', unit: 'theirs', declaredNote: 'Noted' },
          { 'if-match': `"v${before.version}"` },
        );
      expect(theirs.status).toBe(200);
      await save(page);
      const panel = page.getByRole('alert').filter({ hasText: 'while you were editing' });
      await panel.waitFor();
      await panel.getByText(emailOf('pm-core')).waitFor();
      expect(await panel.innerText()).toContain('Note on the declared status');
      expect(await panel.getByRole('group', { name: 'Name' }).innerText()).toMatch(/Theirs[\s\S]*Mine/);
      await save(page);
      await page.getByText('Name: Someone else changed this too. Take theirs or keep yours.').first().waitFor();
      await panel.getByRole('group', { name: 'Name' }).getByRole('button', { name: 'Keep mine' }).click();
      await panel.getByRole('group', { name: 'Unit' }).getByRole('button', { name: 'Take theirs' }).click();
      await save(page);
      await page.waitForURL('**/benefits/BEN-4?**');
      expect((await admin().get('/benefits/BEN-4')).body).toMatchObject({
        name: 'Mine',
        unit: 'theirs',
        declaredNote: 'Noted',
      });
    });
  });

  test('that is being changed is not left without asking, and leads back to where it was opened from', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/capabilities/CAP-2/edit?${PERIOD}&return=%2Fchain%3Fperiod%3D2026-Q4`);
      await page.getByLabel(/^Name/).fill('Half done');
      await page.getByRole('link', { name: 'Export' }).click();
      const dialog = page.getByRole('alertdialog', { name: 'Leave without saving?' });
      await dialog.getByRole('button', { name: 'Stay' }).click();
      expect(await page.getByLabel(/^Name/).inputValue()).toBe('Half done');
      await page.getByRole('link', { name: 'Cancel' }).click();
      await dialog.getByRole('button', { name: 'Leave' }).click();
      await page.waitForURL('**/chain?period=2026-Q4');
      expect((await admin().get('/capabilities/CAP-2')).body.name).not.toBe('Half done');
    });
  });

  test('whose code holds odd signs has a page like any other', async () => {
    const code = 'A/B 50% $x?ä#1';
    expect((await admin().post('/capabilities', { code, name: 'Odd' })).status).toBe(201);
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, '/capabilities?q=A%2FB');
      await page.getByRole('link', { name: 'Odd' }).click();
      await page.locator('.message', { hasText: code }).waitFor();
      await page.getByRole('link', { name: 'Edit' }).click();
      await page.getByLabel(/^Name/).waitFor();
      expect(await page.getByLabel(/^Code/).inputValue()).toBe(code);
    });
  });
});

describe('A link', () => {
  test('shows while it is typed what the other links take, to the third, and refuses more than the whole', async () => {
    for (const name of ['A', 'B', 'C'])
      expect((await admin().post('/capabilities', { code: `CAP-S${name}`, name })).status).toBe(201);
    await admin().post('/initiatives', { code: 'INI-S', name: 'Shares' });
    await admin().post('/links', { fromCode: 'INI-S', toCode: 'CAP-SA' });
    await admin().post('/links', { fromCode: 'INI-S', toCode: 'CAP-SB' });
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, '/links/new?from=initiative:INI-S');
      const shares = page.getByRole('group', { name: 'Cost of INI-S, all links' });
      await shares
        .getByText('3 blank links share the remaining 100\u00a0%: 33.33\u00a0% each, rounded (assumed).')
        .waitFor();
      await page.getByRole('combobox', { name: 'To' }).fill('CAP-S');
      await page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 3);
      await page.getByRole('option', { name: /^CAP-SC/ }).click();
      await page.getByLabel('Allocation').fill('25 %');
      await shares
        .getByText(
          '25\u00a0% stated over 1 link. 2 blank links share the remaining 75\u00a0%: 37.5\u00a0% each (assumed).',
        )
        .waitFor();
      await page.getByText('Value of CAP-SC: No share is stated.').waitFor();
      await save(page);
      await page.waitForURL(/\/links\/[0-9a-f-]{36}$/);
      await page.getByText('25.00\u00a0%').first().waitFor();
    });
    const { items } = (await admin().get('/links?fromCode=INI-S')).body;
    const other = items.find(({ toCode }: { toCode: string }) => toCode === 'CAP-SA');
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/links/${other.id}/edit`);
      await page.getByLabel('Allocation').fill('80');
      await page.getByText('That is 5\u00a0% too much').waitFor();
      await save(page);
      await page
        .getByRole('link', {
          name: 'Allocation: The shares add up to 105\u00a0%, 5\u00a0% too much. Beside this link stand CAP-SC (25.00\u00a0%).',
        })
        .waitFor();
      expect(await page.locator('#field-fromCode').count()).toBe(0);
      await page.getByLabel('Allocation').fill('75');
      await page.getByText('Nothing is left for the blank link.').waitFor();
      await save(page);
      await page.waitForURL(new RegExp(`/links/${other.id}$`));
    });
    expect((await admin().get(`/links/${other.id}`)).body.allocation).toBe('75.00');
  });

  test('that is there already is not made twice', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, '/links/new?from=initiative:INI-1&to=capability:CAP-6');
      await page.getByRole('group', { name: 'Cost of INI-1, all links' }).waitFor();
      await save(page);
      await page.getByRole('link', { name: 'To: A link to CAP-6 is there already. Change that one.' }).waitFor();
    });
  });
});

describe('Months', () => {
  test('has months whose editor Esc closes, after a warning where something was typed, and gives the focus back', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/investments/INV-1?${PERIOD}`);
      const change = page.getByRole('button', { name: /^Change / }).nth(1);
      const label = await change.getAttribute('aria-label');
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      await change.click();
      await page.getByRole('button', { name: 'Save month' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Save month' }).waitFor({ state: 'detached' });
      expect(await focused()).toBe(label);
      await change.click();
      await page.getByRole('textbox', { name: 'Planned' }).fill('1');
      await page.keyboard.press('Escape');
      await page.getByText('Press Esc again to give it up.').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Save month' }).waitFor({ state: 'detached' });
      expect(await focused()).toBe(label);
      await page.getByRole('button', { name: 'Add a month' }).click();
      await page.getByRole('button', { name: 'Save month' }).click();
      await page.getByRole('alert').getByText('Choose a month.').waitFor();
    });
  });

  test('are added and changed one at a time; a realised value that changes needs a reason', async () => {
    await visit(stage.browser, stage.api, 'pm-core', {}, async (page) => {
      await open(page, `/benefits/BEN-10?${PERIOD}`);
      await page.getByRole('button', { name: 'Add a month' }).click();
      await page.getByLabel('Month (required)').fill('2031-05');
      await page.getByRole('textbox', { name: 'Planned' }).fill('1,500.25');
      await page.getByRole('button', { name: 'Save month' }).click();
      await page.getByRole('button', { name: 'Change May 2031' }).click();
      await page.getByRole('textbox', { name: 'Realised' }).fill('1400');
      await page.getByRole('button', { name: 'Save month' }).click();
      await page.locator('.month-form').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Change May 2031' }).click();
      await page.getByRole('textbox', { name: 'Realised' }).fill('1450');
      await page.getByRole('button', { name: 'Save month' }).click();
      const summary = page.locator('.error-summary');
      expect(await summary.innerText()).toContain('A realised value is there already. Say why it changes.');
      await page.getByLabel(/^Reason/).fill('Late invoice');
      await page.getByRole('button', { name: 'Save month' }).click();
      await page.locator('.month-form').waitFor({ state: 'detached' });
    });
    const { items } = (await admin().get('/benefits/BEN-10/values')).body;
    expect(items.at(-1)).toMatchObject({ month: '2031-05', planned: '1500.25', realised: '1450.00' });
  });

  test('that somebody else changed meanwhile show both values', async () => {
    await visit(stage.browser, stage.api, 'admin', { expected: [/412/] }, async (page) => {
      await open(page, `/investments/INV-1?${PERIOD}`);
      const { items } = (await admin().get('/investments/INV-1/costs')).body;
      const { month, kind, version } = items[0];
      await page.locator('#costs tbody').getByRole('button').first().click();
      await page.getByRole('textbox', { name: 'Planned' }).fill('77');
      const change = { items: [{ month, kind, version, planned: '66' }] };
      expect((await admin().put('/investments/INV-1/costs', change)).status).toBe(200);
      await page.getByRole('button', { name: 'Save month' }).click();
      await page.getByText('Planned: theirs 66.00, yours 77').waitFor();
      await page.getByLabel('Reason (optional)').fill('The order was changed.');
      await page.getByRole('button', { name: 'Save month' }).click();
      await page.locator('.month-form').waitFor({ state: 'detached' });
      expect((await admin().get('/investments/INV-1/costs')).body.items[0].planned).toBe('77.00');
      expect((await admin().get('/audit?limit=1')).body.items[0].reason).toBe('The order was changed.');
    });
  });
});
