import type { Fraction } from '../../core/exact-amounts.js';
import { NO_PRIORITY } from '../../core/metrics/money.js';
import { shiftsOf, topOf } from '../../core/metrics/rankings.js';
import type { Reading } from '../../http/reading.js';
import type { EntityManager } from 'typeorm';
import type { Bounds } from '../bounds.js';
import { byBucket, type Costs, readCosts, spendByPriority } from '../facts/money.js';
import { priorityNames, rankingRows } from '../facts/money.queries.js';
import { pageOf, type RecordColumn, type RecordItem, type RecordSource, type RecordSources } from '../records.js';
import { exactText, largestFirst } from './cells.js';

type Pair = readonly [before: Bounds, asked: Bounds];
/** What a metric says of one investment that states a cost in the period. */
type Cells = (spend: Fraction, node: number, units: bigint) => readonly (string | null)[];

const SPEND: RecordColumn = { id: 'spend', label: 'Spend', unit: 'money' };

/** Investments with a stated cost in the period: what a metric says of them, and their spend. */
const investments = (
  columns: readonly RecordColumn[],
  cellsOf: (
    costs: Costs,
    manager: EntityManager,
    reading: Reading,
    periods: Pair,
  ) => Cells | null | Promise<Cells | null>,
): RecordSource => ({
  columns: [...columns, SPEND],
  async read(manager, reading, periods, page) {
    const costs = await readCosts(manager, reading, periods);
    const cells = await cellsOf(costs, manager, reading, periods);
    const { spending, rows } = costs;
    const spent = [...spending.inPeriod[1]!].map(([node, units]) => ({
      node,
      units,
      spend: { n: units, d: spending.denominator },
    }));
    const items = largestFirst(
      spent.sort((a, b) => a.node - b.node),
      ({ spend }) => spend,
    ).flatMap(({ node, units, spend }): RecordItem[] => {
      const { code, name } = rows[node]!;
      return cells === null
        ? []
        : [{ type: 'investment', code, name, cells: [...cells(spend, node, units), exactText(spend)] }];
    });
    return pageOf(items, page);
  },
});

/** The part of each investment's spend that arrives at a place. */
const arriving =
  ({ spending, weights }: Costs, place: keyof Costs['weights']): Cells =>
  (_spend, node, units) => {
    const { numerators, denominator } = weights[place];
    return [exactText({ n: units * numerators[node]!, d: spending.denominator * denominator })];
  };

const stability: RecordSource = {
  columns: [
    { id: 'before', label: 'Rank before', unit: 'count' },
    { id: 'now', label: 'Rank now', unit: 'count' },
    { id: 'still', label: 'Still in the top five', unit: 'flag' },
  ],
  async read(manager, _reading, periods, page) {
    const rows = await rankingRows(manager, periods);
    const [before, now] = periods.map(({ period }) => rows.filter((row) => row.period === period)) as [
      typeof rows,
      typeof rows,
    ];
    const top = new Set(topOf(now));
    const rankIn = (ranking: typeof rows, code: string): string | null => {
      const found = ranking.find((row) => row.code === code);
      return found ? String(found.rank) : null;
    };
    const items = (now.length === 0 ? [] : topOf(before)).map((code) => ({
      type: 'priority',
      code,
      name: before.find((row) => row.code === code)!.name,
      cells: [rankIn(before, code), rankIn(now, code), top.has(code) ? '1' : '0'],
    }));
    return pageOf(items, page);
  },
};

const shift: RecordSource = {
  columns: [
    { id: 'before', label: 'Share before', unit: 'share' },
    { id: 'now', label: 'Share now', unit: 'share' },
    { id: 'half', label: 'Half of the change', unit: 'share' },
  ],
  async read(manager, reading, periods, page) {
    const { costs } = await readCosts(manager, reading, periods);
    const names = await priorityNames(manager);
    const [, before, now] = byBucket(costs, periods.length).map(spendByPriority);
    const shifts = shiftsOf(before!, now!) ?? [];
    const items = largestFirst(shifts, ({ half }) => half).map(({ code, before, now, half }) => ({
      // What serves no priority is no record.
      type: code === NO_PRIORITY ? 'none' : 'priority',
      code,
      name: code === NO_PRIORITY ? 'No priority' : (names.get(code) ?? code),
      cells: [exactText(before), exactText(now), exactText(half)],
    }));
    return pageOf(items, page);
  },
};

/** The records behind the metrics of this family. */
export const alignmentRecords: RecordSources = {
  'alignment.strategic_spend_share': investments(
    [{ id: 'part', label: 'Reaches strategic capabilities', unit: 'money' }],
    (costs) => (costs.strategic.length === 0 ? null : arriving(costs, 'strategicCapabilities')),
  ),
  'alignment.top_priority_spend_share': investments(
    [
      { id: 'priority', label: 'Priority', unit: 'text' },
      { id: 'rank', label: 'Its rank', unit: 'count' },
      { id: 'part', label: 'Spent on ranks 1 to 3', unit: 'money' },
    ],
    async ({ costs, rows }, manager, _reading, [, asked]) => {
      const ranks = new Map((await rankingRows(manager, [asked])).map(({ code, rank }) => [code, rank]));
      // Without a ranking nothing is at the top, and nothing is not.
      if (ranks.size === 0) return null;
      const priorities = new Map(costs.map(({ id, priority }) => [id, priority]));
      return (spend, node) => {
        const priority = priorities.get(rows[node]!.id) ?? null;
        const rank = priority === null ? undefined : ranks.get(priority);
        const isTop = rank !== undefined && rank <= 3;
        return [priority, rank === undefined ? null : String(rank), isTop ? exactText(spend) : null];
      };
    },
  ),
  'alignment.priority_stability': stability,
  'alignment.funding_shift': shift,
  'alignment.traced_spend_share': investments([{ id: 'part', label: 'Reaches a benefit', unit: 'money' }], (costs) =>
    arriving(costs, 'benefits'),
  ),
};
