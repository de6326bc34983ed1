/** What a meeting decides is written down beside a published review: on the wall, a key after the other, and on its page. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, open, visit } from '../support/browser.js';
import { type Api, startApi } from '../support/harness.js';
import { readPdf } from '../support/read-pdf.js';
import { storeReview } from '../support/reviews.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  await storeReview(api, { period: '2026-Q2', state: 'published' });
  api.clock.advance(60_000);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await api.stop();
});

/** The document is a sample: records of this product restate nothing of it. */
const STORED = [/\/restatement/];
const stored = () => api.sql('select kind, text from review_actions order by created_at, id');

test('Printed by the browser itself, each page says of which review it is, with version and hash, over no other text', async () => {
  await visit(browser, api, 'cio', { expected: STORED }, async (page) => {
    await open(page, '/reviews/VR-2026-Q2');
    await page.locator('#appendix table').first().waitFor();
    const { pages, boxes } = await readPdf(await page.pdf({ preferCSSPageSize: true }));
    expect(pages.length).toBeGreaterThan(2);
    // The sample's document names itself so, under whatever quarter it is stored.
    const identity = /VR-2026-Q3·2026Q2valuereview·v1·frozen[^·]*·Internal·SHA-256[0-9a-f]{64}/;
    expect(pages.flatMap((text, at) => (identity.test(text) ? [] : [at + 1]))).toEqual([]);
    expect(pages.flatMap((text, at) => (text.includes(`page${at + 1}of${pages.length}`) ? [] : [at + 1]))).toEqual([]);
    // 15 mm are left free at the foot of each page.
    const inFoot = boxes.flatMap((each) => each.filter(({ text, bottom }) => text?.trim() && bottom < 42));
    expect(
      inFoot
        .map(({ text }) => text!.replaceAll(/\s/g, ''))
        .filter((text) => !/VR-2026-Q3|^[0-9a-f]{64}$|^page\d/.test(text)),
    ).toEqual([]);
  });
});

test('A decision goes from the wall as it is sent: keys pressed meanwhile are of the page or of the next form, and what is refused comes back', async () => {
  await visit(browser, api, 'cio', { expected: [...STORED, /422/] }, async (page) => {
    await open(page, '/reviews/VR-2026-Q2?present=1');
    await page.getByTestId('presented').waitFor();
    let acknowledge = () => {};
    const held = new Promise<void>((resolve) => (acknowledge = resolve));
    await page.route('**/api/v1/**', async (route) => {
      // What is read again takes its time after each change.
      if (route.request().method() === 'GET') await new Promise((resolve) => setTimeout(resolve, 4000));
      else await held;
      await route.continue();
    });
    const form = page.locator('.presented-record:visible');
    await page.keyboard.press('d');
    await page.keyboard.type('Fund the rollout');
    await page.keyboard.press('Enter');
    await page.keyboard.press('a');
    await page.keyboard.type('Name an owner of it');
    expect(await form.getByLabel('What').inputValue()).toBe('Name an owner of it');
    acknowledge();
    await page.getByText('Decision recorded').waitFor({ timeout: 2000 });
    await page.keyboard.insertText('!'.repeat(500));
    await page.keyboard.press('Enter');
    await page.getByText('Action not recorded').waitFor({ timeout: 2000 });
    await form.getByText('One thing is wrong').waitFor();
    expect(await form.getByLabel('What').inputValue()).toMatch(/^Name an owner of it!{500}$/);
    await form.getByLabel('What').fill('Name an owner of it');
    await page.keyboard.press('Enter');
    await page.getByText('Action recorded').waitFor({ timeout: 2000 });
    expect(await form.count()).toBe(0);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
  expect(await stored()).toEqual([
    { kind: 'decision', text: 'Fund the rollout' },
    { kind: 'action', text: 'Name an owner of it' },
  ]);
});

test('The strip leads to what was decided, which is taken back until a review that was frozen since may name it', async () => {
  const ways = { name: /^Take back/ };
  await visit(browser, api, 'cio', { expected: STORED }, async (page) => {
    await open(page, '/reviews/VR-2026-Q2');
    await page.getByRole('navigation', { name: 'Sections of the review' }).getByRole('link').last().press('Enter');
    const agreed = page.getByRole('region', { name: 'Decisions and actions of the meeting' });
    await page.waitForFunction(() => {
      const { top, bottom } = document.getElementById('agreed')!.getBoundingClientRect();
      return top >= 0 && bottom > 0 && top < innerHeight;
    });
    await agreed.getByText('Fund the rollout').waitFor();
    expect(await agreed.getByRole('button', ways).count()).toBe(2);
    api.clock.advance(60_000);
    await storeReview(api, { period: '2026-Q3', state: 'frozen' });
    for (const code of ['VR-2026-Q2', 'VR-2026-Q3']) {
      await open(page, `/reviews/${code}`);
      await agreed.getByText('Fund the rollout').waitFor();
      expect([code, await agreed.getByRole('button', ways).count()]).toEqual([code, 0]);
    }
  });
});

test('What was agreed before is followed up on the wall, a key and Enter for each', async () => {
  await visit(browser, api, 'cio', { expected: STORED }, async (page) => {
    await open(page, '/reviews/VR-2026-Q3?present=1');
    await page.getByTestId('presented').waitFor();
    const following = page.getByRole('region', { name: 'Follow-up' });
    await page.keyboard.press('u');
    await following.getByText('Fund the rollout · 2 open').waitFor();
    await page.keyboard.press('s');
    await following.getByText('Name an owner of it · 1 open').waitFor();
    await page.keyboard.press('x');
    await page.keyboard.press('Enter');
    await following.getByText('Why is missing.').first().waitFor();
    await following.getByLabel('Why').fill('Nobody was free');
    await page.keyboard.press('Enter');
    await page.getByText('The rest stays open.').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('u');
    await following.getByText('Fund the rollout · 1 open').waitFor();
    await page.keyboard.press('k');
    await following.getByLabel('What came of it').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Nothing that was agreed before is open.').waitFor();
  });
  expect(await api.sql('select text, outcome, note from review_actions order by created_at, id')).toEqual([
    { text: 'Fund the rollout', outcome: 'kept', note: null },
    { text: 'Name an owner of it', outcome: 'not_kept', note: 'Nobody was free' },
  ]);
});
