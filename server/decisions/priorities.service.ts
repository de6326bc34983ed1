import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { isPermitted } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { type AuditEntry, ENTERPRISE, recordChanges } from '../audit/write.js';
import { ORDER_QUARTERS, type PriorityOrder, type SavePriorityOrder } from '../contract/priority.js';
import { lastPeriods, previousPeriod } from '../core/period.js';
import { type Placed, unexplained } from '../core/priority-order.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { etagOver } from '../http/etag.js';
import { invalid, invalidField, Problem } from '../http/problem.js';

interface RankRow {
  code: string;
  name: string;
  period: string | null;
  rank: number | null;
  rationale: string | null;
  version: number | null;
  /** The latest quarter before the asked one that is ranked. */
  before: string | null;
}

/**
 * One row is one priority in one quarter; one that is ranked in none of them has one row without a quarter. $1 quarters, $2 the asked one.
 * However long ago the ranking before was, it is read, too.
 */
const RANKS = `
  select p.code, p.name, r.period, r.rank, r.rationale, r.version, b.before
  from priorities p
    cross join (
      select max(k.period) as before from priority_rankings k join priorities q on q.id = k.priority_id and q.archived_at is null
      where k.archived_at is null and k.rank is not null and k.period < $2::text) b
    left join priority_rankings r on r.priority_id = p.id and r.archived_at is null and (r.period = any ($1::text[]) or r.period = b.before)
  where p.archived_at is null
  order by p.code collate "C"`;

/** One row is what is stored of a priority in a quarter, also where it has no rank or was archived. $1 quarter, $2 codes. */
const STORED = `
  select p.code, r.rank, r.rationale, r.archived_at is not null as "isArchived"
  from priority_rankings r join priorities p on p.id = r.priority_id and p.archived_at is null
  where r.period = $1 and p.code = any ($2::text[])`;

interface StoredRow {
  code: string;
  rank: number | null;
  rationale: string | null;
  isArchived: boolean;
}

/** Holds the rows of a quarter, archived ones included, until the transaction ends. $1 quarter. */
const HOLD = 'select id from priority_rankings where period = $1 order by id for update';

/** The ranking of a quarter: read, and saved as a whole. */
@Injectable()
export class PrioritiesService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async order(on: DataSource | EntityManager, who: Principal, period: string): Promise<PriorityOrder> {
    const periods = lastPeriods(period, ORDER_QUARTERS);
    return orderOf(await named<RankRow>(on, 'ranks of priorities', RANKS, [periods, period]), period, periods, {
      mayWrite: isPermitted(who, 'records.write:priority_ranking'),
    });
  }

  /**
   * Saves the ranking of a quarter in one transaction, with one event for each rank or rationale that changed.
   *
   * @throws Problem 422 for a changed rank without rationale, for one changed again whose rationale stayed, and where not every priority is named once, in the order of ranks;
   *   412 with the ranking as it is now where somebody changed it since it was read
   */
  async save(who: Principal, period: string, order: SavePriorityOrder): Promise<PriorityOrder> {
    try {
      return await this.saved(who, period, order);
    } catch (error) {
      if (!(error instanceof AddedMeanwhile)) throw error;
      // Read after all is rolled back, so that it shows theirs alone.
      throw staleRanking(await this.order(this.source, who, period));
    }
  }

  private async saved(who: Principal, period: string, { version, items }: SavePriorityOrder): Promise<PriorityOrder> {
    return this.source.transaction(async (manager) => {
      // Two who save at once wait for each other, so that the second sees what the first did.
      await manager.query(`select pg_advisory_xact_lock(hashtextextended('priority ranking ' || $1, 0))`, [period]);
      // Who changes one rank, in the register or by an import, holds its row alone: so it is held before versions are compared.
      const held = await named<{ id: string }>(manager, 'ranks of a quarter, held', HOLD, [period]);
      const now = await this.order(manager, who, period);
      if (now.version !== version) throw staleRanking(now);
      const placed = placedOf(now, items);
      const missing = unexplained(placed, now.wasRanked);
      if (missing.length > 0)
        throw invalid(
          missing.map(({ index, than }) => ({
            pointer: `/items/${index}/rationale`,
            code: than === 'stored' && placed[index]!.rationale !== null ? 'rationale.outdated' : 'rationale.required',
            message:
              than === 'before'
                ? `${placed[index]!.code} has another rank than in ${now.previousPeriod}: say why.`
                : `${placed[index]!.code} has another rank than ${period} has stored: say why it changed again.`,
          })),
        );
      const ids = held.map(({ id }) => id);
      await this.write(manager, who, period, { now, placed, held: ids });
      return this.order(manager, who, period);
    });
  }

  /** @throws AddedMeanwhile */
  private async write(
    manager: EntityManager,
    who: Principal,
    period: string,
    { now, placed, held }: { now: PriorityOrder; placed: readonly Placed[]; held: readonly string[] },
  ): Promise<void> {
    const at = this.clock.now().toISOString();
    const before = new Map(now.items.map((item) => [item.code, item]));
    const changed = placed.filter(({ code, rank, rationale }) => {
      const was = before.get(code)!;
      return was.rank !== rank || (was.rationale ?? '') !== (rationale ?? '');
    });
    if (changed.length === 0) return;
    const codes = changed.map(({ code }) => code);
    const found = await named<StoredRow>(manager, 'stored ranks of a quarter', STORED, [period, codes]);
    const stored = new Map(found.map((row) => [row.code, row]));
    const rows = (await manager.query(
      `insert into priority_rankings (id, created_at, updated_at, period, priority_id, rank, rationale)
         select n.id, $1, $1, $2, p.id, n.rank, n.rationale
         from unnest($3::uuid[], $4::text[], $5::int[], $6::text[]) as n(id, code, rank, rationale)
           join priorities p on p.code = n.code and p.archived_at is null
       on conflict (period, priority_id) do update
         set rank = excluded.rank, rationale = excluded.rationale, archived_at = null, updated_at = excluded.updated_at,
           version = priority_rankings.version + 1
         where priority_rankings.id = any ($7::uuid[])
       returning id, (select code from priorities where id = priority_id) as code`,
      [
        at,
        period,
        changed.map(() => uuidv7()),
        codes,
        changed.map(({ rank }) => rank),
        changed.map(({ rationale }) => rationale),
        held,
      ],
    )) as { id: string; code: string }[];
    if (rows.length < changed.length) throw new AddedMeanwhile();
    const idOf = new Map(rows.map(({ id, code }) => [code, id]));
    const events = changed.map(({ code, rank, rationale }): AuditEntry => {
      const was = stored.get(code);
      const key = { period, priorityCode: code };
      return {
        at,
        actor: who.email,
        action: was === undefined ? 'created' : was.isArchived ? 'restored' : 'changed',
        objectType: 'priority_ranking',
        objectId: idOf.get(code)!,
        objectCode: null,
        before: was === undefined ? null : { ...key, rank: was.rank, rationale: was.rationale },
        after: { ...key, rank, rationale },
      };
    });
    await recordChanges(manager, events, [ENTERPRISE]);
  }
}

