import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApi, type Api, type Person } from '../support/harness.js';
import { sheetsOf, textsOf } from '../support/workbook.js';

/** The register of benefits as a workbook: raw values, units in headers, filters on its cover, and nothing that runs as a formula. */

let api: Api;

const benefit = (code: string, more: Record<string, unknown>) =>
  api.as('admin').post('/benefits', { code, name: `Benefit ${code}`, portfolioCode: 'DIG', ...more });

beforeAll(async () => {
  api = await startApi();
  await benefit('=BEN-1', { name: '=1+1', currency: 'USD', nature: 'cashable', declaredNote: '@SUM(A1)' });
  await benefit('BEN-2', { name: '-danger', nature: 'non_financial', unit: '+days', orgUnitCode: 'BU1' });
  await benefit('BEN-3', { name: 'Harm', currency: 'USD', nature: 'non_cashable' });
  for (const [code, planned, realised] of [
    ['=BEN-1', '1234.5', '1000.25'],
    ['BEN-2', '12', '9'],
    ['BEN-3', '-50', '-40'],
  ])
    await api
      .as('admin')
      .put(`/benefits/${encodeURIComponent(code!)}/values`, { items: [{ month: '2026-01', planned, realised }] });
});
afterAll(() => api.stop());

const download = async (query: string, person: Person = 'admin', from: Api = api) => {
  const reply = await fetch(`${from.origin}/api/v1/exports/benefits.xlsx?${query}`, {
    headers: { cookie: await from.cookieOf(person) },
  });
  expect(reply.status).toBe(200);
  const content = Buffer.from(await reply.arrayBuffer());
  return {
    disposition: reply.headers.get('content-disposition'),
    sheets: await sheetsOf(content),
    texts: await textsOf(content),
  };
};

test('it holds numbers as numbers with their unit in the header, and units of their own in a column of their own', async () => {
  const { sheets, texts, disposition } = await download('period=2026-Q4');
  expect(disposition).toBe('attachment; filename="benefits.xlsx"');
  expect(sheets).toHaveLength(4);
  for (const value of ['1234.5', '1000.25', '-234.25', '-50', '12', '9'])
    expect([value, sheets[1]!.includes(`<v>${value}</v>`)]).toEqual([value, true]);
  for (const header of ['Planned to date (USD)', 'Planned to date (own unit)', 'Evidence (level 0 to 3)'])
    expect(texts).toContain(header);
  // What stands in the lines of the classes on the screen stands here, too.
  for (const header of [
    'Realised less baseline plan (USD)',
    'Baseline plan',
    'Rate of the current plan',
    'Rate of the baseline plan',
    'Coverage',
    'Rate where measured',
  ])
    expect(texts).toContain(header);
  expect(texts).toContain('not approved');
  expect(texts).toContain('each in its own unit and never added: no sum and no rate');
  // 1,000.25 of 1,234.50 in one class, 40 of 50 in the other.
  for (const rate of ['0.8102470636', '0.8'])
    expect([rate, sheets[2]!.includes(`<v>${rate}</v>`)]).toEqual([rate, true]);
  // One number for each class with money: the sums are beside the lines, and of one class each.
  expect(sheets[2]).toContain('<v>1234.5</v>');
  expect(sheets[2]).toContain('<v>-50</v>');
  expect(sheets[2]).not.toContain('<v>1184.5</v>');
});

test('no cell of people’s words starts like a formula', async () => {
  const { texts } = await download('period=2026-Q4');
  expect(texts).toEqual(expect.arrayContaining(["'=BEN-1", "'=1+1", "'@SUM(A1)", "'-danger", "'+days"]));
  expect(texts.filter((text) => /^[=+\-@]/.test(text))).toEqual([]);
});

test('its cover says what it was filtered by, and it holds what passed', async () => {
  const { texts } = await download('period=2026-Q4&class=non_cashable&q=har&portfolio=DIG');
  for (const text of ['Filters', 'Class', 'non_cashable', 'Words in code or name', 'har', 'DIG', '2026-Q4'])
    expect(texts).toContain(text);
  expect(texts).toContain('BEN-3');
  expect(texts).not.toContain('BEN-2');
});

test('a reader of own units takes away what they may see', async () => {
  const { texts } = await download('period=2026-Q4', 'stakeholder-bu1');
  expect(texts).toContain('BEN-2');
  expect(texts).not.toContain('BEN-3');
});
