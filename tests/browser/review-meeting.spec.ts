/** A review on the wall and beyond the house: present mode by keyboard, what the meeting decides, and the link that needs no account. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { defects } from '../support/axe.js';
import { launchBrowser, open, openPage, settled, visit } from '../support/browser.js';
import { type Api, startApi } from '../support/harness.js';
import { storeReview, supersede } from '../support/reviews.js';

/** The sample is stored as it is: the records of this product restate nothing of it. */
const STORED = [/\/restatement/];

let api: Api;
let browser: Browser;
let id: string;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  await storeReview(api, { period: '2026-Q2', state: 'published' });
  ({ id } = await storeReview(api, { period: '2026-Q3', state: 'published' }));
});
afterAll(async () => {
  await browser.close();
  await api.stop();
});

test('A review is presented by keyboard, and what is decided is recorded in a few keys without leaving the page', async () => {
  await visit(browser, api, 'cio', { width: 1920, height: 1080, expected: STORED }, async (page) => {
    await open(page, '/reviews/VR-2026-Q3?present=1');
    const shown = page.getByTestId('presented');
    const foot = shown.locator('.presented-at');
    await shown.waitFor();
    const pages = Number(/of (\d+)$/.exec((await foot.textContent())!)![1]);
    expect(pages).toBeGreaterThan(2);
    await page.keyboard.press('ArrowRight');
    await page.getByText(`page 2 of ${pages}`).waitFor();
    await page.keyboard.press('End');
    await page.getByText(`page ${pages} of ${pages}`).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('PageUp');
    await page.getByText(`page ${pages - 1} of ${pages}`).waitFor();
    await page.keyboard.press('PageDown');
    await page.getByText(`page ${pages} of ${pages}`).waitFor();
    await page.keyboard.press('Home');
    await page.getByText(`page 1 of ${pages}`).waitFor();
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.fullscreenElement !== null);
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.fullscreenElement === null);
    await page.evaluate(() => Object.defineProperty(document, 'fullscreenEnabled', { value: false }));
    await page.keyboard.press('f');
    await page.getByText('The browser does not give the whole screen here.').waitFor();
    await page.locator('.present-bar').hover();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText(`page 2 of ${pages}`).waitFor();
    await page.getByRole('button', { name: 'Previous page' }).click();
    await page.getByText(`page 1 of ${pages}`).waitFor();
    expect(await shown.locator('.presented-foot').textContent()).toMatch(
      /^VR-2026-Q3 · 2026 Q3 value review · v1 · frozen .* UTC · [0-9a-f]{6} · /,
    );
    const small = await shown.locator('*').evaluateAll((all) =>
      all
        .filter(
          (each) =>
            each.checkVisibility() &&
            !each.classList.contains('visually-hidden') &&
            !each.closest('.visually-hidden') &&
            [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== ''),
        )
        .filter((each) => Number.parseFloat(getComputedStyle(each).fontSize) < 17.9)
        .map((each) => each.textContent),
    );
    expect(small).toEqual([]);
    await page.keyboard.press('n');
    await page.getByRole('complementary', { name: 'Notes' }).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.press('b');
    await page.getByRole('button', { name: 'Show the page again' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Show the page again' }).waitFor({ state: 'detached' });
    await page.keyboard.press('a');
    await page.keyboard.type('Ask for evidence');
    await page.keyboard.press('Enter');
    await page.getByText('Action recorded').waitFor();
    await page.keyboard.press('d');
    await page.keyboard.type('Stop the pilot');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await page.getByText('Decision recorded').waitFor();
    await page.getByText(`page 1 of ${pages}`).waitFor();
    await page.keyboard.press('Escape');
    const agreed = page.getByRole('region', { name: 'Decisions and actions of the meeting' });
    await agreed.getByText('Ask for evidence').waitFor();
    await agreed.getByText('Stop the pilot').waitFor();
  });
  const stored = await api.sql('select kind, text, owner from review_actions order by created_at, id');
  expect(stored).toEqual([
    { kind: 'action', text: 'Ask for evidence', owner: null },
    { kind: 'decision', text: 'Stop the pilot', owner: 'Ada' },
  ]);
});

test('A link is made once, asks for its passphrase, shows the frozen document without an account, and ends when it is revoked', async () => {
  let url = '';
  await visit(browser, api, 'cio', { expected: STORED }, async (page) => {
    await open(page, '/reviews/VR-2026-Q3');
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByLabel('Passphrase (optional)').fill('eight bells');
    await page.getByRole('button', { name: 'Make a link' }).click();
    url = await page.getByLabel('The link, shown this once').inputValue();
    await page.getByText('asks for a passphrase').waitFor();
    expect(await defects(page)).toEqual([]);
  });
  const path = new URL(url).pathname;
  const guest = await openPage(browser, api, 'anonymous', {
    width: 390,
    height: 844,
    colorScheme: 'dark',
    expected: [/403/, /404/],
  });
  try {
    const { page } = guest;
    await page.goto(api.origin + path);
    await page.getByLabel('Passphrase').fill('wrong bells');
    await page.getByRole('button', { name: 'Read the review' }).click();
    await page.getByText('That is not the passphrase.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/r');
    await page.getByLabel('Passphrase').fill('eight bells');
    await page.getByRole('button', { name: 'Read the review' }).click();
    await page.getByRole('heading', { name: '2026 Q3 value review' }).waitFor();
    await settled(page);
    expect(await page.getByText('12.4 m EUR').count()).toBeGreaterThan(0);
    expect(await page.getByRole('link').count()).toBe(await page.getByRole('link', { name: 'CSV' }).count());
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await defects(page)).toEqual([]);
    const link = new URL(page.url()).searchParams.get('link');
    expect(link).toMatch(/^[0-9a-f-]{36}$/);
    await page.reload();
    await page.getByLabel('Passphrase').waitFor();
    await supersede(api, id);
    await page.goto(api.origin + path);
    await page.getByLabel('Passphrase').fill('eight bells');
    await page.getByRole('button', { name: 'Read the review' }).click();
    await page.getByText('A newer version of this review stands in its place.').waitFor();
    await api.sql('update review_shares set revoked_at = now()');
    await page.goto(api.origin + path);
    await page.getByRole('heading', { name: 'This link leads to no review' }).waitFor();
    expect(guest.problems()).toEqual([]);
  } finally {
    await guest.close();
  }
});
