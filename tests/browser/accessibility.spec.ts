import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { openedTrace } from '../support/browser-numbers.js';
import { shellDefects } from '../support/chart-shell.js';
import { startApi, type Api } from '../support/harness.js';
import { FINE, look, resized } from '../support/layout.js';
import { numberFaults } from '../support/printed-figures.js';

let golden: Api;
let uk: Api;
let empty: Api;
let imported: string;
let browser: Browser;
beforeAll(async () => {
  [golden, uk, empty, browser] = await Promise.all([
    startApi({ golden: true }),
    startApi({ bare: true }),
    startApi({ bare: true }),
    launchBrowser(),
  ]);
  imported = (await golden.as('admin').get('/imports')).body.items[0].id;
  expect((await uk.as('admin').post('/samples/uk-major-projects')).status).toBe(201);
  // So that a target and what is near it are drawn.
  const target = { metricId: 'flow.cycle_time', fromPeriod: '2025-Q1', target: '30', amber: '35' };
  expect((await golden.as('admin').post('/metric-targets', target)).status).toBe(201);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([golden?.stop(), uk?.stop(), empty?.stop()]);
});

/** Two groups of problems, so that a table and a list of rows are shown. */
const BAD = `code,name,start_date\n${Array.from({ length: 6 }, (_, row) => `P-${row},Initiative,not a day ${row}`).join('\n')}\n,No code,\n`;

const chooseBadFile = async (page: Page): Promise<void> => {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'initiatives.csv', mimeType: 'text/csv', buffer: Buffer.from(BAD) });
  await page.getByRole('button', { name: 'Check 1 file' }).click();
  await page.locator('.problem-group').first().waitFor();
};

interface Screen {
  name: string;
  api: () => Api;
  path: () => string;
  signedOut?: boolean;
  then?: (page: Page) => Promise<unknown>;
}

const trace = (page: Page): Promise<unknown> => openedTrace(page);

const openForm = (page: Page): Promise<unknown> => page.getByRole('button', { name: 'Add an annotation' }).click();

/** Pages of families of metrics; axe over those that every criterion of the frame is held to is in `criteria-frame.spec.ts`. */
const OF_METRICS = [
  ...[
    '/services',
    '/services/SVC-1',
    '/signs',
    '/indicators',
    '/efficiency',
    '/flow',
    '/flow/items',
    '/work-items/WI-1',
  ],
  ...['/stages', '/decisions', '/decisions/rights', '/priorities'],
  ...['/metrics/outcome.cost_saved', '/metrics/quality.availability', '/metrics/stakeholder.satisfaction'],
];
/** Each drawing in its frame, each number as it is to be printed, and room for all of it on a phone. */
const WITH_FIGURES = [
  ...OF_METRICS,
  ...['/metrics', '/metrics/flow.cycle_time', '/metrics/flow.cycle_time/records'],
  ...['/capabilities', '/capabilities/CAP-1', '/stakeholders'],
];

/** Those that draw something. */
const DRAWN: readonly string[] = [
  ...['/services/SVC-1', '/flow', '/decisions', '/priorities', '/capabilities/CAP-1', '/stakeholders', '/metrics'],
  ...['/metrics/outcome.cost_saved', '/metrics/quality.availability', '/metrics/stakeholder.satisfaction'],
  '/metrics/flow.cycle_time',
];

