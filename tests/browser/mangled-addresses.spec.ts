import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { open, visit } from '../support/browser.js';
import { goldenStage } from '../support/stage.js';

/** Whatever the address says, the page opens, with what stands around it; what cannot be read is as if it were not there. */

const stage = goldenStage();
/** What a browser says of a refusal that the page shows. */
const REFUSED = [/40[04]|422/];

const standing = async (page: Page) => ({
  rail: await page.getByRole('navigation', { name: 'Pages' }).isVisible(),
  headings: await page.locator('main h1').count(),
  isBroken: await page.getByRole('heading', { name: 'This page cannot be shown' }).isVisible(),
});
const FINE = { rail: true, headings: 1, isBroken: false };

const PAGES = [
  '/',
  '/chain',
  '/benefits',
  '/investments',
  '/links',
  '/records',
  '/audit',
  '/export',
  '/benefits/BEN-1',
];

describe('A mangled period', () => {
  test.each(['2026-Q9', '9999-Q4', '%E0%A4%A'])(
    '“%s” opens every page at the default, and leaves the address',
    async (period) => {
      await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
        for (const path of PAGES) {
          await open(page, `${path}?period=${period}`);
          expect({ path, ...(await standing(page)) }).toEqual({ path, ...FINE });
          expect(await page.locator('.period-picker select').inputValue()).toBe('2026-Q3');
          await page.waitForURL((url) => url.searchParams.get('period') !== period);
          expect([path, new URL(page.url()).searchParams.get('period') ?? '2026-Q3']).toEqual([path, '2026-Q3']);
        }
      });
    },
    120_000,
  );
});

/** Each page meets each of them in all of its parameters at once; an unknown scope, which says all there is to say, alone. */
const NONSENSE = ['zzz', '~:=', '-1', '%00'];
const PARAMETERS: Record<string, readonly string[]> = {
  '/': ['portfolio', 'orgUnit', 'trace', 'present', 'profile', 'nature'],
  '/chain': ['direction', 'view', 'gap', 'min', 'depth', 'expand', 'span', 'node', 'portfolio', 'trace'],
  '/benefits': [
    ...['q', 'class', 'type', 'owner', 'status', 'declared', 'evidence', 'due', 'gap'],
    ...['sort', 'columns', 'rows', 'portfolio', 'orgUnit', 'trace'],
  ],
  '/initiatives': ['status', 'delivery', 'sort', 'gap', 'strategic', 'rows'],
  '/links': ['from', 'to', 'sort', 'type', 'rows'],
  '/records': ['of', 'rows'],
  '/audit': ['objectType', 'objectId', 'actor', 'seq'],
  '/links/new': ['from', 'to', 'return'],
  '/benefits/BEN-1': ['by', 'profile', 'trace', 'portfolio'],
  '/benefits/BEN-1/edit': ['field', 'return'],
};

describe('A parameter that says nothing', () => {
  test.each(Object.entries(PARAMETERS))(
    'on %s leaves the page standing',
    async (path, names) => {
      await visit(stage.browser, stage.api, 'admin', { expected: REFUSED }, async (page) => {
        const isScope = (name: string): boolean => name === 'portfolio' || name === 'orgUnit';
        const own = names.filter((name) => !isScope(name));
        const all = NONSENSE.map((nonsense) => own.map((name) => `${name}=${nonsense}`).join('&'));
        for (const search of [...all, ...names.filter(isScope).map((name) => `${name}=zzz`)]) {
          const address = `${path}?${search}`;
          await open(page, address);
          expect({ address, ...(await standing(page)) }).toEqual({ address, ...FINE });
        }
      });
    },
    180_000,
  );

  test.each([
    '/chain/zzz/INV-1',
    '/chain/investment/NONE',
    '/benefits/NONE',
    '/links/zzz',
    '/import/zzz',
    '/?trace=spend:period=zzz',
    '/?trace=node.cost:type=zzz:ref=NONE',
    '/records?of=node.cost:type=benefit:ref=NONE',
    '/records?of=spend:span=zzz',
    '/benefits?trace=spend:type=benefit:ref=BEN-1',
    '/?period=2026-Q3&period=zzz',
    '/?portfolio=DIG&orgUnit=zzz',
  ])('%s says what there is not', async (address) => {
    await visit(stage.browser, stage.api, 'admin', { expected: REFUSED }, async (page) => {
      await open(page, address);
      expect({ address, ...(await standing(page)) }).toEqual({ address, ...FINE });
    });
  });

  test('filters and orders that a register does not know are not applied', async () => {
    await visit(stage.browser, stage.api, 'admin', {}, async (page) => {
      await open(page, '/benefits');
      const all = await page.locator('caption').first().innerText();
      for (const search of [
        'sort=zzz',
        'gap=zzz',
        'status=zzz',
        'type=zzz',
        'class=zzz',
        'due=zzz',
        'columns=zzz',
        'rows=-5',
      ]) {
        await open(page, `/benefits?${search}`);
        expect([search, await page.locator('caption').first().innerText()]).toEqual([search, all]);
      }
    });
  });
});
