/** A round from its draft to what it tells: the business beside IT itself (`experience.md` §2.9), on one page with what was delivered. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { SURVEY_QUESTION_IDS, WHY_WE_ASK } from '../../server/contract/survey.js';
import { defects } from '../support/axe.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { openedTrace } from '../support/browser-numbers.js';
import { type Api, startApi } from '../support/harness.js';
import { FINE, look, resized } from '../support/layout.js';
import { numberFaults } from '../support/printed-figures.js';
import { openedBy, tokenOf } from '../support/survey-rounds.js';

const PERIOD = '2027-Q1';
/** Means of 10/3 and 8/3: what is printed of them, 3.33 and 2.67, lies 0.66 apart, and the gap is 0.67. */
const IT = [3, 3, 3, 3, 4, 4];
const BUSINESS = [2, 2, 3, 3, 3, 3];

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ golden: true }), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const prepared = async (page: Page, areas: { it: string; business: string }): Promise<void> => {
  await open(page, '/stakeholders/surveys');
  await page.getByRole('button', { name: 'New round' }).click();
  const form = page.getByRole('form', { name: 'New round' });
  await form.getByLabel('Quarter').fill(PERIOD);
  // What is asked above the first question stands there already; taken out, it is said nevertheless.
  expect(await form.getByLabel('Why we ask').inputValue()).toBe(WHY_WE_ASK);
  await form.getByLabel('Why we ask').fill('');
  const asked = form.getByRole('group', { name: 'Areas to ask' });
  for (const area of Object.values(areas)) await asked.getByRole('checkbox', { name: area, exact: true }).check();
  const own = form.getByRole('group', { name: 'Which of them are IT itself?' });
  await own.getByRole('checkbox', { name: areas.it, exact: true }).check();
  await form.getByRole('button', { name: 'Save as a draft' }).click();
  await form.waitFor({ state: 'detached' });
};

/** By the API: what people do on the page is in `surveys.spec.ts`. */
const answered = async (code: string, area: string, answers: readonly number[]): Promise<string> => {
  const links = answers.length + 1;
  const invited = await api.as('cio').post(`/survey-rounds/${code}/invitations`, { area, links });
  const [left, ...given] = (invited.body.links as string[]).map(tokenOf);
  for (const [at, answer] of answers.entries()) {
    const form = Object.fromEntries(SURVEY_QUESTION_IDS.map((id) => [id, answer]));
    expect((await (await openedBy(api, given[at]!)).post('/survey-answers', form)).status).toBe(201);
  }
  return left!;
};

test('a round that asked IT itself tells both sides, their gap and where each comes from', async () => {
  const units = (await api.as('cio').get('/org-units')).body.items as { code: string; name: string }[];
  const nameOf = (code: string): string => units.find((unit) => unit.code === code)!.name;
  const areas = { it: nameOf('BU3'), business: nameOf('BU1') };
  await visit(browser, api, 'cio', {}, async (page) => {
    await prepared(page, areas);
    const round = page.getByRole('region', { name: /How are we doing\?.*2027 Q1/ });
    await round.getByRole('rowheader', { name: `${areas.it} (IT itself)` }).waitFor();
    await round.getByRole('button', { name: 'Open the round' }).click();
    await round.getByRole('heading', { name: /Open$/ }).waitFor();

    const made = (await api.as('cio').get('/survey-rounds')).body.items[0];
    const left = [await answered(made.code, 'BU3', IT), await answered(made.code, 'BU1', BUSINESS)];
    await visit(browser, api, 'anonymous', {}, async (phone) => {
      await open(phone, `/s/${left[0]}`);
      await phone.getByText(WHY_WE_ASK).waitFor();
    });
    const links = left.map((token) => `${api.origin}/s/${token}`);
    expect((await api.as('cio').post(`/survey-rounds/${made.code}/withdrawals`, { links })).body.withdrawn).toBe(2);
    await page.reload();
    await round.getByText('12 of 12 invited have answered').waitFor();

    // While it is open it tells nothing.
    await open(page, `/stakeholders?period=${PERIOD}`);
    await page.getByText('No closed round of this quarter asked IT itself.').waitFor();
    expect(await page.locator('main').innerText()).toContain('Nobody was asked, or nobody has answered');
    await open(page, '/stakeholders/surveys');
    await round.getByRole('button', { name: 'Close the round…' }).click();
    await page.getByRole('alertdialog').getByLabel('Reason (optional)').fill('All have answered');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close the round' }).click();
    await round.getByRole('heading', { name: /Closed$/ }).waitFor();
    const [closed] = (await api.as('admin').get('/audit?objectType=survey&limit=1')).body.items;
    expect(closed).toMatchObject({ action: 'closed', reason: 'All have answered' });

    await open(page, `/stakeholders?period=${PERIOD}`);
    const table = page.getByRole('table', { name: 'IT’s own answers beside those of the business' });
    const satisfaction = table.getByRole('row', { name: /^Satisfaction/ }).getByRole('cell');
    expect(await satisfaction.allInnerTexts()).toEqual(['3.33 n 6', '2.67 n 6', '+0.67']);
    expect(await table.getByRole('row').count()).toBe(1 + SURVEY_QUESTION_IDS.length);
    for (const heading of ['What you got', 'What is coming', 'What we did about it'])
      await page.getByRole('heading', { name: heading }).waitFor();
    // Criterion 24: what does not add up says so.
    const bars = page.locator('[data-chart="what-you-told-us"]');
    const shares = await bars.locator('.voice-row').first().locator('[data-answer]').allInnerTexts();
    expect(shares.map((share) => share.replace(/\s/g, ' '))).toEqual(['16.7 %', '66.7 %', '16.7 %']);
    expect(await bars.locator('.about').innerText()).toContain('rounded');
    const perception = page.getByRole('region', { name: /what the business says/ });
    expect(await perception.locator('p.caption').innerText()).toContain('rounded');
    expect(await numberFaults(page)).toEqual([]);
    expect(await defects(page)).toEqual([]);

    await satisfaction.last().getByRole('link').click();
    const gap = await openedTrace(page);
    expect([gap.value, gap.text]).toEqual(['0.6666666667', expect.stringContaining('IT itself less the business')]);
    // And of a mean: the words that people answered.
    await open(page, `/stakeholders?period=${PERIOD}`);
    await bars.locator('.voice-row').first().locator('[data-num]').click();
    expect((await openedTrace(page)).text).toContain('“How satisfied are you with IT?” 1 Not at all – 5 Very.');
    await open(page, `/stakeholders?period=${PERIOD}`);
    await resized(page, 360, 740);
    await settled(page);
    expect(await look(page)).toEqual(FINE);
  });
});
