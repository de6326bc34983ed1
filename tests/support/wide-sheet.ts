import type { Page } from 'playwright-core';
import { openSheet } from './entry-page.js';
import type { Api } from './harness.js';
import { fixedWork, median, REFERENCE_MS, type Wait } from './waiting.js';

/** The entry grid at the size that has to stay quick: 200 benefits of 36 months, each month with a plan and a value. */

export const ROWS = 200;
export const MONTHS = 36;

export const fillWideSheet = async (api: Api): Promise<void> => {
  await api.sql(`insert into benefits (code, name, currency, nature)
    select 'BEN-' || i, 'Benefit number ' || i, 'USD', 'cashable' from generate_series(1, ${ROWS}) i`);
  await api.sql(`insert into benefit_values (benefit_id, month, planned, realised, reported_by, changed_by)
    select id, date '2023-10-01' + make_interval(months => m), 5000.25 + m, 4900.75 + m, 'a@b.c', 'a@b.c'
    from benefits, generate_series(0, ${MONTHS - 1}) m`);
  await api.sql('analyze');
};

/** The sheet, with the focus in its first cell and warm. */
export const openWideSheet = async (page: Page): Promise<void> => {
  // What is typed here is never saved: leaving would ask.
  page.on('dialog', (dialog) => void dialog.accept());
  await openSheet(page, 'show=all&from=2023-10&to=2026-09');
  await page.locator('[role=gridcell][tabindex="0"]').focus();
  await pressing(page, ['Home', 'ArrowRight', 'ArrowDown']);
};

/** Milliseconds from each key until the frame that shows what it does is drawn. */
export const pressing = (page: Page, keys: readonly string[]): Promise<number[]> =>
  page.evaluate(async (wanted) => {
    const figures: number[] = [];
    for (const key of wanted) {
      const start = performance.now();
      const target = document.activeElement!;
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      if (target instanceof HTMLInputElement && key.length === 1) {
        // As the browser does it: past the setter that React put on the element.
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(target, target.value + key);
        target.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      figures.push(performance.now() - start);
    }
    return figures;
  }, keys);

/** The keys of one value, as a person works down a column; the digit is the one that opens the cell. */
const ONE_VALUE = [
  ['arrow right', 'ArrowRight'],
  ['arrow down', 'ArrowDown'],
  ['arrow left', 'ArrowLeft'],
  ['first digit', '7'],
  ['further digit', '5'],
  ['Enter', 'Enter'],
] as const;
export type KeyName = (typeof ONE_VALUE)[number][0];

/** Values entered one after the other: each key's times, with how slow the machine was meanwhile. */
export const enteringValues = async (page: Page, values: number): Promise<Map<KeyName, Wait & { worst: number }>> => {
  const took = new Map<KeyName, number[]>(ONE_VALUE.map(([name]) => [name, []]));
  const work = [await fixedWork(page)];
  for (let at = 0; at < values; at += 1) {
    const times = await pressing(
      page,
      ONE_VALUE.map(([, key]) => key),
    );
    ONE_VALUE.forEach(([name], key) => took.get(name)!.push(times[key]!));
    work.push(await fixedWork(page));
  }
  const slowness = Math.max(1, median(work) / REFERENCE_MS);
  return new Map(
    [...took].map(([name, times]) => [name, { median: median(times), worst: Math.max(...times), slowness }]),
  );
};
