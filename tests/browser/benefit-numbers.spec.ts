import { describe, expect, test } from '@jest/globals';
import { open, visit } from '../support/browser.js';
import { type Exempt, looseNumbers, shownNumbers } from '../support/browser-numbers.js';
import { exampleStage } from '../support/stage.js';

/** No number on the screens of benefits stands for itself: each leads to its trace, or is of a kind that stands here with the reason. */

const stage = exampleStage();
const PERIOD = 'period=2026-Q3';

const EVERYWHERE: Exempt = [
  ['svg', 'axes of drawings: the figures of the marks stand beside them and in their table'],
  [
    '.columns-tick, .columns-period, .columns-year, .legend-item, .about',
    'axes and legends of drawings, and sentences on what is drawn',
  ],
  ['button, select, option, label, legend, summary, kbd', 'what is chosen and pressed, and how many rows open there'],
  ['caption, .caption, p.visually-hidden', 'how many rows a table has, and when something was entered'],
];

const OF_BENEFIT: Exempt = [
  ['.benefit-flag', 'numbers of the flags in the drawing'],
  [
    '.benefit-standing .benefit-status, .benefit-tests',
    'a level of evidence, and how many things are missing, each with what repairs it',
  ],
  ['.facts .prewrap, .benefit-conversion, .proof-main', 'fields and texts of the record as somebody wrote them'],
  ['#plan-versions th', 'the number of a version'],
  ['.record-history, a[href^="/audit"]', 'what an event of the audit replaced, and how many events there are'],
];

interface Screen {
  name: string;
  path: string;
  /** What is there once the figures are. */
  ready: string;
  /** Numbers that lead to a trace, at least. */
  least: number;
  exempt?: Exempt;
}

const SCREENS: readonly Screen[] = [
  ...['EX-BEN-09', 'EX-BEN-10', 'EX-BEN-18'].map((code) => ({
    name: `the benefit ${code}`,
    path: `/benefits/${code}?${PERIOD}`,
    ready: '#values ~ * td [data-num], [data-chart] [data-num]',
    least: 60,
    exempt: OF_BENEFIT,
  })),
  {
    name: 'the register of benefits',
    path: `/benefits?${PERIOD}`,
    ready: 'tbody [data-num]',
    least: 40,
    exempt: [['tbody span:not(.figures), a', 'levels of evidence, and counts of what is filtered']],
  },
  {
    name: 'the entry grid',
    path: `/enter?${PERIOD}&show=all`,
    ready: '[data-cell]',
    least: 5,
    exempt: [
      ['[data-cell]', 'cells in which one types: the one with the focus leads to its trace (Alt+Enter)'],
      ['.entry-foot', 'sums of the cells above them, as the server has them, or as typed'],
      ['.page-header .message', 'how many values are due, which the sheet lists'],
      ['.entry-line', 'the cell with the focus in words, beside its trace'],
    ],
  },
  {
    name: 'the actions',
    path: `/actions?${PERIOD}`,
    ready: 'tbody [data-num]',
    least: 4,
    exempt: [['td.wide', 'what somebody wrote of an action']],
  },
];

describe('No number without a trace', () => {
  test.each(SCREENS)('on $name', async ({ path, ready, least, exempt = [] }) => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, path);
      await page.locator(ready).first().waitFor();
      expect(await looseNumbers(page, [...EVERYWHERE, ...exempt])).toEqual([]);
      expect((await shownNumbers(page)).length).toBeGreaterThan(least);
    });
  });

  test('on a case', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, `/investments/EX-INV-02?${PERIOD}`);
      await page.locator('#case [data-num]').first().waitFor();
      const exempt: Exempt = [
        ['section:not(#case, #case *)', 'other sections of the page, which are no part of the case'],
        [
          '.case-range, .case-remark, .case-unit, #case .panel-message',
          'the discount rate, and by how much a driver is varied: what is asked',
        ],
        ['#case li', 'sentences on what it rests on'],
      ];
      expect(await looseNumbers(page, [...EVERYWHERE, ...exempt])).toEqual([]);
      expect(await page.locator('#case [data-num]:visible').count()).toBeGreaterThan(10);
    });
  });

  test('on the values to confirm', async () => {
    await visit(stage.browser, stage.example, 'finance', {}, async (page) => {
      await open(page, `/confirm?${PERIOD}`);
      await page.locator('.confirm-table [data-num]').first().waitFor();
      const exempt: Exempt = [['a.confirm-second', 'how many files prove it, with the way to them']];
      expect(await looseNumbers(page, [...EVERYWHERE, ...exempt])).toEqual([]);
      expect((await shownNumbers(page)).length).toBeGreaterThan(10);
    });
  });

  test('on a scenario', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, `/scenarios/new?${PERIOD}&changes=stop:investment:EX-INV-07:2027-01`);
      await page.locator('main [data-num]').first().waitFor();
      expect(await looseNumbers(page, [...EVERYWHERE, ['li', 'sentences on what it rests on']])).toEqual([]);
      expect((await shownNumbers(page)).length).toBeGreaterThan(8);
    });
  });
});
