import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { review, type Review } from '../../server/contract/review.js';
import { defectsInBothThemes } from '../support/axe.js';
import { open, settled, visit } from '../support/browser.js';
import { shownRows } from '../support/handed-out.js';
import { save, stored as monthsOf } from '../support/entries.js';
import { frozenReview, tableOf } from '../support/frozen-reviews.js';
import { FINE, look, scrolling } from '../support/layout.js';
import { goldenStage } from '../support/stage.js';

/** The quarterly review on the screen: begun, written, frozen, compared, published; one after the other, as in a quarter. */

const PERIOD = '2026-Q2';
const CODE = `VR-${PERIOD}`;
const SPEND = 'spend?span=to_date';
const stage = goldenStage();
const stored = async (): Promise<Review> =>
  review.parse((await stage.api.as('cio').get(`/api/v1/reviews/${CODE}`)).body);
const openReview = (page: Page, search = '') => open(page, `/reviews/${CODE}?period=${PERIOD}${search}`);
const firstSentence = (page: Page) => page.locator('[data-section=headline] .sentence-text').first();
const chip = (page: Page, key = SPEND) =>
  page.locator(`[data-section=headline] h2 + * ~ * [data-num="${key}"]`).first();

describe('A review', () => {
  test('is begun from the empty list, and its sentences are written with a figure and a number of one’s own, which survive a reload', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, `/?period=${PERIOD}`);
      await page.keyboard.press('g');
      await page.keyboard.press('q');
      await page.getByText(/^No review yet – start from 2026.Q2/).waitFor();
      await page.getByRole('button', { name: 'Start the review of 2026 Q2' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/reviews/${CODE}?**`);
      await firstSentence(page).focus();
      await page.keyboard.press('End');
      await page.keyboard.type(' That is 12 projects and @');
      await page.getByRole('dialog', { name: 'Choose a figure' }).waitFor();
      await page.keyboard.type('realised');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('group', { name: 'Uncited number 12' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Cite 12' }).click();
      await page.getByRole('group', { name: 'Nearest to 12', exact: true }).waitFor();
      await page.keyboard.press('Escape');
      expect(await firstSentence(page).locator('[data-chip]').count()).toBe(2);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('by hand').first().waitFor();
    });
    const { document } = await stored();
    const [sentence] = document.sections.find(({ id }) => id === 'headline')!.sentences;
    expect(sentence).toMatchObject({ by: 'hand', uncited: ['12'] });
    expect(sentence!.text).toMatch(/^.*\[\[spend\?span=to_date\]\].* That is 12 projects and \[\[[^\]]+\]\]$/);
  }, 120_000);

  test('that somebody else saved meanwhile shows both texts before one is written over', async () => {
    await visit(stage.browser, stage.api, 'cio', { expected: [/412/] }, async (page) => {
      await openReview(page);
      await firstSentence(page).focus();
      await page.keyboard.press('End');
      await page.keyboard.type(' Mine.');
      const now = await stored();
      const text = 'Theirs: [[spend?span=to_date]] of [[budget?span=to_date]] in 12 projects.';
      const headline = [{ id: 'theirs', text, shown: { [SPEND]: '1 m USD', 'budget?span=to_date': '2 m USD' } }];
      const [body, ifMatch] = [{ narrative: { headline } }, { 'If-Match': `"v${now.version}"` }];
      const reply = await stage.api.as('admin').patch(`/api/v1/reviews/${now.id}`, body, ifMatch);
      expect(reply.status).toBe(200);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      const dialog = page.getByRole('alertdialog', { name: 'Saved by someone else meanwhile' });
      await dialog.getByText(/^Theirs: 1\.11.m.USD of .* in 12 projects\.$/).waitFor();
      await dialog.getByText(/Mine\.$|Mine\. /).waitFor();
      await dialog.getByRole('button', { name: 'Take what is saved' }).click();
      await page.getByRole('button', { name: 'Drop the edits' }).waitFor({ state: 'detached' });
      expect(await firstSentence(page).innerText()).toContain('Theirs');
      await page.getByText(/^⚠ Changed since this was written: Spend, to date 1.m.USD.*; Budget, to date/).waitFor();
      expect(await page.getByRole('button', { name: 'The sentence still holds' }).count()).toBe(1);
    });
  }, 90_000);

  test('loses no word that is typed while it is saved, or while somebody else freezes it', async () => {
    const cio = stage.api.as('cio');
    const { id, code } = (await cio.post('/api/v1/reviews', { period: '2026-Q3' })).body as Review;
    await visit(stage.browser, stage.api, 'cio', { expected: [/409/] }, async (page) => {
      await open(page, `/reviews/${code}`);
      await page.getByText('Scope and quarter are those of the review').waitFor();
      const type = async (words: string) => {
        await firstSentence(page).focus();
        await page.keyboard.press('End');
        await page.keyboard.type(words);
      };
      await type(' Sent.');
      const isSent = page.waitForRequest((request) => request.method() === 'PATCH');
      let answer = (): void => undefined;
      const held = new Promise<void>((done) => (answer = done));
      await page.route(`**/reviews/${id}`, async (route) => {
        await held;
        await route.continue();
      });
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await isSent;
      await type(' Typed meanwhile.');
      const isSaved = page.waitForResponse((response) => response.request().method() === 'PATCH');
      answer();
      expect((await isSaved).status()).toBe(200);
      await page.getByText('Not saved: 1 section.').waitFor();
      expect(await firstSentence(page).innerText()).toContain('Sent. Typed meanwhile.');

      const now = (await cio.get(`/api/v1/reviews/${id}`)).body as Review;
      const frozen = await cio.post(
        `/api/v1/reviews/${id}/freeze`,
        { reason: 'The board meets.', contentSha256: now.contentSha256 },
        { 'If-Match': `"v${now.version}"`, 'Idempotency-Key': 'somebody else' },
      );
      expect(frozen.status).toBe(200);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('button', { name: 'Read the frozen review' }).click();
      const left = page.getByRole('region', { name: 'Your words that were not saved' });
      await left.getByText('Sent. Typed meanwhile.').waitFor();
      await left.getByRole('button', { name: 'Copy the words' }).waitFor();
      await left.getByRole('button', { name: 'Drop them' }).click();
      await left.waitFor({ state: 'detached' });
    });
  }, 90_000);

  test('takes a figure over from where it is traced, as the last sentence of a section', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, `/?period=${PERIOD}&trace=realised`);
      await page.getByRole('button', { name: 'Pin to review' }).click();
      const dialog = page.getByRole('dialog', { name: /^Pin to the review of 2026.Q2$/ });
      await dialog.getByLabel('Where').selectOption('Money to benefit');
      await dialog.getByLabel('Words before the figure').fill('Seen on the overview');
      await dialog.getByRole('button', { name: 'Pin it' }).click();
      await dialog.getByText('Pinned to Money to benefit: Seen on the overview:', { exact: false }).waitFor();
      await dialog.getByRole('link', { name: 'Open the review' }).click();
      await page.locator('[data-section=money] [data-chip="realised"]').waitFor();
    });
    const { document } = await stored();
    const pinned = document.sections.find(({ id }) => id === 'money')!.sentences.at(-1)!;
    expect(pinned).toMatchObject({ text: 'Seen on the overview: [[realised]].', by: 'hand', uncited: [] });
    expect(document.figures['realised']!.text).toBe(document.figures['realised?span=to_date']!.text);
  }, 90_000);

  test('is frozen with a reason while points are open; what is frozen is static, proven, and leads to its records and back', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, `/?period=${PERIOD}`);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('freeze review');
      await page.getByRole('option', { name: /^Freeze review, 2026.Q2$/ }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('alertdialog', { name: `Freeze ${CODE}?` });
      await dialog.getByText('What is frozen never changes', { exact: false }).waitFor();
      await dialog.getByText(/Numbers in the narrative that are neither cited nor confirmed/).waitFor();
      await page.locator('.freeze-checks[aria-busy]').waitFor({ state: 'detached' });
      await dialog.getByRole('button', { name: 'Freeze anyway' }).click();
      await dialog.getByText('Say why it is frozen with open points.').waitFor();
      await dialog.getByRole('textbox').fill('The board meets on Monday.');
      await dialog.getByRole('button', { name: 'Freeze anyway' }).click();
      await page.getByText('Its content never changes.', { exact: false }).waitFor();
      await page.locator('.data-state').filter({ hasText: 'Frozen' }).waitFor();
      expect(await page.locator('.sentence-text').count()).toBe(0);
      await page.getByText('Frozen with open points because: The board meets on Monday.').waitFor();
      await page.locator('.review-cover').getByText('The board meets on Monday.').waitFor();
      expect(await page.locator('.review-prose').first().textContent()).toContain('† (written by hand)');
      await page.getByText('* number neither cited nor confirmed · † sentence written by hand').first().waitFor();
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText(/^✓ Intact/).waitFor();

      const { document } = await stored();
      const ledger = document.sections.find(({ id }) => id === 'headline')!.tables.find(({ id }) => id === 'ledger')!;
      const shown = await shownRows(page.getByRole('region', { name: ledger.title }));
      expect(shown).toEqual(ledger.rows.map((row) => row.map(({ text }) => text)));
      const figure = document.figures[SPEND]!;
      const number = chip(page);
      expect(await number.innerText()).toBe(figure.text);
      await number.focus();
      await page.keyboard.press('Enter');
      const panel = page.locator('#trace-panel');
      await panel.getByText(figure.formula.text).waitFor();
      await panel.getByRole('button', { name: /^View \d+ records$/ }).click();
      expect(figure.full).toContain((await panel.locator('tfoot td').innerText()).trim());
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'detached' });
      await page.waitForFunction((key) => globalThis.document.activeElement?.getAttribute('data-num') === key, SPEND);
    });
  }, 120_000);

  test('is published, and read by a stakeholder; fits every screen without defects in light and dark', async () => {
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await openReview(page);
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Publish it' }).click();
      await page.locator('[data-state=published]').waitFor();
      await open(page, `/reviews?period=${PERIOD}`);
      const since = page.getByRole('link', { name: `${CODE} as it is restated today` });
      await page.getByText('as published', { exact: true }).waitFor();
      await page.getByText('as frozen', { exact: true }).waitFor();
      expect(await since.count()).toBe(1);
    });
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const)
      await visit(stage.browser, stage.api, 'stakeholder-bu1', { width, height }, async (page) => {
        await open(page, `/reviews?period=${PERIOD}`);
        await page.getByRole('link', { name: `2026 Q2, ${CODE}` }).waitFor();
        expect(await look(page)).toEqual(FINE);
        await openReview(page);
        await page.locator('[data-state=published]').waitFor();
        await settled(page);
        expect(await page.getByRole('button', { name: 'Correct' }).count()).toBe(0);
        expect(await look(page)).toEqual(FINE);
        expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
      });
  }, 150_000);

  test('shows every table and drawing in its three columns once records have changed, with Δ and who changed what', async () => {
    const { document } = await frozenReview(stage.api, '2026-Q4');
    const { api } = stage;
    const month = (await monthsOf(api, 'BEN-2')).find((each) => each['month'] === '2026-05')!;
    const items = [{ benefit: 'BEN-2', month: '2026-05', realised: '9000000.00', version: month['version'] }];
    expect((await save(api, items, { reason: 'Evidence withdrawn.' }, 'pm-core')).status).toBe(200);
    const target = { metricId: 'capability.strategic_maturity', fromPeriod: '2026-Q1', target: '3.5', amber: '3' };
    expect((await api.as('cio').post('/metric-targets', target)).status).toBe(201);
    const name = tableOf(document, 'decisions', 'decided').rows.at(-1)![0]!.text;
    const path = `/decisions/${name.split(' ')[0]}`;
    const decision = await api.as('cio').get(path);
    const decidedAt = new Date(Date.parse(decision.body.decidedAt) + 86_400_000).toISOString();
    const etag = { 'if-match': decision.headers.get('etag')! };
    expect((await api.as('cio').patch(path, { outcome: 'declined', decidedAt }, etag)).text).toContain('declined');

    for (const [width, height] of [
      [1024, 768],
      [390, 844],
    ] as const)
      await visit(stage.browser, api, 'cio', { width, height }, async (page) => {
        const shown = (label: string) => page.getByRole('region', { name: label, exact: true });
        await open(page, '/reviews/VR-2026-Q4?column=today');
        const strip = page.getByRole('radiogroup', { name: 'Which column the tables show' });
        await strip.getByRole('radio', { name: 'Restated today', checked: true }).waitFor();
        const ledger = shown('Value ledger, to date');
        await ledger.getByText('Restated today · Δ since frozen with each number').waitFor();
        const realised = ledger.getByRole('row', { name: /^Benefit realised/ });
        expect(await realised.locator('abbr').first().getAttribute('title')).toBe(
          `restated: as frozen ${document.figures['realised?span=to_date']!.text}`,
        );
        const why = page.locator('#headline .restated-reasons').last();
        expect(await why.innerText()).toMatch(
          /BEN-2 2026-05 Realised .* → 9,000,000\.00 USD, Evidence withdrawn, pm-core/,
        );
        const row = shown('Decided in the quarter').getByRole('row', { name: new RegExp(`^${name} `) });
        await row.getByText('Declined').waitFor();
        expect((await row.innerText()).replace(/\s+/g, ' ')).toMatch(/days r .*Δ since frozen: \+1\.00 days$/);
        const drawn = (id: string) => page.locator(`[data-chart="review-${id}"]`);
        const redrawn = drawn('profile').getByText(/^Restated today: /);
        await redrawn.waitFor();
        const changes = await page.locator('#headline').getByRole('list', { name: 'Δ since frozen' }).innerText();
        expect(changes).toMatch(/^2026 Q2: .* → .* \(Δ \+.*USD\)$/m);
        await drawn('capability.strategic_maturity').getByText('target 3.50').waitFor();
        await page.getByText('Only today: Target.').waitFor();
        await settled(page);
        expect(await look(page)).toEqual(FINE);

        await strip.getByText('2026 Q3 (as frozen then)').click();
        await page.waitForURL(/column=previous/);
        const work = shown('Age of work in progress');
        await work.getByText('2026 Q3 (as frozen then) · Δ to 2026 Q4 with each number').waitFor();
        expect(await scrolling(page.locator('.review-table .table-region'))).toEqual([]);
        const then = tableOf((await api.as('cio').get('/reviews/VR-2026-Q3')).body.document, 'decisions', 'ageing');
        const cell = work.getByRole('row').nth(1).getByRole('cell').first().locator('span').first();
        expect(await cell.innerText()).toBe(then.rows[0]![1]!.text);
        const lacking = page.getByText(/^x: .* not listed in the review of 2026 Q3\.$/);
        await lacking.first().waitFor();
        const earlier = drawn('profile').getByText(/^2026 Q3 \(as frozen then\): /);
        await earlier.waitFor();
        const only = page
          .locator('.own-rows')
          .filter({ hasText: /and not as frozen: \d+ rows?/ })
          .first();
        await only.locator('summary').click();
        await only.getByRole('row').nth(1).waitFor();
        expect(await look(page)).toEqual(FINE);
      });
    await visit(stage.browser, api, 'cio', {}, async (page) => {
      let arrive!: () => void;
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      await page.route(/\/columns$/, (route) => arrived.then(() => route.continue()));
      await open(page, '/reviews/VR-2026-Q4?column=today&present=2');
      await page.getByText(/ · as frozen; Restated today is on its way$/).waitFor();
      arrive();
      await page.getByText(/ · tables and drawings: Restated today$/).waitFor();
      await open(page, `/?period=${PERIOD}`);
      await page.getByRole('link', { name: /^2026.Q2: \d+ of \d+ restated$/ }).click();
      await page.waitForURL(`**/reviews/${CODE}?column=today**`);
    });
  }, 240_000);
});