/** Somebody else added a rank, which nobody could hold before: it is not overwritten, and nothing is saved. */
class AddedMeanwhile extends Error {}

/** 412 with the ranking as it is now. */
const staleRanking = (current: PriorityOrder): Problem =>
  new Problem(
    412,
    'precondition-failed',
    'Someone else changed this ranking since you read it. Look at theirs, then save again.',
    [],
    { current },
  );

/** @throws Problem 422 */
const placedOf = (now: PriorityOrder, items: SavePriorityOrder['items']): Placed[] => {
  const known = new Map(now.items.map((item) => [item.code.toLowerCase(), item]));
  const named = new Set(items.map(({ code }) => code.toLowerCase()));
  if (named.size !== items.length || named.size !== known.size || [...named].some((code) => !known.has(code)))
    throw invalidField('/items', 'items.incomplete', 'Name every priority once, the first first.');
  const ranks = items.map(({ rank }, index) => (rank === undefined ? index + 1 : rank));
  if (ranks.some((rank, index) => index > 0 && orderOfRank(rank) < orderOfRank(ranks[index - 1]!)))
    throw invalidField(
      '/items',
      'items.unordered',
      'Name the priorities in the order of their ranks, those without a rank last.',
    );
  return items.map(({ code, rationale }, index) => {
    const stored = known.get(code.toLowerCase())!;
    const words = rationale ?? '';
    return {
      code: stored.code,
      rank: ranks[index]!,
      previousRank: stored.previousRank,
      storedRank: stored.rank,
      storedRationale: stored.rationale,
      rationale: words === '' ? null : words,
    };
  });
};

/** What is not ranked comes last. */
const orderOfRank = (rank: number | null): number => rank ?? Number.MAX_SAFE_INTEGER;

const placeOf = (code: string, period: string): string => `${period} ${code}`;

const orderOf = (
  rows: readonly RankRow[],
  period: string,
  periods: readonly string[],
  { mayWrite }: { mayWrite: boolean },
): PriorityOrder => {
  const before = rows[0]?.before ?? null;
  const told = before ?? previousPeriod(period);
  const byPlace = new Map(rows.map((row) => [placeOf(row.code, row.period ?? ''), row]));
  const ranksIn = new Map<string, { code: string; rank: number }[]>(periods.map((each) => [each, []]));
  for (const { code, period: of, rank } of rows) if (rank !== null) ranksIn.get(of ?? '')?.push({ code, rank });
  const priorities = [...new Map(rows.map(({ code, name }) => [code, name]))];
  const items = priorities
    .map(([code, name]) => ({
      code,
      name,
      rank: byPlace.get(placeOf(code, period))?.rank ?? null,
      previousRank: byPlace.get(placeOf(code, told))?.rank ?? null,
      rationale: byPlace.get(placeOf(code, period))?.rationale ?? null,
    }))
    .sort(
      (a, b) =>
        orderOfRank(a.rank) - orderOfRank(b.rank) ||
        (a.rank === null ? orderOfRank(a.previousRank) - orderOfRank(b.previousRank) : 0) ||
        (a.code < b.code ? -1 : 1),
    );
  const read = rows.filter((row) => row.period === period || row.period === told);
  return {
    period,
    previousPeriod: told,
    version: etagOver(
      ...priorities.map(([code]) => code),
      ...read.map(({ code, period: of, version }) => `${of} ${code} ${version}`),
    ).replaceAll('"', ''),
    isRanked: items.some(({ rank }) => rank !== null),
    wasRanked: before !== null,
    mayWrite,
    items,
    quarters: periods.map((each) => ({ period: each, ranks: ranksIn.get(each)! })),
  };
};
