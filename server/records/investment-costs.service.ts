import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { gridScope, refuseForeignOwner } from '../access/grid-owner.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { ChangeInvestmentCosts, CostMonths } from '../contract/benefit.js';
import { investment, investmentCost, type AnyRecord } from '../contract/records.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { plainDecimal } from '../core/money.js';
import { lockOwner, refuseOvertaken, refuseStaleMonths, type StoredMonth } from '../database/month-grid.js';
import { RegisterService } from './register.service.js';

interface CostRow {
  id: string;
  version: number;
  month: string;
  kind: 'capex' | 'opex' | 'skills';
  planned: string | null;
  actual: string | null;
  updatedAt: string;
}

/** Costs of an investment by month and kind, in the currency of the investment. */
@Injectable()
export class InvestmentCostsService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(principal: Principal, ref: string): Promise<CostMonths> {
    const owner = await this.register.read(investment, principal, ref);
    return this.months(this.source, owner);
  }

  /**
   * Changes only the cells that are sent; one transaction.
   * @throws Problem 404, 403, 412 listing the stale rows, 422 (a missing exchange rate too)
   */
  async change(principal: Principal, ref: string, change: ChangeInvestmentCosts): Promise<CostMonths> {
    const owner = await this.register.read(investment, principal, ref);
    return this.source.transaction(async (manager) => {
      await lockOwner(manager, 'investments', owner.id);
      await refuseForeignOwner(manager, principal, 'investment', owner.id, 'costs');
      const before = await this.months(manager, owner);
      const stored = await this.stored(manager, owner.id);
      refuseStaleMonths(
        change.items.map((item) => ({ key: `${item.month} ${item.kind}`, version: item.version })),
        stored,
      );
      const now = this.clock.now().toISOString();
      for (const item of change.items) {
        const row = stored.get(`${item.month} ${item.kind}`);
        // A cell that is not sent keeps what it has; one that is sent as null is emptied.
        const written = (await manager.query(
          `insert into investment_costs as c (id, investment_id, month, kind, planned, actual, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $9, $9)
           on conflict (investment_id, month, kind) do update set version = c.version + 1, updated_at = $9, archived_at = null,
             planned = case when $7 then $5 else case when c.archived_at is null then c.planned end end,
             actual = case when $8 then $6 else case when c.archived_at is null then c.actual end end
             where c.version = $10
           returning id`,
          [
            row?.id ?? uuidv7(),
            owner.id,
            `${item.month}-01`,
            item.kind,
            item.planned ?? null,
            item.actual ?? null,
            item.planned !== undefined,
            item.actual !== undefined,
            now,
            row?.version ?? null,
          ],
        )) as unknown[];
        refuseOvertaken(written, `${item.month} ${item.kind}`);
      }
      const after = await this.months(manager, owner);
      await recordChange(
        manager,
        {
          at: now,
          actor: principal.email,
          action: 'changed',
          objectType: investmentCost.type,
          objectId: owner.id,
          objectCode: String(owner['code']),
          before: { items: touched(before, change) },
          after: { items: touched(after, change) },
        },
        [await gridScope(manager, 'investment', owner.id)],
      );
      return after;
    });
  }

  private async months(on: DataSource | EntityManager, owner: AnyRecord): Promise<CostMonths> {
    // One row is one kind of cost in one month.
    const rows = await named<CostRow>(
      on,
      'costs of investment',
      `select id, version, to_char(month, 'YYYY-MM') as month, kind, planned, actual, updated_at as "updatedAt"
       from investment_costs where investment_id = $1 and archived_at is null order by month, kind`,
      [owner.id],
    );
    const [settings] = await named<{ currency: string }>(
      on,
      'reporting currency',
      'select reporting_currency as currency from settings',
    );
    return {
      investmentCode: String(owner['code']),
      currency: (owner['currency'] as string | null) ?? settings!.currency,
      items: rows.map((row) => ({
        ...row,
        planned: row.planned === null ? null : plainDecimal(row.planned, true),
        actual: row.actual === null ? null : plainDecimal(row.actual, true),
      })),
    };
  }

  private async stored(manager: EntityManager, investmentId: string): Promise<Map<string, StoredMonth>> {
    const rows = await named<StoredMonth>(
      manager,
      'stored costs of investment',
      `select id, version, to_char(month, 'YYYY-MM') || ' ' || kind as key, archived_at is not null as archived
       from investment_costs where investment_id = $1`,
      [investmentId],
    );
    return new Map(rows.map((row) => [row.key, row]));
  }
}

/** The rows of a grid that a change names. */
const touched = (grid: CostMonths, change: ChangeInvestmentCosts): CostMonths['items'] => {
  const keys = new Set(change.items.map((item) => `${item.month} ${item.kind}`));
  return grid.items.filter((row) => keys.has(`${row.month} ${row.kind}`));
};
