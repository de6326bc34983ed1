/**
 * Pure attribution against figures that a second, independent implementation worked out from the same tables.
 * The tables are read with nothing of the product but its decimals, so that a fault in the import cannot hide here.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import {
  type Attribution,
  attribute,
  byKind,
  type Sources,
  VALUE_KINDS,
  type ValueKind,
} from '../../server/core/attribution.js';
import type { ExactAmounts } from '../../server/core/exact-amounts.js';
import {
  addDecimals,
  type Decimal,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  ratio,
} from '../../server/core/money.js';
import { periodEnd } from '../../server/core/period.js';
import { buildChain, type ChainLink, type ChainNode, LAYERS } from '../../server/core/shares.js';

type Row = Readonly<Record<string, string>>;
type Figures = Readonly<Record<string, Readonly<Record<string, number>>>>;
type Expected = Readonly<Record<string, { chain: Figures; overview: { funnel: Record<string, number> } }>>;

const folder = new URL('./data/', import.meta.url);
const rows = (name: string): Row[] => parse(readFileSync(new URL(`tables/${name}.csv`, folder)), { columns: true });
const expected = (name: string): Expected => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Expected;

const tables = {
  investment: rows('investments'),
  initiative: rows('initiatives'),
  capability: rows('capabilities'),
  outcome: rows('outcomes'),
  benefit: rows('benefits'),
};
const costs = rows('investment_costs');
const benefitValues = rows('benefit_values');
const rates = new Map(rows('exchange_rates').map((row) => [`${row['currency']} ${row['month']}`, cell(row, 'rate')]));
const parentOf = new Map(rows('org_units').map((row) => [cell(row, 'code'), cell(row, 'parent_code')]));

const nodes: ChainNode[] = LAYERS.flatMap((type) => tables[type].map((row) => ({ type, id: cell(row, 'code') })));
const links: ChainLink[] = rows('links').map((row) => ({
  from: cell(row, 'from_code'),
  to: cell(row, 'to_code'),
  allocation: row['allocation'] || null,
  contribution: row['contribution'] || null,
}));
const chain = buildChain(nodes, links);

function cell(row: Row, column: string): string {
  const text = row[column];
  if (text === undefined) throw new Error(`No column ${column}`);
  return text;
}

/** An amount in US dollars by the rate of its month; a blank currency is the reporting currency. */
function inDollars(amount: string, currency: string, month: string): Decimal {
  if (currency === 'USD' || currency === '') return parseDecimal(amount);
  const rate = rates.get(`${currency} ${month}`);
  if (rate === undefined) throw new Error(`No rate of ${currency} in ${month}`);
  return multiplyDecimals(parseDecimal(amount), parseDecimal(rate));
}

function sumByCode(amounts: Iterable<readonly [string, Decimal]>): Map<string, string> {
  const sums = new Map<string, Decimal>();
  for (const [code, amount] of amounts) sums.set(code, addDecimals(sums.get(code) ?? { units: 0n, scale: 0 }, amount));
  return new Map([...sums].map(([code, sum]) => [code, formatDecimal(sum)]));
}

/** Cost and value to date: of all months that begin before the period's end. Money benefits alone have value. */
function toDate(period: string, inScope: (row: Row) => boolean): Sources {
  const end = periodEnd(period, 1);
  const before = (row: Row): boolean => `${cell(row, 'month')}-01` < end;
  const investments = new Map(
    tables.investment.filter(inScope).map((row) => [cell(row, 'code'), cell(row, 'currency')]),
  );
  const money = tables.benefit.filter((row) => row['currency'] !== '' && row['nature'] !== 'non_financial');
  const benefits = new Map(money.filter(inScope).map((row) => [cell(row, 'code'), cell(row, 'currency')]));
  const stated = (
    row: Row,
    code: string,
    column: string,
    currencies: Map<string, string>,
  ): (readonly [string, Decimal])[] => {
    const currency = currencies.get(code);
    const amount = cell(row, column);
    if (currency === undefined || amount === '' || !before(row)) return [];
    return [[code, inDollars(amount, currency, cell(row, 'month'))]];
  };
  const valueOf = (row: Row, kind: ValueKind): (readonly [string, Decimal])[] => {
    if (kind === 'confirmed' && row['confirmed_by_email'] === '') return [];
    return stated(row, cell(row, 'benefit_code'), kind === 'confirmed' ? 'realised' : kind, benefits);
  };
  return {
    cost: sumByCode(costs.flatMap((row) => stated(row, cell(row, 'investment_code'), 'actual', investments))),
    values: byKind((kind) => sumByCode(benefitValues.flatMap((row) => valueOf(row, kind)))),
  };
}

