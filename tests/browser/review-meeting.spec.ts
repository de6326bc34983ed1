/** A review of the example on the wall and beyond the house: present mode by keyboard, what the meeting decides, packs, and the link that needs no account. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { MadeReviewShare } from '../../server/contract/review-after.js';
import { toldSection } from '../../server/contract/review-marks.js';
import { figureNameIn } from '../../server/contract/named-figure.js';
import type { Review } from '../../server/contract/review.js';
import { escapedText } from '../../server/reviews/packs/markdown.js';
import { defects } from '../support/axe.js';
import { launchBrowser, open, openPage, settled, visit } from '../support/browser.js';
import { changedLinks, publishedReview } from '../support/frozen-reviews.js';
import {
  hasRow,
  lacksInWorkbook,
  lacksPages,
  packOf,
  printsOf,
  type Seen,
  seenByPoppler,
  seenInMarkdown,
  seenInPdf,
  seenOnScreen,
  seenOnSlides,
  squeezed,
  textsBelow,
  type WallPage,
  wallPage,
} from '../support/handed-out.js';
import { type Api, startApi } from '../support/harness.js';
import { misplaced } from '../support/pdf-boxes.js';
import { readPdf } from '../support/read-pdf.js';
import { type StoredReview, storeReview, supersede } from '../support/reviews.js';

/** The sample is stored as it is, and small: the records of this product restate nothing of it. */
const STORED = [/\/restatement/];
const SAMPLE = '2026-Q2';

let api: Api;
let browser: Browser;
let review: Review;
let sample: StoredReview;
/** By both ways to a PDF. */
let printed: Record<string, Uint8Array>;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ example: true }), launchBrowser()]);
  review = await publishedReview(api, '2026-Q3');
  printed = await printsOf(api, review);
  sample = await storeReview(api, { period: SAMPLE, state: 'published', listed: 21 });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await api.stop();
});

