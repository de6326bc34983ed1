/** Criterion 22: a survey on a phone without signing in, and what of its answers can be seen afterwards. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defects } from '../support/axe.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { type Api, startApi } from '../support/harness.js';

const PHONE = { width: 360, height: 640 };
let api: Api;
let browser: Browser;
let links: string[];
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ golden: true }), launchBrowser()]);
  const cio = api.as('cio');
  const round = { period: '2027-Q1', name: 'How are we doing?', contact: 'it@tests.example', areas: ['BU1'] };
  const made = await cio.post('/survey-rounds', { ...round, why: 'So that we can do better.' });
  await cio.post(`/survey-rounds/${made.body.code}/open`, {}, { 'If-Match': '"v1"' });
  const action = { theme: 'Slow answers', action: 'A desk in each area', status: 'done' };
  expect((await cio.post('/survey-actions', action)).status).toBe(201);
  const invited = await cio.post(`/survey-rounds/${made.body.code}/invitations`, { area: 'BU1', links: 5 });
  links = invited.body.links.map((link: string) => new URL(link).pathname);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await api.stop();
});

const QUESTIONS = ['satisfaction', 'responsiveness', 'effectiveness', 'trust', 'enabling', 'recommend'];
const answer = (page: Page, question: string, value: string) =>
  page.locator(`input[name="${question}"][value="${value}"]`).click();

/** What a thumb must hit, with its size. */
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], textarea, label:has(input)')]
      .map((target) => ({ text: target.textContent, ...target.getBoundingClientRect().toJSON() }))
      .filter(({ width, height }) => width < 44 || height < 44)
      .map(({ text, width, height }) => `${text}: ${width} × ${height}`),
  );
const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.scrollingElement!.scrollWidth > document.scrollingElement!.clientWidth);

test('a survey is answered on a phone in seven touches, without signing in, and its link is gone from the address', async () => {
  await visit(browser, api, 'anonymous', PHONE, async (page) => {
    const requests: { url: string; referer: string | undefined }[] = [];
    page.on('request', (request) => requests.push({ url: request.url(), referer: request.headers()['referer'] }));
    await open(page, links[0]!);
    await page.getByRole('heading', { name: 'How are we doing?' }).waitFor();
    await page.waitForURL('**/s');
    expect(await scrollsSideways(page)).toBe(false);
    expect(await smallTargets(page)).toEqual([]);
    expect(await defects(page)).toEqual([]);
    expect(await page.getByRole('group').count()).toBe(QUESTIONS.length);
    let touches = 0;
    for (const question of QUESTIONS) {
      await answer(page, question, question === 'recommend' ? '9' : '4');
      touches += 1;
    }
    await page.getByRole('button', { name: 'Send my answer' }).click();
    touches += 1;
    await page.getByRole('heading', { name: /Your answer has arrived/ }).waitFor();
    expect(touches).toBeLessThanOrEqual(8);
    // What happened after the last survey.
    await page.getByText('A desk in each area').waitFor();
    expect(requests.filter(({ url }) => !url.startsWith(api.origin))).toEqual([]);
    expect(requests.filter(({ referer }) => referer?.includes('/s/'))).toEqual([]);
  });
  const stored = await api.sql<{ satisfaction: number; recommend: number }>(
    `select r.satisfaction, r.recommend from survey_responses r join surveys s on s.id = r.survey_id where s.period = '2027-Q1'`,
  );
  expect(stored).toEqual([{ satisfaction: 4, recommend: 9 }]);
});

