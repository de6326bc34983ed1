import { describe, expect, test } from '@jest/globals';
import type { Gap } from '../../server/contract/chain.js';
import { open, settled, visit } from '../support/browser.js';
import { goldenStage } from '../support/stage.js';

/** No page offers what the server refuses to the reader: it says whose it is. */

const stage = goldenStage();
const PERIOD = 'period=2026-Q4';

describe('Criterion 11 for the manager of one portfolio', () => {
  test.each(['no_owner', 'benefit_without_outcome', 'benefit_without_baseline', 'investment_without_initiative'])(
    '%s: each row has a way to repair it, or says whom to ask',
    async (kind) => {
      const path = `/chain/gaps?${PERIOD}&kind=${kind}&limit=500`;
      const gaps = (await stage.api.as('pm-core').get(path)).body.items as Gap[];
      expect(gaps.length).toBeGreaterThan(0);
      await visit(stage.browser, stage.api, 'pm-core', {}, async (page) => {
        await open(page, `/chain?${PERIOD}&gap=${kind}`);
        await page.locator('.gap-records tbody tr').first().waitFor();
        await settled(page);
        const rows = await page.locator('.gap-records tbody tr').evaluateAll((found) =>
          found.map((row) => ({
            code: row.querySelector('td')!.textContent!.trim(),
            isOffered: row.querySelector('.fix-cell :is(a[href], button)') !== null,
            says: row.querySelector('.fix-cell')!.textContent!.trim(),
          })),
        );
        expect(rows.map(({ code, isOffered }) => [code, isOffered]).sort()).toEqual(
          gaps.map(({ code, mayWrite }) => [code, mayWrite]).sort(),
        );
        for (const { isOffered, says, code } of rows) {
          const { ask } = gaps.find((gap) => gap.code === code)!;
          if (!isOffered) expect(says).toContain(`: ask ${ask ?? 'an administrator'}`);
        }
      });
    },
  );

  test('the two ways stand beside each other', async () => {
    const { items } = (await stage.api.as('pm-core').get(`/chain/gaps?${PERIOD}&limit=500`)).body as { items: Gap[] };
    expect(new Set(items.map(({ mayWrite }) => mayWrite))).toEqual(new Set([true, false]));
  });

  test('what is offered, the server does: the form of a repair opens and its record can be written', async () => {
    const path = `/chain/gaps?${PERIOD}&kind=benefit_without_baseline&limit=500`;
    const own = ((await stage.api.as('pm-core').get(path)).body.items as Gap[]).find(({ mayWrite }) => mayWrite)!;
    await visit(stage.browser, stage.api, 'pm-core', {}, async (page) => {
      await open(page, `/chain?${PERIOD}&gap=benefit_without_baseline`);
      await page.locator('.gap-records tr', { hasText: own.code }).locator('a.fix').first().click();
      await page.waitForURL(`**/benefits/${own.code}/edit?**`);
      await page.locator('#field-baseline').waitFor();
      const baseline = page.locator('#field-baseline');
      await baseline.fill('12');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.waitForURL(/\/chain\?/);
    });
    const { baseline } = (await stage.api.as('admin').get(`/benefits/${own.code}`)).body;
    expect(Number(baseline)).toBe(12);
  });
});

describe('A stakeholder', () => {
  test.each(['/import', '/import/history', '/import/00000000-0000-7000-8000-000000000000'])(
    'reads at %s that it is not for the role, and is offered nothing there',
    async (path) => {
      await visit(stage.browser, stage.api, 'stakeholder-bu1', {}, async (page) => {
        await open(page, path);
        expect(await page.locator('.message').innerText()).toBe('Not for your role.');
        expect(await page.locator('main :is(input, button, a.button, .failure)').count()).toBe(0);
      });
    },
  );

  test('is told of the forms of records what the role does', async () => {
    await visit(stage.browser, stage.api, 'stakeholder-bu1', {}, async (page) => {
      await open(page, '/investments/new');
      expect(await page.locator('main .empty').innerText()).toBe('Your role neither reads nor writes investments.');
      await open(page, '/benefits/new');
      expect(await page.locator('main .empty').innerText()).toContain('Your role reads benefits only.');
    });
  });

  test('reads on the overview of benefits, and of no spend', async () => {
    await visit(stage.browser, stage.api, 'stakeholder-bu1', {}, async (page) => {
      await open(page, `/?${PERIOD}`);
      const strip = await page.locator('.overview-message').innerText();
      expect(strip).toContain('benefits,');
      expect(strip).not.toMatch(/spend/i);
    });
    await visit(stage.browser, stage.api, 'cio', {}, async (page) => {
      await open(page, `/?${PERIOD}`);
      expect(await page.locator('.overview-message').innerText()).toContain('benefits and spend,');
    });
  });
});
