/** The log of decisions, one decision and the rights to decide, on the example enterprise: read, closed by keyboard, opened again, and in conflict. */
import { describe, expect, test } from '@jest/globals';
import { defectsInBothThemes } from '../support/axe.js';
import { open, settled, visit } from '../support/browser.js';
import { exampleStage } from '../support/stage.js';

const PERIOD = '2026-Q3';
const LOG = `/decisions?period=${PERIOD}`;
const stage = exampleStage();

describe('decisions', () => {
  test('the log opens what it counts, and every drawing has its table with links', async () => {
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, LOG);
      const cell = page.locator('.level-table a').first();
      const wanted = (await cell.innerText()).replace(/\D/g, '');
      await cell.click();
      await page.waitForURL(/intended=/);
      await settled(page);
      await page
        .locator('#log [role="status"]')
        .filter({ hasText: new RegExp(`^${wanted} decisions? pass`) })
        .waitFor();
      const chart = page.locator('figure[data-chart="time-to-decide"]');
      await chart.locator('circle[data-key]').first().waitFor();
      const dots = await chart.locator('circle[data-key]').count();
      await chart.getByText('Show as table').click();
      expect(await chart.locator('.twin tbody tr').count()).toBe(dots);
      expect(await chart.locator('.twin tbody a').count()).toBe(dots);
      expect(await page.locator('th, .columns-label').filter({ hasText: /…$/ }).count()).toBe(0);
      expect(
        await page
          .getByText(/-\d/)
          .filter({ hasText: /(^|\s)-\d/ })
          .locator('visible=true')
          .count(),
      ).toBe(0);
    });
  });

  test('`n` adds one, `c` closes it with its option in one step, a colleague’s change is not overwritten', async () => {
    await visit(
      stage.browser,
      stage.example,
      'admin',
      { expected: [/412.*\/decisions\/DEC-BROWSER/] },
      async (page) => {
        await open(page, LOG);
        await page.keyboard.press('n');
        await page.waitForURL('**/decisions/new**');
        await page.getByLabel('The question to decide').fill('Do we stop the portal?');
        await page.getByLabel('Code').fill('DEC-BROWSER');
        await page.getByLabel('Intended level').selectOption('2');
        await page.getByRole('button', { name: 'Add the decision' }).click();
        await page.waitForURL('**/decisions/DEC-BROWSER**');
        await page.getByRole('button', { name: 'Add an option' }).click();
        await page.getByLabel('Option (required)').fill('Stop in June');
        await page.getByRole('button', { name: 'Add the option' }).click();
        await page.locator('.option-name', { hasText: 'Stop in June' }).waitFor();
        const why = page.getByRole('button', { name: 'Why? The option Stop in June' });
        const told = async () =>
          (await stage.example.as('admin').get('/audit?objectType=decision_option&limit=1')).body.items[0];
        await why.press('Enter');
        await page.keyboard.type('The board said so');
        await page.getByRole('button', { name: 'Choose the option Stop in June' }).click();
        await page.locator('.option-name', { hasText: 'chosen' }).waitFor();
        expect((await told()).reason).toBe('The board said so');
        await page.getByLabel('Reason (optional)').waitFor({ state: 'detached' });
        await why.press('Enter');
        await page.keyboard.type('Asked twice');
        await page.getByRole('button', { name: 'Remove the option Stop in June' }).click();
        await page.getByText('“Stop in June” is removed.').waitFor();
        expect(await told()).toMatchObject({ action: 'archived', reason: 'Asked twice' });
        await page.getByRole('button', { name: 'Bring it back' }).click();
        await page.locator('.option-name', { hasText: 'Stop in June' }).waitFor();
        expect(await page.locator('.option-name', { hasText: 'chosen' }).count()).toBe(0);
        const colleague = async (body: Record<string, string>): Promise<void> => {
          const { etag } = Object.fromEntries((await stage.example.as('admin').get('/decisions/DEC-BROWSER')).headers);
          const reply = await stage.example.as('admin').patch('/decisions/DEC-BROWSER', body, { 'if-match': etag! });
          expect(reply.status).toBe(200);
        };
        const act = async (what: string, body: Record<string, unknown>): Promise<void> => {
          const { etag } = Object.fromEntries((await stage.example.as('admin').get('/decisions/DEC-BROWSER')).headers);
          const reply = await stage.example
            .as('admin')
            .post(`/decisions/DEC-BROWSER/${what}`, body, { 'if-match': etag! });
          expect(reply.status).toBe(200);
        };
        // From the log, on the decision that has the focus.
        await open(page, `${LOG}&q=DEC-BROWSER`);
        await page.locator('#log [data-decision="DEC-BROWSER"]').focus();
        await page.keyboard.press('c');
        await page.waitForURL(/\/decisions\/DEC-BROWSER\?(?!.*form=)/);
        await page.getByLabel('Outcome (required)').selectOption('approved');
        await page.getByLabel('Option chosen').selectOption({ label: 'Stop in June' });
        await page.getByLabel('What is given up').fill('A year of comfort');
        await colleague({ givenUp: 'The portal', tradeOff: 'Speed or comfort' });
        await page.getByRole('button', { name: 'Close the decision' }).click();
        const theirs = page.getByRole('alert').filter({ hasText: 'Someone else changed this' });
        await theirs.getByText('What is given up: theirs The portal, yours A year of comfort').waitFor();
        await theirs.getByText('Trade-off: now Speed or comfort').waitFor();
        expect(await page.getByLabel('Outcome (required)').inputValue()).toBe('approved');
        await page.getByRole('button', { name: 'Close the decision' }).click();
        await page
          .locator('.page-header .message')
          .filter({ hasText: /^Approved / })
          .waitFor();
        await page.locator('.option-name', { hasText: 'chosen' }).waitFor();

        const change = () => page.getByRole('button', { name: 'Change', exact: true }).click();
        const save = () => page.getByRole('button', { name: 'Save' }).click();
        await change();
        await page.getByLabel('Trade-off').fill('Speed or safety');
        // Another quarter keeps the page, and what is typed on it.
        await page.getByRole('link', { name: /^Previous quarter/ }).click();
        await page.waitForURL(/period=2026-Q2/);
        await settled(page);
        expect(await page.getByLabel('Trade-off').inputValue()).toBe('Speed or safety');
        await colleague({ rationale: 'Nobody uses it.' });
        await save();
        await page.getByRole('alert').filter({ hasText: 'changed this' }).first().waitFor();
        await page.getByRole('button', { name: 'Cancel' }).click();
        await page.getByRole('button', { name: 'Cancel' }).click();
        await page.getByText('Nobody uses it.').waitFor();
        // What only they touched is taken over; what both did is said, and the last word is asked for.
        await change();
        await page.getByLabel('Trade-off').fill('Speed or safety');
        await page.getByRole('combobox', { name: 'About' }).fill('EX-INI-11');
        await page.getByRole('option', { name: 'EX-INI-11' }).click();
        await colleague({ rationale: 'Two people use it.', tradeOff: 'Money or time' });
        await save();
        await page.getByText('Taken over, as you had not touched it: Why.').waitFor();
        await page.getByText('Trade-off: theirs Money or time, yours Speed or safety').waitFor();
        await save();
        await page.getByText('Two people use it.').waitFor();
        await page.locator('.page-header').getByRole('link', { name: 'Automatic claims payments' }).waitFor();
        expect((await stage.example.as('admin').get('/decisions/DEC-BROWSER')).body).toMatchObject({
          tradeOff: 'Speed or safety',
          rationale: 'Two people use it.',
          aboutType: 'initiative',
          aboutCode: 'EX-INI-11',
          title: 'Do we stop the portal?',
        });
        await page.getByRole('button', { name: 'Open again' }).click();
        await page.getByLabel('Why (required)').fill('New facts');
        await colleague({ rationale: 'Nobody at all uses it.' });
        await page.getByRole('button', { name: 'Open it again' }).click();
        await theirs.getByText('Why: now Nobody at all uses it.').waitFor();
        expect(await page.getByLabel('Why (required)').inputValue()).toBe('New facts');
        await page.getByRole('button', { name: 'Open it again' }).click();
        await page
          .locator('.page-header .message')
          .filter({ hasText: /^Open.*1 time opened again/ })
          .waitFor();
        // Nobody said by when it is needed: what depends on it is listed, and what is missing to know what a month of waiting costs is said.
        const waiting = page.getByRole('region', { name: 'What waits for it' });
        await waiting.getByRole('rowheader').first().waitFor();
        expect(await waiting.getByRole('columnheader').allTextContents()).toEqual(['Benefit', 'Part due to it']);
        await waiting.getByText('What a month of waiting costs is not known: nobody has said by when').waitFor();
        // The form offers the days since then, and its own day is taken.
        await page.locator('#content').focus();
        await page.keyboard.press('c');
        const on = page.getByLabel('Decided on (required)');
        const [from, to] = [await on.getAttribute('min'), await on.getAttribute('max')];
        expect([await on.inputValue(), from]).toEqual([to, to]);
        await on.fill('2026-01-05');
        await page.getByLabel('Outcome (required)').selectOption('declined');
        await page.getByRole('button', { name: 'Close the decision' }).click();
        await page
          .getByText(/^Decided on: choose a day from/)
          .first()
          .waitFor();
        await on.fill(to!);
        // A colleague takes the choice away, and changes a field: both are told, and a choice that nobody touched here stays theirs.
        await act('choose', { option: null });
        await colleague({ tradeOff: 'Speed or peace' });
        await page.getByRole('button', { name: 'Close the decision' }).click();
        await theirs.getByText('Trade-off: now Speed or peace').waitFor();
        await theirs.getByText('Its options or its history may have changed: cancel to look at them.').waitFor();
        await page.getByRole('button', { name: 'Close the decision' }).click();
        await page
          .locator('.page-header .message')
          .filter({ hasText: /^Declined .*and reversed/ })
          .waitFor();
        expect(await page.locator('.option-name', { hasText: 'chosen' }).count()).toBe(0);
        // What it chose stands: there is nothing to choose, remove or add.
        expect(await page.getByRole('button', { name: /^(Choose|Remove|Add) (the|an) option/ }).count()).toBe(0);
        await page.keyboard.press('n');
        await page.waitForURL('**/decisions/new**');
      },
    );
  });

  test('forums are designed where their rights stand: added, changed in their row, and read only by others', async () => {
    const RIGHTS = `/decisions/rights?period=${PERIOD}`;
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, RIGHTS);
      await page.getByRole('button', { name: 'Add a forum' }).click();
      const form = page.getByRole('form', { name: 'Add a forum' });
      await form.getByLabel('Code').fill('FO-NEW');
      await form.getByLabel('Name').fill('Circle of architects');
      await form.getByRole('button', { name: 'Add the forum' }).click();
      const change = page.getByRole('button', { name: 'Change Circle of architects' });
      await page.locator('.rights-idle').getByText('Circle of architects').first().waitFor();
      await change.click();
      await page.getByRole('checkbox', { name: 'architecture' }).check();
      await page.getByLabel('Its level').selectOption('2');
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
      await page.getByRole('button', { name: 'Save the forum' }).click();
      const row = page.getByRole('row', { name: /Circle of architects/ });
      await row.getByText('decides', { exact: true }).waitFor();
      expect(await page.locator('.rights-idle').count()).toBe(0);
      await change.waitFor();
    });
    await visit(stage.browser, stage.example, 'finance', {}, async (page) => {
      await open(page, RIGHTS);
      expect(
        await page
          .locator('#content')
          .getByRole('button', { name: /forum|Change/ })
          .count(),
      ).toBe(0);
    });
  });

  test('who manages a portfolio says what a new one is about; a quarter under way is marked beside a whole one', async () => {
    await visit(stage.browser, stage.example, 'pm-dig', {}, async (page) => {
      await open(page, '/decisions/new');
      await page.getByRole('button', { name: 'Add the decision' }).click();
      await page.getByText('About is missing.').first().waitFor();
      await open(page, '/decisions/EX-DEC-44?period=2026-Q4');
      const effect = page.getByRole('table', { name: 'Metrics before the decision and now' });
      await effect.locator('abbr[title^="provisional"]').first().waitFor();
    });
  });

  test.each([LOG, `/decisions/rights?period=${PERIOD}`, '/decisions/EX-DEC-01'])(
    '%s has no defect in either theme, and fits 320 pixels',
    async (path) => {
      await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
        await open(page, path);
        expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
        await page.setViewportSize({ width: 320, height: 700 });
        await settled(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      });
    },
  );
});
