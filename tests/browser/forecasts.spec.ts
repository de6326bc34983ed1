import { describe, expect, test } from '@jest/globals';
import { open, visit } from '../support/browser.js';
import { expectShows, rememberedTraces, shownNumbers } from '../support/browser-numbers.js';
import { FINE, look } from '../support/layout.js';
import { exampleStage } from '../support/stage.js';

/** Calibrated forecasts beside the claimed ones, with the example, where growth claims too much round after round. */

const stage = exampleStage();
const traced = rememberedTraces(() => stage.example, { period: '2026-Q3' });

describe('Calibrated beside claimed', () => {
  test('stands in the ledger as a row of its own: less than the same benefits claim', async () => {
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, '/');
      const row = page.locator('.ledger tbody tr', { hasText: 'calibrated' });
      await row.waitFor();
      const figures = ['calibrated_expected', 'expected_of_calibrated', 'variance.calibrated_expected'];
      const numbers = (await shownNumbers(page)).filter(({ step }) => figures.includes(step.split(':')[0]!));
      expect(numbers.length).toBe(3);
      for (const number of numbers) expectShows(number, await traced(number.step));
      const { ledger } = (await stage.example.as('cio').get('/overview?period=2026-Q3')).body;
      const { actual, plan } = ledger.find(({ id }: { id: string }) => id === 'calibrated');
      expect(Number(actual.value) / Number(plan.value)).toBeLessThan(0.95);
    });
  });

  test('stands in the register under what a benefit is expected to bring; where too little is known, it says so', async () => {
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, '/benefits');
      const cell = (code: string) =>
        page.locator('.benefit-table tbody tr', { hasText: code }).locator('td:has(.landing)');
      await cell('EX-BEN-04').waitFor();
      expect(await cell('EX-BEN-04').innerText()).toMatch(/^3\.27\s+2\.71 cal\.$/);
      expect(await cell('EX-BEN-06').innerText()).toMatch(/^2\.14\s+too few points$/);
      // Nothing more is forecast of it.
      expect(await cell('EX-BEN-15').innerText()).not.toMatch(/cal\.|points/);
      const numbers = (await shownNumbers(page)).filter(({ step }) => step.startsWith('node.calibrated_expected'));
      expect(numbers.length).toBe(15);
      for (const number of numbers) expectShows(number, await traced(number.step));
    });
  });

  test.each([
    [1440, 900],
    [360, 740],
  ])(
    'stands in the case of an investment by benefit; a sum is held against a sum of the same, at %i × %i',
    async (width, height) => {
      await visit(stage.browser, stage.example, 'cio', { width, height }, async (page) => {
        await open(page, '/investments/EX-INV-06');
        const table = page.locator('.case-forecasts');
        await table.waitFor();
        const row = (name: string) => table.locator('tr', { hasText: name });
        expect(await row('EX-BEN-06').first().innerText()).toContain('Fewer than 8 months');
        expect(await table.locator('tfoot tr').allInnerTexts()).toEqual([
          expect.stringMatching(/^Without EX-BEN-06/),
          expect.stringMatching(/^All of them[\s\S]*not known of EX-BEN-06/),
        ]);
        const numbers = (await shownNumbers(page)).filter(({ step }) =>
          /^case\..*(_forecast|_of_calibrated)/.test(step),
        );
        expect(numbers.length).toBe(2 * 5 + 3);
        for (const number of numbers) expectShows(number, await traced(number.step));
        expect(await look(page)).toEqual(FINE);
        expect(await table.evaluate((found) => found.scrollWidth <= found.parentElement!.clientWidth)).toBe(true);
      });
    },
    60_000,
  );
});
