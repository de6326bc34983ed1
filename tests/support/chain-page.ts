import type { Page } from 'playwright-core';
import type { Picture } from '../../server/contract/chain.js';
import { open, settled } from './browser.js';
import type { Api, UploadedFile } from './harness.js';

/** The chain explorer as the browser tests open and read it. */

/** The page with its drawing. */
export const openChain = async (page: Page, path: string): Promise<void> => {
  await open(page, path);
  await page.locator('svg [data-box]').first().waitFor();
  await settled(page);
};
export const boxesOf = (page: Page): Promise<string[]> =>
  page.locator('svg [data-box]').evaluateAll((boxes) => boxes.map((box) => box.getAttribute('data-box')!));
export const itemsOf = (page: Page): Promise<string[]> =>
  page
    .locator('[role=treeitem][data-node]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-node')!));
export const pictureOf = async (api: Api, query: string): Promise<Picture> =>
  (await api.as('admin').get(`/chain/picture?${query}`)).body;

/** All kinds of gaps, those that are folded away included. */
export const openAllChips = async (page: Page): Promise<void> => {
  const more = page.locator('button.chips-more[aria-expanded=false]');
  if ((await more.count()) > 0) await more.click();
};

/** 30 investments, 24 initiatives and 20 of each later layer, with codes that hold odd signs; each investment feeds two initiatives. */
export const manyRecords = (): UploadedFile[] => {
  const times = (count: number, line: (at: number) => string): string[] =>
    Array.from({ length: count }, (_, at) => line(at));
  const table = (name: string, header: string, lines: string[]): UploadedFile => ({
    name: `${name}.csv`,
    content: [header, ...lines, ''].join('\n'),
  });
  return [
    table(
      'investments',
      'code,name',
      times(30, (at) => `V/${at} a,Investment number ${at}`),
    ),
    table(
      'investment_costs',
      'investment_code,month,kind,planned,actual',
      times(30, (at) => `V/${at} a,2026-01,opex,,${(at + 1) * 1000}`),
    ),
    table(
      'initiatives',
      'code,name',
      times(24, (at) => `I-${at},Initiative number ${at}`),
    ),
    table(
      'capabilities',
      'code,name',
      times(20, (at) => `C-${at},Capability number ${at}`),
    ),
    table(
      'outcomes',
      'code,name',
      times(20, (at) => `O-${at},Outcome number ${at}`),
    ),
    table(
      'benefits',
      'code,name,type,nature,currency',
      times(20, (at) => `B-${at},Benefit number ${at},cost,cashable,USD`),
    ),
    table('links', 'from_code,to_code,allocation,contribution', [
      ...times(30, (at) => `V/${at} a,I-${at % 24},40,`),
      ...times(30, (at) => `V/${at} a,I-${(at + 5) % 24},50,`),
      ...times(18, (at) => `I-${at},C-${at},,`),
      ...times(20, (at) => `C-${at},O-${at},80,`),
      ...times(19, (at) => `O-${at},B-${at},,`),
    ]),
  ];
};
