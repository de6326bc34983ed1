import { afterAll, beforeAll, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, visit } from '../support/browser.js';
import { openSheet } from '../support/entry-page.js';
import { startApi, type Api } from '../support/harness.js';
import { report } from './report.js';

/** Criterion 23 of the design: a key in the entry grid on 200 rows of 36 months, until what it does is drawn. The middle and the worst of 20. */

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  await api.sql(`insert into benefits (code, name, currency, nature)
    select 'BEN-' || i, 'Benefit number ' || i, 'USD', 'cashable' from generate_series(1, 200) i`);
  await api.sql(`insert into benefit_values (benefit_id, month, planned, realised, reported_by, changed_by)
    select id, date '2023-10-01' + make_interval(months => m), 5000.25 + m, 4900.75 + m, 'a@b.c', 'a@b.c' from benefits, generate_series(0, 35) m`);
  await api.sql('analyze');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

/** Milliseconds from each key until the frame after it. */
const pressing = async (page: Page, keys: readonly string[]): Promise<[middle: number, worst: number]> => {
  const took = await page.evaluate(async (wanted) => {
    const figures: number[] = [];
    for (const key of wanted) {
      const start = performance.now();
      const target = document.activeElement!;
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      if (target instanceof HTMLInputElement && key.length === 1) {
        target.value += key;
        target.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      figures.push(performance.now() - start);
    }
    return figures;
  }, keys);
  const sorted = [...took].sort((a, b) => a - b);
  return [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
};

test('keys in the entry grid, on 200 rows of 36 months', async () => {
  await visit(browser, api, 'admin', {}, async (page) => {
    page.on('dialog', (dialog) => void dialog.accept());
    await openSheet(page, 'show=all&from=2023-10&to=2026-09');
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await pressing(page, ['Home', 'ArrowRight', 'ArrowDown']);
    const times = (key: string, count = 20) => Array.from({ length: count }, () => key);
    const [arrow, arrowWorst] = await pressing(page, times('ArrowDown'));
    const [right, rightWorst] = await pressing(page, times('ArrowRight'));
    const [, begins] = await pressing(page, ['7']);
    const [typed, typedWorst] = await pressing(page, [...'12345678']);
    const [, committed] = await pressing(page, ['Enter']);
    const [, far] = await pressing(page, ['PageDown', 'PageDown', 'PageUp', 'PageUp']);
    report('Entry grid', { rows: 200, months: 36 }, [
      ['arrow down, ms (goal < 50)', arrow],
      ['arrow down, worst of 20, ms', arrowWorst],
      ['arrow right, ms (goal < 50)', right],
      ['arrow right, worst of 20, ms', rightWorst],
      ['first key of a number, ms (goal < 50)', begins],
      ['further keys of it, ms (goal < 50)', typed],
      ['further keys, worst of 8, ms', typedWorst],
      ['Enter, with sums and checks, ms (goal < 50)', committed],
      ['page up and down, worst of 4, ms', far],
    ]);
  });
}, 300_000);
