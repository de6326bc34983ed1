import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { writableAmong } from '../access/rights.js';
import { ChainService } from '../chain/chain.service.js';
import type { EfficiencyLists, EfficiencyQuery, Effort, Reaching } from '../contract/efficiency.js';
import { addFractions, type Fraction, ZERO } from '../core/exact-amounts.js';
import { formatFraction } from '../core/money.js';
import type { Reading } from '../http/reading.js';
import { type EffortRow, efforts, pairs, verdicts } from './duplicates.queries.js';
import { capabilitiesWithTarget, outcomesWithTarget, type ReachedRow } from './reached.queries.js';

/** What each capability and outcome has cost so far, and what may be done twice. */
@Injectable()
export class EfficiencyService {
  constructor(private readonly chain: ChainService) {}

  /** The lists as JSON text. */
  async lists(manager: EntityManager, reading: Reading, who: Principal, _query: EfficiencyQuery): Promise<string> {
    const { rows, whole } = await this.chain.facts(manager, reading, 'to_date');
    const costs = new Map(rows.map(({ id }, index) => [id, whole.cost.at(index) ?? ZERO]));
    const costOf = (id: string): Fraction => costs.get(id) ?? ZERO;
    const isPortfolio = reading.scope.portfolioId !== null;
    return JSON.stringify({
      period: reading.period,
      currency: reading.currency,
      capabilities: isPortfolio ? null : reaching(await capabilitiesWithTarget(manager, reading), costOf, reading),
      outcomes: isPortfolio ? null : reaching(await outcomesWithTarget(manager, reading), costOf, reading),
      ...(await this.duplicates(manager, reading, who, costOf)),
    } satisfies EfficiencyLists);
  }

  private async duplicates(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    costOf: (id: string) => Fraction,
  ): Promise<Pick<EfficiencyLists, 'candidates' | 'marked' | 'dismissed'>> {
    const rows = await efforts(manager, reading);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const ids = rows.map(({ id }) => id);
    const writable = await writableAmong(manager, who, 'initiative', ids);
    const said = await verdicts(manager);
    const effortOf = (row: EffortRow): Effort => ({
      code: row.code,
      name: row.name,
      owner: row.owner,
      version: row.version,
      from: row.from,
      to: row.to,
      cost: text(costOf(row.id), reading),
      mayWrite: writable.has(row.id),
    });
    const isShown = (...of: EffortRow[]): boolean => of.some(({ isInScope }) => isInScope);
    const found = (await pairs(manager, reading)).flatMap(({ a, b, capabilities }) => {
      const [first, second] = [byId.get(a)!, byId.get(b)!];
      return isShown(first, second) ? [{ first, second, capabilities }] : [];
    });
    const stake = ({ first, second }: (typeof found)[number]): Fraction =>
      addFractions(costOf(first.id), costOf(second.id));
    return {
      candidates: found
        .sort((x, y) => larger(stake(y), stake(x)) || (x.first.code < y.first.code ? -1 : 1))
        .map(({ first, second, capabilities }) => ({ a: effortOf(first), b: effortOf(second), capabilities })),
      marked: rows.flatMap((row) => {
        const { of, duplicateOf } = row;
        // The figure counts what money of the scope reaches, wherever the initiative lies.
        if (of === null || !(isShown(row) || costOf(row.id).n !== 0n)) return [];
        const word = said.find(
          (each) => each.verdict === 'duplicate' && each.initiative === row.id && each.other === duplicateOf,
        );
        return [
          {
            initiative: effortOf(row),
            of,
            said: word ? { by: word.by, at: word.at, reason: word.reason } : null,
          },
        ];
      }),
      dismissed: said.flatMap(({ id, verdict, initiative, other, reason, by, at }) => {
        const [a, b] = [byId.get(initiative), byId.get(other)];
        if (verdict !== 'different' || !a || !b || !isShown(a, b)) return [];
        const pair = { a: { code: a.code, name: a.name }, b: { code: b.code, name: b.name } };
        return [{ id, ...pair, by, at, reason, mayWrite: writable.has(a.id) || writable.has(b.id) }];
      }),
    };
  }
}

const text = ({ n, d }: Fraction, { decimals }: Reading): string => formatFraction(n, d, decimals);
/** Below 0 where a < b. */
const larger = (a: Fraction, b: Fraction): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** Those that reached their target, the latest first; then those that have not, the most costly first. */
const reaching = (rows: readonly ReachedRow[], costOf: (id: string) => Fraction, reading: Reading): Reaching[] =>
  [...rows]
    .sort(
      (a, b) =>
        (b.reachedOn ?? '').localeCompare(a.reachedOn ?? '') ||
        larger(costOf(b.id), costOf(a.id)) ||
        a.code.localeCompare(b.code),
    )
    .map(({ id, code, name, owner, reachedOn }) => ({
      code,
      name,
      owner,
      cost: text(costOf(id), reading),
      reachedOn,
      isNew: reachedOn !== null && reachedOn >= reading.start && reachedOn < reading.end,
    }));
