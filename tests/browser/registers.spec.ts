import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { open, settled, visit } from '../support/browser.js';
import { goldenStage } from '../support/stage.js';

/** Registers and the audit: what they list, how they are searched, and what a role is not offered. */

const stage = goldenStage();
const PERIOD = 'period=2026-Q4';
const admin = () => stage.api.as('admin');

/** The texts of one column of the register, as printed. */
const column = async (page: Page, header: string): Promise<string[]> => {
  const headers = await page.locator('thead th').allInnerTexts();
  const at = headers.findIndex((text) => text.startsWith(header));
  expect(at).toBeGreaterThanOrEqual(0);
  return (
    await page.locator(`tbody tr:not(.benefit-group, .benefit-group-rates) > :nth-child(${at + 1})`).allInnerTexts()
  ).map((text) => text.trim());
};
const shown = (page: Page): Promise<string> => page.locator('caption').first().innerText();

describe('A register', () => {
  test('says how many records there are, and how many have nobody who answers for them', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}`);
      const { total } = (await admin().get('/benefits?limit=1')).body;
      const gaps = (await admin().get('/chain/gaps?kind=no_owner&limit=500&period=2026-Q4')).body.items;
      const unowned = gaps.filter((gap: { type: string }) => gap.type === 'benefit').length;
      const { inputs } = (await admin().get('/trace/benefits?period=2026-Q4')).body;
      const off = inputs.find(({ label }: { label: string }) => label === 'Off track').value;
      const message = await page.locator('.message').innerText();
      expect(message).toMatch(new RegExp(`^${total} benefits: ${off} off track, .*; ${unowned} have no owner\\.$`));
      expect(await page.locator('.message [data-num="status:kind=off_track"]').innerText()).toBe(off);
      await page.getByRole('link', { name: `${unowned} have no owner` }).click();
      await page.waitForURL('**gap=no_owner**');
      await settled(page);
      expect(await page.locator('.benefit-line').count()).toBe(unowned);
      expect((await column(page, 'Gaps')).every((text) => text.includes('no owner'))).toBe(true);
    });
  });

  test('is filtered in the address, says when nothing is left, and clears its filters', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/initiatives?${PERIOD}`);
      await page.getByLabel('Status').selectOption('delivered');
      await page.waitForURL('**status=delivered**');
      await settled(page);
      const { total } = (await admin().get('/initiatives?status=delivered')).body;
      expect(await shown(page)).toBe(`${total} of ${total} shown`);
      await page.getByLabel('Code or name').fill('no such thing');
      await page.getByText('None of the initiatives matches these filters.').waitFor();
      expect(page.url()).toContain('q=no%20such%20thing');
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.locator('tbody tr').first().waitFor();
      expect(await page.getByLabel('Code or name').inputValue()).toBe('');
      expect(await shown(page)).toBe('16 of 16 shown');
    });
  });

  test('computed statuses filter as the server computed them', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}&status=off_track`);
      const { benefits } = (await admin().get('/value?period=2026-Q4')).body;
      const off = benefits.filter(({ status }: { status: string }) => status === 'off_track');
      expect((await column(page, 'Code')).sort()).toEqual(off.map(({ code }: { code: string }) => code).sort());
      expect(new Set(await column(page, 'Status'))).toEqual(new Set(['Off track']));
    });
  });

  test('is sorted by the server over all records, and by raw amounts where a figure is computed', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/investments?${PERIOD}`);
      await page.getByRole('button', { name: /^Spend to date/ }).click();
      await page.waitForURL('**sort=-spend**');
      await settled(page);
      const { nodes } = (await admin().get('/chain?period=2026-Q4')).body;
      const spend = nodes
        .filter(({ type }: { type: string }) => type === 'investment')
        .sort((a: { cost: string }, b: { cost: string }) => Number(b.cost) - Number(a.cost))
        .map(({ code }: { code: string }) => code);
      expect(await column(page, 'Code')).toEqual(spend);
      await page.getByRole('button', { name: /^Name/ }).click();
      await page.waitForURL(/sort=-?name/);
      await settled(page);
      const sort = new URL(page.url()).searchParams.get('sort');
      const { items } = (await admin().get(`/investments?sort=${sort}`)).body;
      expect(await column(page, 'Code')).toEqual(items.map(({ code }: { code: string }) => code));
    });
  });

  test('gives its links page by page', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, '/links');
      expect(await shown(page)).toBe('50 of 69 shown');
      await page.getByRole('button', { name: 'Show more' }).click();
      await page.getByText('69 of 69 shown').waitFor();
      expect(await page.locator('tbody tr').count()).toBe(69);
    });
  });

  test('reads links from the money on, and leads to both ends by name', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, '/links');
      const layers = await page.locator('tbody tr > :first-child .caption').allInnerTexts();
      const at = layers.map((layer) => ['investment', 'initiative', 'capability', 'outcome'].indexOf(layer));
      expect(at).toEqual([...at].sort((a, b) => a - b));
      expect(new Set(at).size).toBeGreaterThan(1);
      const { name } = (await admin().get('/investments/INV-1')).body;
      expect(await page.locator('tbody th a').first().innerText()).toBe(`INV-1 ${name}`);
      await page.locator('tbody tr').first().locator('td a').first().click();
      await page.waitForURL('**/initiatives/**');
    });
  });

  for (const width of [1440, 1280, 1024])
    test(`shows name, status and gaps at ${width} without scrolling, and says where there is more`, async () => {
      await visit(stage.browser, stage.api, 'admin', { width }, async (page) => {
        for (const path of ['/outcomes', '/initiatives']) {
          await open(page, `${path}?${PERIOD}`);
          const region = page.locator('.register-table');
          const right = await region.evaluate((element) => element.getBoundingClientRect().right);
          for (const header of path === '/outcomes' ? ['Name', 'Gaps'] : ['Name', 'Status', 'Gaps']) {
            const box = await page.locator('thead th', { hasText: header }).first().boundingBox();
            expect(box!.x + box!.width).toBeLessThanOrEqual(right + 1);
          }
          const more = await region.evaluate((element) => element.scrollWidth > element.clientWidth + 1);
          expect((await region.getAttribute('data-more'))?.includes('right') ?? false).toBe(more);
        }
      });
    });

  test('follows the portfolio of the page, as far as its records lie in one', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}&portfolio=DIG&columns=portfolio`);
      expect(new Set(await column(page, 'Portfolio'))).toEqual(new Set(['DIG']));
      await open(page, `/capabilities?view=list&${PERIOD}&portfolio=DIG`);
      expect(await page.locator('.about').first().innerText()).toContain('they lie in no portfolio');
      expect(await page.locator('tbody tr').count()).toBe(8);
    });
  });
});

describe('What a role may not do is not offered', () => {
  test('a stakeholder reads outcomes and benefits of own units, and changes nothing', async () => {
    await visit(stage.browser, stage.api, 'stakeholder-bu1', {}, async (page) => {
      await open(page, `/benefits?${PERIOD}`);
      const { total } = (await stage.api.as('stakeholder-bu1').get('/benefits')).body;
      expect(await shown(page)).toContain(`${total} of ${total} shown`);
      expect(await page.getByRole('navigation', { name: 'Registers' }).getByRole('link').allInnerTexts()).toEqual([
        'Outcomes',
        'Benefits',
      ]);
      expect(await page.getByRole('link', { name: 'New benefit' }).count()).toBe(0);
      await page.locator('tbody th a').first().click();
      await page.getByRole('heading', { name: 'Facts' }).waitFor();
      await settled(page);
      for (const name of ['Edit', 'Archive', 'Add a month', 'Open in the chain'])
        expect(await page.getByText(name, { exact: true }).count()).toBe(0);
      await open(page, '/investments');
      await page.getByText('Your role does not read investments.').waitFor();
      await open(page, '/benefits/new');
      await page.getByText('Your role may not do this.').waitFor();
      await open(page, '/audit');
      await page.getByText('The record is open to administrators, the CIO and finance.').waitFor();
    });
  });

  test('a portfolio manager changes own benefits and not those of others', async () => {
    await visit(stage.browser, stage.api, 'pm-dig', {}, async (page) => {
      await open(page, `/benefits/BEN-1?${PERIOD}`);
      await page.getByRole('link', { name: 'Edit', exact: true }).waitFor();
      await open(page, `/benefits/BEN-10?${PERIOD}`);
      expect(await page.getByRole('link', { name: 'Edit', exact: true }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Add a month' }).count()).toBe(0);
      await page.getByText('Who changed what is for administrators, CIO and finance to see.').waitFor();
      await open(page, `/benefits/BEN-10/edit?${PERIOD}`);
      await page.getByText(/^This benefit is not yours to change\. Ask /).waitFor();
      expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    });
  });

  test('a portfolio manager is told before the form is filled that a link spends the money of others', async () => {
    const { items } = (await admin().get('/initiatives?portfolioCode=CORE&limit=1')).body;
    await visit(stage.browser, stage.api, 'pm-dig', {}, async (page) => {
      await open(page, `/initiatives/${items[0].code}?${PERIOD}`);
      expect(await page.getByRole('link', { name: 'Add a link to a capability' }).count()).toBe(0);
      await open(page, `/links/new?from=initiative:${items[0].code}`);
      await page.getByText(`You may not save a link that spends the money of ${items[0].code}.`).waitFor();
    });
  });

  test('a record that is out of sight says so and leads on', async () => {
    await visit(stage.browser, stage.api, 'stakeholder-bu1', { expected: [/40[34]/] }, async (page) => {
      await open(page, '/investments/INV-1');
      await page.getByText('It does not exist, was archived, or is not visible to you.').waitFor();
    });
  });
});

describe('The audit', () => {
  test('is filtered, verified and taken away as a file', async () => {
    for (const code of ['CAP-AUDIT-1', 'CAP-AUDIT-2'])
      expect((await admin().post('/capabilities', { code, name: 'Audited' })).status).toBe(201);
    await visit(stage.browser, stage.api, 'finance', {}, async (page) => {
      await open(page, '/audit');
      await page.getByRole('button', { name: 'Verify the chain' }).click();
      await page.getByText(/^● ?Untouched: \d+ events verified/).waitFor();
      await page.getByLabel('Kind of object').selectOption('capability');
      await page.waitForURL('**objectType=capability**');
      await settled(page);
      const { total } = (await stage.api.as('finance').get('/audit?objectType=capability')).body;
      expect(total).toBeGreaterThanOrEqual(2);
      expect(await shown(page)).toBe(`${total} of ${total} events shown`);
      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: 'CSV of what is shown' }).click();
      expect((await downloading).suggestedFilename()).toBe('audit.csv');
      await page.locator('tbody th a').first().click();
      await page.waitForURL('**seq=**');
      await page.getByText('All events of the same capability').click();
      await page.waitForURL('**objectId=**');
    });
  });
});