test('a used link, a broken one, and nothing at all are said kindly', async () => {
  const expected = [/409/, /404/, /503/];
  await visit(browser, api, 'anonymous', { ...PHONE, expected }, async (page) => {
    await open(page, links[0]!);
    await page.getByRole('heading', { name: 'This link was used already' }).waitFor();
    await page.getByText('ask it@tests.example').waitFor();
    // It takes nothing of what was filled in by another link in this tab.
    await open(page, links[1]!);
    await answer(page, 'trust', '1');
    await open(page, links[0]!);
    await page.getByRole('heading', { name: 'This link was used already' }).waitFor();
    await open(page, links[1]!);
    await page.getByRole('heading', { name: 'How are we doing?' }).waitFor();
    expect(await page.locator('input[name="trust"]:checked').inputValue()).toBe('1');
    // Where the way back breaks, nobody knows.
    await page.route('**/survey-answers', (route) => route.fulfill({ status: 503, body: '' }));
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByRole('alert').getByText('We cannot tell whether your answer arrived').waitFor();
    await page.unroute('**/survey-answers');
    await open(page, '/s/nothing-of-ours');
    await page.getByRole('heading', { name: 'This link does not lead to a survey' }).waitFor();
    expect(await scrollsSideways(page)).toBe(false);
  });
});

test('a draft outlives a reload by the keyboard, is nobody else’s, and only nothing at all is refused', async () => {
  await visit(browser, api, 'anonymous', PHONE, async (page) => {
    await open(page, links[1]!);
    await page.getByRole('heading', { name: 'How are we doing?' }).waitFor();
    await page.waitForURL('**/s');
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByRole('alert').getByText('Answer at least one question').waitFor();
    await page.locator('input[name="trust"][value="1"]').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('input[name="trust"][value="2"]').isChecked()).toBe(true);
    await page.reload();
    await page.getByRole('heading', { name: 'How are we doing?' }).waitFor();
    expect(await page.locator('input[name="trust"]:checked').inputValue()).toBe('2');
    await open(page, links[2]!);
    await page.waitForURL('**/s');
    await page.getByRole('heading', { name: 'How are we doing?' }).waitFor();
    expect(await page.locator('input[name="trust"]:checked').count()).toBe(0);
    // From the first question to the end without a mouse: arrows within a question, Tab to the next, Enter sends.
    await page.locator('input[name="satisfaction"]').first().focus();
    for (const question of QUESTIONS) {
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe(question);
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('All by keyboard.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Your answer has arrived/ }).waitFor();
  });
  const stored = await api.sql<{ satisfaction: number; recommend: number }>(
    "select satisfaction, responsiveness, effectiveness, trust, enabling, recommend from survey_responses where comment = 'All by keyboard.'",
  );
  expect(stored).toEqual([
    { satisfaction: 2, responsiveness: 2, effectiveness: 2, trust: 2, enabling: 2, recommend: 1 },
  ]);
});

test('two links open in two tabs are each answered by their own page, and a third tab finds neither', async () => {
  const used = async (): Promise<number> =>
    (await api.sql<{ n: number }>('select count(*)::int as n from survey_invitations where used'))[0]!.n;
  const before = await used();
  await visit(browser, api, 'anonymous', { ...PHONE, expected: [/409/, /404/] }, async (page) => {
    const heading = (of: Page) => of.getByRole('heading', { name: 'How are we doing?' }).waitFor();
    await open(page, links[3]!);
    await heading(page);
    await answer(page, 'trust', '1');
    const other = await page.context().newPage();
    await other.goto(`${api.origin}${links[4]!}`);
    await heading(other);
    await answer(other, 'trust', '5');
    // Whoever sits down here next opens the address that is left in the history.
    const next = await page.context().newPage();
    await next.goto(`${api.origin}/s`);
    await next.getByText('Open the link of your invitation').waitFor();
    for (const tab of [page, other]) {
      await tab.getByRole('button', { name: 'Send my answer' }).click();
      await tab.getByRole('heading', { name: /Your answer has arrived/ }).waitFor();
    }
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
      'trust',
    );
  });
  expect(await used()).toBe(before + 2);
  const trust = await api.sql<{ trust: number }>(
    "select trust from survey_responses r join surveys s on s.id = r.survey_id where s.period = '2027-Q1' and trust in (1, 5) order by 1",
  );
  expect(trust.map((row) => row.trust)).toEqual([1, 5]);
});