/** Every figure of the attribution in the shape and with the keys of the expected file. */
function figuresOf(whole: Attribution): Figures {
  const column = (amounts: ExactAmounts): Record<string, number> =>
    Object.fromEntries(
      nodes.flatMap((node, index) => {
        const amount = amounts.at(index);
        return amount === null ? [] : [[`${node.type}:${node.id}`, ratio(amount.n, amount.d) ?? NaN] as const];
      }),
    );
  return {
    cost: column(whole.cost),
    unallocated: column(whole.unallocated),
    ...Object.fromEntries(VALUE_KINDS.map((kind) => [kind, column(whole.values[kind])])),
    ...Object.fromEntries(VALUE_KINDS.map((kind) => [`other_${kind}`, column(whole.otherCauses[kind])])),
  };
}

/** The names of figures further from the expected ones than half a cent and one part in a million. */
function differences(actual: Figures, wanted: Figures): string[] {
  return Object.entries(wanted).flatMap(([kind, byNode]) =>
    Object.entries(byNode).flatMap(([node, value]) => {
      const found = actual[kind]?.[node];
      const close = found !== undefined && Math.abs(found - value) <= Math.max(0.005, Math.abs(value) * 1e-6);
      return close ? [] : [`${kind} of ${node}: ${found}, expected ${value}`];
    }),
  );
}

function keysOf(figures: Figures): string[] {
  return Object.entries(figures)
    .flatMap(([kind, byNode]) => Object.keys(byNode).map((node) => `${kind} ${node}`))
    .sort();
}

function expectGolden(period: string, wanted: Expected, inScope: (row: Row) => boolean): void {
  const whole = attribute(chain, toDate(period, inScope));
  const golden = wanted[period];
  if (!golden) throw new Error(`No expected figures of ${period}`);
  const actual = figuresOf(whole);
  expect(keysOf(actual)).toEqual(keysOf(golden.chain));
  expect(differences(actual, golden.chain)).toEqual([]);
  for (const kind of ['planned', 'realised', 'confirmed'] as const) {
    expect(dollars(whole.values[kind], 4)).toBeCloseTo(golden.overview.funnel[kind] ?? NaN, 2);
  }
  expect(dollars(whole.values.confirmed, 0)).toBeCloseTo(golden.overview.funnel['traced'] ?? NaN, 2);
}

function dollars(amounts: ExactAmounts, layer: number): number | null {
  const total = amounts.total(layer);
  return ratio(total.n, total.d);
}

function isWithin(unit: string, ancestor: string): boolean {
  if (unit === ancestor) return true;
  const parent = parentOf.get(unit);
  return parent !== undefined && parent !== '' && isWithin(parent, ancestor);
}

describe('attribution of the golden tables', () => {
  test.each(['2025-Q2', '2025-Q3', '2026-Q4'])('gives the golden chain and funnel of %s, to date', (period) => {
    expectGolden(period, expected('expected.json'), () => true);
  });

  test('covers every period of the golden file', () => {
    expect(Object.keys(expected('expected.json'))).toEqual(['2025-Q2', '2025-Q3', '2026-Q4']);
  });

  test('of a portfolio filters costs and values at their source and keeps the links of the enterprise', () => {
    expectGolden('2026-Q4', expected('expected-portfolio-DIG.json'), (row) => row['portfolio_code'] === 'DIG');
  });

  test('of an org unit takes in its descendants', () => {
    expectGolden('2026-Q4', expected('expected-unit-BU1.json'), (row) => isWithin(cell(row, 'org_unit_code'), 'BU1'));
  });
});