const SCREENS: Screen[] = [
  {
    name: 'sign-in with errors',
    api: () => golden,
    path: () => '/sign-in',
    signedOut: true,
    then: async (page) => {
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'overview of an empty product', api: () => empty, path: () => '/' },
  {
    name: 'overview with the table twin open',
    api: () => golden,
    path: () => '/?period=2026-Q4',
    then: async (page) => {
      for (const twin of await page.getByText('Show as table').all()) await twin.click();
    },
  },
  { name: 'overview of UK major projects', api: () => uk, path: () => '/?period=2023-Q4' },
  { name: 'trace of a sum', api: () => golden, path: () => '/?period=2026-Q4&trace=realised', then: trace },
  { name: 'trace of a share', api: () => uk, path: () => '/?period=2023-Q4&trace=coverage', then: trace },
  { name: 'import, check with problems', api: () => golden, path: () => '/import', then: chooseBadFile },
  { name: 'import history, empty', api: () => empty, path: () => '/import/history' },
  {
    name: 'import report, asking before a revert',
    api: () => golden,
    path: () => `/import/${imported}`,
    then: async (page) => {
      await page.getByRole('button', { name: 'Revert this import' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'menu of the account',
    api: () => golden,
    path: () => '/export',
    then: async (page) => {
      await page.getByRole('button', { name: /^Account of/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    },
  },
  {
    name: 'menu of the display',
    api: () => golden,
    path: () => '/export',
    then: async (page) => {
      await page.getByRole('button', { name: 'Display' }).click();
      await page.getByRole('menuitemradio', { name: 'Dark' }).waitFor();
    },
  },
  {
    name: 'palette',
    api: () => golden,
    path: () => '/export',
    then: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('option', { name: /^Overview/ }).waitFor();
    },
  },
  {
    name: 'palette with records',
    api: () => golden,
    path: () => '/export',
    then: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('BEN-1');
      await page
        .getByRole('option', { name: /BEN-1, benefit/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'help',
    api: () => golden,
    path: () => '/?period=2026-Q4',
    then: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Help' }).waitFor();
    },
  },
  { name: 'present mode', api: () => golden, path: () => '/?period=2026-Q4&present=1' },
  { name: 'an address that does not exist', api: () => golden, path: () => '/nowhere' },
  { name: 'metrics', api: () => golden, path: () => '/metrics?period=2026-Q2' },
  { name: 'metrics of an empty product', api: () => empty, path: () => '/metrics' },
  { name: 'a metric', api: () => golden, path: () => '/metrics/flow.cycle_time?period=2026-Q2', then: openForm },
  { name: 'records of a metric', api: () => golden, path: () => '/metrics/flow.throughput/records?period=2026-Q2' },
  ...[...OF_METRICS, '/decisions/DEC-1'].map((path) => ({
    name: path,
    api: () => golden,
    path: () => `${path}?period=2026-Q2`,
  })),
];

const EXPECTED = [/422.*\/imports\?/];

describe('In light and in dark colours nothing stands in the way of anyone on the screen', () => {
  test.each(SCREENS)('“$name”', async ({ api, path, signedOut = false, then }) => {
    await visit(browser, api(), signedOut ? 'anonymous' : 'admin', { expected: EXPECTED }, async (page) => {
      if (signedOut || path() === '/nowhere') {
        await page.goto(path());
        await page.locator('h1').waitFor();
      } else await open(page, path());
      await then?.(page);
      expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
    });
  });
});

describe('7, 24: On pages of metrics', () => {
  test.each(WITH_FIGURES)(
    '%s: drawings have their frames, numbers are printed as numbers, and a phone has room',
    async (path) => {
      await visit(browser, golden, 'admin', {}, async (page) => {
        await open(page, `${path}?period=2026-Q1`);
        expect((await page.locator('[data-chart]').count()) > 0).toBe(DRAWN.includes(path));
        const shells = await shellDefects(page);
        for (const twin of await page.getByText('Show as table').all()) await twin.click();
        expect({ shells, numbers: await numberFaults(page) }).toEqual({ shells: [], numbers: [] });
        await resized(page, 360, 740);
        await settled(page);
        expect(await look(page)).toEqual(FINE);
      });
    },
  );
});

test('24: what looks for faults of numbers finds them', async () => {
  await visit(browser, golden, 'admin', {}, async (page) => {
    await open(page, '/signs?period=2026-Q1');
    const table = (headers: string, ...rows: string[][]) =>
      `<table><thead><tr>${headers.replaceAll(/\S+/g, '<th>$&</th>')}</tr></thead><tbody>${rows
        .map((cells) => `<tr>${cells.map((cell) => `<td class="figures">${cell}</td>`).join('')}</tr>`)
        .join('')}</tbody></table>`;
    const right = [
      table('Name Cost Share', ['A', '12.4', '+3.2 %'], ['B', '1,200', '−0.4 %'], ['C', 'x', 'c']),
      table('Unit AC', ['%', '12.4 %'], ['days', '30']),
      ...['▲ +1.2', '▼ −1.2', '0', '0.0 % neutral', '&lt;+0.1 %', 'x'].map(
        (text) => `<span data-impact="x">${text}</span>`,
      ),
    ].join('');
    const wrong = [
      table('Name Cost Time', ['A', '12.4 k EUR', '3 days'], ['B', '1.2 m EUR', '4']),
      ...['1.2', '▲ 3 %', '-1.2', '0.5'].map((text) => `<span data-impact="x">${text}</span>`),
    ].join('');
    const faultsOf = async (html: string) => {
      await page.locator('main').evaluate((main, inner) => (main.innerHTML = inner), html);
      return (await numberFaults(page)).sort();
    };
    expect(await faultsOf(right)).toEqual([]);
    expect(await faultsOf(wrong)).toEqual([
      'two units in Cost: k EUR, m EUR',
      'two units in Time: days, none',
      ...['-1.2', '0.5', '1.2', '▲ 3 %'].map((text) => `without its sign: ${text}`),
    ]);
  });
});

test.each(['/', '/metrics', '/benefits', '/benefits/BEN-1'])(
  '24: differences on %s have their sign, and a column one unit',
  async (path) => {
    const content = 'metric_id,from_period,target\nflow.cycle_time,2026-Q1,20\nflow.throughput,2026-Q1,1\n';
    await golden.as('admin').upload('/imports', [{ name: 'metric_targets.csv', content }]);
    await visit(browser, golden, 'admin', {}, async (page) => {
      await open(page, `${path}?period=2026-Q1`);
      expect(await page.locator('main span[data-impact]').count()).toBeGreaterThan(1);
      expect(await numberFaults(page)).toEqual([]);
    });
  },
);

describe('The overview', () => {
  test('stands on a page with landmarks, one heading of the first level, and links that skip to its parts', async () => {
    await visit(browser, golden, 'admin', {}, async (page) => {
      await open(page, '/?period=2026-Q4&trace=spend');
      await openedTrace(page);
      expect(await page.locator('.skip-links a').allInnerTexts()).toHaveLength(3);
      for (const role of ['banner', 'navigation', 'main', 'complementary'] as const)
        expect(await page.getByRole(role).count()).toBeGreaterThan(0);
      expect(await page.locator('h1').count()).toBe(1);
    });
  });
});