test('what is typed into a round that somebody else changes meanwhile stays, and takes nothing back unseen', async () => {
  const cio = api.as('cio');
  const made = await cio.post('/survey-rounds', { period: '2028-Q1', name: 'Next time', areas: ['BU1'] });
  const stored = async () =>
    (await cio.get('/survey-rounds')).body.items.find(({ code }: { code: string }) => code === made.body.code);
  expect((await cio.post('/survey-rounds', { period: '2028-Q2', name: 'Another', areas: ['BU1'] })).status).toBe(201);
  await visit(browser, api, 'cio', { expected: [/412/] }, async (page) => {
    await open(page, '/stakeholders/surveys');
    await page
      .getByRole('region', { name: /Next time/ })
      .getByRole('button', { name: 'Change' })
      .click();
    const form = page.getByRole('form', { name: 'Change “Next time”' });
    await form.getByLabel('Quarter').fill('3028-Q1');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Write the quarter as 2026-Q3.').first().waitFor();
    await form.getByLabel('Quarter').fill('2028-Q1');
    await form.getByLabel('Why we ask').fill('To do better.');
    const theirs = { contact: 'it@tests.example', areas: ['BU1', 'BU2'] };
    await cio.patch(`/survey-rounds/${made.body.code}`, theirs, { 'If-Match': '"v1"' });
    // The list is read again under the form.
    const another = page.getByRole('region', { name: /Another/ });
    await another.getByRole('button', { name: 'Open the round' }).click();
    await another.getByRole('heading', { name: /Open$/ }).waitFor();
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Someone else changed this meanwhile.').waitFor();
    await form
      .getByText('Taken over, as you had not touched it: Whom to ask about the survey, Areas to ask.')
      .waitFor();
    expect(await form.getByLabel('Why we ask').inputValue()).toBe('To do better.');
    expect(await stored()).toMatchObject({ why: null, version: 2 });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
  });
  const { why, contact, areas } = await stored();
  expect([why, contact, areas.map(({ code }: { code: string }) => code)]).toEqual([
    ...['To do better.', 'it@tests.example'],
    ['BU1', 'BU2'],
  ]);
});

test('a group of four shows c, on the page and in what the page was given', async () => {
  await visit(browser, api, 'stakeholder-bu1', {}, async (page) => {
    const given = page.waitForResponse((response) => response.url().includes('/api/v1/stakeholders'));
    await open(page, '/stakeholders?period=2025-Q1');
    const { whole } = (await (await given).json()) as { whole: { voices: Record<string, unknown>[] } };
    expect(whole.voices[0]).toMatchObject({ question: 'satisfaction', n: 4, value: null, counts: null });
    await settled(page);
    const row = page.locator('.voice-row').first();
    expect(await row.textContent()).toMatch(/c fewer than 5 answers/);
    expect(await row.locator('[data-answer]').count()).toBe(0);
    expect(await page.locator('[data-answer]').count()).toBe(0);
  });
  await visit(browser, api, 'cio', {}, async (page) => {
    await open(page, '/stakeholders?period=2026-Q1');
    await settled(page);
    const table = page.getByRole('table', { name: 'What each area told us' });
    const satisfaction = await table
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => `${row.querySelector('th')!.textContent} ${row.querySelectorAll('td')[1]!.textContent}`),
      );
    // BU2 has two answers; hidden alone it could be worked out, so the next smallest is hidden with it.
    expect(satisfaction.filter((cell) => cell.endsWith(' c')).length).toBeGreaterThanOrEqual(2);
    expect(await defects(page)).toEqual([]);
    // What is done about it is put right and taken back in its place.
    await page.getByRole('button', { name: 'Edit “Slow answers”' }).click();
    await page.getByRole('textbox', { name: /^What people said/ }).fill('Late answers');
    await page.getByRole('combobox', { name: 'Area' }).selectOption({ value: 'BU1' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Take back “Late answers”' }).click();
    expect(await defects(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('Nothing is recorded about what people said.').waitFor();
    // A quarter in which nobody was asked has no mean, and is not said to have one.
    await open(page, '/stakeholders?period=2023-Q1');
    await settled(page);
    const said = await page.locator('main').textContent();
    expect(said).toContain('Nobody was asked, or nobody has answered, in this quarter.');
    expect(said).not.toMatch(/from 0 answers|Satisfaction x of 5/);
  });
});