test('A review is presented by keyboard, and what is decided is recorded in a few keys without leaving the page', async () => {
  await visit(browser, api, 'cio', { width: 1920, height: 1080 }, async (page) => {
    await open(page, '/reviews/VR-2026-Q3?present=1');
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const shown = page.getByTestId('presented');
    const foot = shown.locator('.presented-at');
    await shown.waitFor();
    const pages = Number(/of (\d+)$/.exec((await foot.textContent())!)![1]);
    expect(pages).toBeGreaterThan(2);
    await press('ArrowRight');
    await page.getByText(`page 2 of ${pages}`).waitFor();
    await press('End');
    await page.getByText(`page ${pages} of ${pages}`).waitFor();
    await press('ArrowRight', 'PageUp');
    await page.getByText(`page ${pages - 1} of ${pages}`).waitFor();
    await press('PageDown');
    await page.getByText(`page ${pages} of ${pages}`).waitFor();
    await press('Home');
    await page.getByText(`page 1 of ${pages}`).waitFor();
    await press('Space', 'Enter');
    await page.getByText(`page 3 of ${pages}`).waitFor();
    await press('Shift+Space');
    await page.getByText(`page 2 of ${pages}`).waitFor();
    // A second key may come before the page is told that it has the screen; here it is never told.
    await page.evaluate(
      (once) => addEventListener('fullscreenchange', (told) => told.stopImmediatePropagation(), once),
      { capture: true, once: true },
    );
    await press('Home', 'f');
    await page.waitForFunction(() => document.fullscreenElement !== null);
    await press('f');
    await page.waitForFunction(() => document.fullscreenElement === null);
    await page.evaluate(() => Object.defineProperty(document, 'fullscreenEnabled', { value: false }));
    await press('f');
    await page.getByText('The browser does not give the whole screen here.').waitFor();
    await page.locator('.present-bar').hover();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText(`page 2 of ${pages}`).waitFor();
    await page.getByRole('button', { name: 'Previous page' }).click();
    await page.getByText(`page 1 of ${pages}`).waitFor();
    expect(await shown.locator('.presented-foot').textContent()).toMatch(
      /^VR-2026-Q3 · 2026 Q3 value review · v1 · frozen .* UTC · Internal · [0-9a-f]{6}/,
    );
    expect(await textsBelow(shown, 17.9)).toEqual([]);
    const notes = page.getByRole('complementary', { name: 'Notes' });
    await press('n', 'ArrowRight');
    await notes.locator('li').first().waitFor();
    await press('ArrowDown');
    expect(await notes.evaluate((box) => [box.scrollTop > 0, box.clientHeight < 400])).toEqual([true, true]);
    await press('ArrowLeft', 'n', 'b');
    await page.getByRole('button', { name: 'Show the page again' }).waitFor();
    await press('Escape');
    await page.getByRole('button', { name: 'Show the page again' }).waitFor({ state: 'detached' });
    await press('a');
    await page.keyboard.type('Ask for evidence\n');
    await page.getByText('Action recorded').waitFor();
    await press('d');
    await page.keyboard.type('Stop the pilot');
    await press('Tab');
    await page.keyboard.type('Ada');
    await press('Enter');
    await page.getByText('Decision recorded').waitFor();
    await page.getByText(`page 1 of ${pages}`).waitFor();
    await press('Escape');
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

test('Pages of the wall are those of the pack: each section begins with its sentences, and none scrolls, on a small wall or a large one', async () => {
  await visit(browser, api, 'cio', { width: 1280, height: 720 }, async (page) => {
    await open(page, '/reviews/VR-2026-Q3');
    await page.getByRole('link', { name: 'Present', exact: true }).click();
    await page.waitForFunction(() => document.fullscreenElement !== null);
    const seen: WallPage[] = [];
    const pages = Number(/of (\d+)$/.exec((await page.locator('.presented-at').textContent())!)![1]);
    for (let at = 1; at <= pages; at += 1) {
      await page.getByText(`page ${at} of ${pages}`).waitFor();
      seen.push(await wallPage(page));
      await page.keyboard.press('ArrowRight');
    }
    expect(seen.filter(({ over }) => over > 0)).toEqual([]);
    const { figures, sections } = review.document;
    for (const section of sections) {
      const first = seen.find((each) => each.section === section.id)!;
      expect([section.id, first.said]).toEqual([section.id, toldSection(section, figures).sentences]);
      const own = seen.filter((each) => each.section === section.id).reduce((sum, { rows }) => sum + rows.length, 0);
      expect(own).toBeGreaterThanOrEqual(section.tables.reduce((sum, { rows }) => sum + rows.length, 0));
    }
    // Whoever says "turn to page 12" means the same page on the wall and in both PDFs.
    for (const [by, bytes] of Object.entries(printed))
      expect([by, lacksPages(await readPdf(bytes), seen)]).toEqual([by, []]);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.fullscreenElement === null);
    await page.setViewportSize({ width: 2560, height: 1440 });
    await open(page, `/reviews/VR-2026-Q3?present=${pages}`);
    await page.getByText('f: full screen').waitFor();
    expect(await wallPage(page)).toEqual(seen.at(-1));
  });
}, 180_000);

test('One frozen review says the same to the digit in PDF, presentation, workbook and Markdown, to its reader, on the wall and to a guest', async () => {
  const { headline, figures, sections } = review.document;
  const nameOf = figureNameIn(review.document);
  const section = sections.find(({ id }) => id === 'headline')!;
  const ledger = section.tables.find(({ id }) => id === 'ledger')!;
  const cells = ledger.rows.flat().filter(({ figure }) => figure !== null);
  expect([...new Set(cells.map(({ figure }) => figure))].sort()).toEqual([...headline].sort());
  for (const { figure, value, unit } of cells) expect(figures[figure!]).toMatchObject({ value, unit });
  const { title, sentences } = toldSection(section, figures);
  const texts = [title, ...sentences];
  const rows = ledger.rows.map((row) => row.map(({ text }) => text));
  const lacks = (seen: Seen, escaped = (text: string) => text): string[] => [
    ...texts.filter((text) => !seen.text.includes(squeezed(escaped(text)))),
    ...rows.filter((row) => !hasRow(seen, row.map(escaped))).map((row) => row.join(' | ')),
  ];
  /** As a pack lists all figures: each with every digit. */
  const lacksFigures = ({ text }: Seen, escaped = (each: string) => each): string[] =>
    headline
      .map((key) => [nameOf(key), figures[key]!.text, figures[key]!.full].map(escaped))
      .filter((figure) => !text.replaceAll('|', '').includes(squeezed(figure.join(''))))
      .map((figure) => figure.join(' | '));

  const [markdown, workbook, slides] = await Promise.all(
    ['md', 'xlsx', 'pptx'].map((kind) => packOf(api, review.id, kind)),
  );
  for (const [by, bytes] of Object.entries(printed)) {
    const pdf = await readPdf(bytes);
    expect([by, lacks(seenInPdf(pdf)), lacksFigures(seenInPdf(pdf)), misplaced(pdf)]).toEqual([by, [], [], []]);
    const poppler = seenByPoppler(bytes);
    if (poppler === null) continue;
    expect([by, lacks(poppler)]).toEqual([by, []]);
    expect(['Title', 'Pages', 'Tagged', 'JavaScript'].map((name) => poppler.info.get(name))).toEqual([
      ...[pdf.title, String(pdf.pages.length), pdf.tagged ? 'yes' : 'no', 'no'],
    ]);
    expect(poppler.info.get('Page size')).toMatch(/^84[12][\d.]* x 59[45][\d.]* pts \(A4\)/);
  }
  const deck = await seenOnSlides(slides!);
  expect([lacks(deck), lacksFigures(deck)]).toEqual([[], []]);
  const told = seenInMarkdown(markdown!.toString());
  expect([lacks(told, escapedText), lacksFigures(told, escapedText)]).toEqual([[], []]);
  expect(await lacksInWorkbook(workbook!, review.document, ledger, texts)).toEqual([]);

  await visit(browser, api, 'cio', {}, async (page) => {
    await open(page, '/reviews/VR-2026-Q3');
    expect(lacks(await seenOnScreen(page.locator('[data-section=headline]')))).toEqual([]);
    await open(page, '/reviews/VR-2026-Q3?present=1');
    await page.keyboard.press('n');
    await page.getByRole('complementary', { name: 'Notes' }).waitFor();
    const presented: Seen[] = [];
    while (!presented.some((each) => hasRow(each, rows[0]!)) && presented.length < 20) {
      await page.keyboard.press('ArrowRight');
      await page.getByText(`page ${presented.length + 2} of `).waitFor();
      presented.push(await seenOnScreen(page.getByTestId('presented')));
    }
    const all = { text: presented.map(({ text }) => text).join(''), rows: presented.flatMap((each) => each.rows) };
    expect(lacks(all)).toEqual([]);
  });
  const { url } = (await api.as('cio').post(`/reviews/${review.id}/shares`, { days: 1 })).body as MadeReviewShare;
  await visit(browser, api, 'anonymous', {}, async (page) => {
    await page.goto(api.origin + new URL(url).pathname);
    await page.getByRole('heading', { name: '2026 Q3 value review' }).waitFor();
    expect(lacks(await seenOnScreen(page.locator('[data-section=headline]')))).toEqual([]);
  });
}, 180_000);

test('A link is made once, asks for its passphrase, shows every row of the frozen document without an account, and ends when it is revoked', async () => {
  let url = '';
  await visit(browser, api, 'cio', { expected: STORED }, async (page) => {
    await open(page, `/reviews/VR-${SAMPLE}`);
    expect(await page.locator('#appendix table').first().locator('tbody tr').count()).toBe(21);
    await page.getByText('21 of 60 rows; the other 39 stand in the workbook of this review.').waitFor();
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
    await page.getByRole('heading', { name: '2026 Q2 value review' }).waitFor();
    await settled(page);
    expect(await page.getByText('12.4 m EUR').count()).toBeGreaterThan(0);
    // Whoever has but a link has no workbook, so no row is left out; and no other column, as nothing but the document is theirs.
    expect(await page.locator('#appendix table').first().locator('tbody tr').count()).toBe(60);
    expect(await page.getByRole('radiogroup', { name: 'Which column the tables show' }).count()).toBe(0);
    expect(await page.getByRole('link').count()).toBe(await page.getByRole('link', { name: 'CSV' }).count());
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await defects(page)).toEqual([]);
    const link = new URL(page.url()).searchParams.get('link');
    expect(link).toMatch(/^[0-9a-f-]{36}$/);
    await page.reload();
    await page.getByLabel('Passphrase').waitFor();
    await supersede(api, sample.id);
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

test('A page of the wall is no higher in another column: what explains it is told as far as there is room', async () => {
  await changedLinks(api, 14, 'Agreed anew with the supplier. '.repeat(6));
  await visit(browser, api, 'cio', { width: 1280, height: 720 }, async (page) => {
    await open(page, '/reviews/VR-2026-Q3?present=1&column=today');
    const money = page.locator('.presented-page[data-section=money]');
    for (let at = 2; (await money.count()) === 0; at += 1) {
      await page.keyboard.press('ArrowRight');
      await page.getByText(new RegExp(`page ${at} of `)).waitFor();
    }
    await page.getByText(/ · tables and drawings: Restated today$/).waitFor();
    const left = page.getByText(/^r Why \d+ .* restated stands? in the reader\.$/);
    await left.first().waitFor();
    expect((await wallPage(page)).over).toBeLessThanOrEqual(0);
  });
}, 120_000);
