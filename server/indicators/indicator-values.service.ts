import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.js';
import { ENTERPRISE, recordChange } from '../audit/write.js';
import type { ChangeIndicatorValues, IndicatorValues } from '../contract/indicator.js';
import { type AnyRecord, indicator, indicatorValue } from '../contract/records.js';
import { lockOwner, refuseOvertaken, refuseStaleMonths, type StoredMonth } from '../database/month-grid.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { Problem } from '../http/problem.js';
import { RegisterService } from '../records/register.service.js';

type Row = IndicatorValues['items'][number];

/** Values of an own indicator by month, in its own unit. */
@Injectable()
export class IndicatorValuesService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(who: Principal, ref: string): Promise<IndicatorValues> {
    return this.months(this.source, await this.register.read(indicator, who, ref));
  }

  /**
   * Changes only the months that are sent; one transaction. Evidence proves the value for which it was stated: where a value becomes another one and
   * nothing is said of evidence, the new one has none; the audit keeps the old one with its evidence.
   * @throws Problem 404, 412 listing the stale months, with those that were sent as they are, 422
   */
  async change(who: Principal, ref: string, change: ChangeIndicatorValues): Promise<IndicatorValues> {
    const owner = await this.register.read(indicator, who, ref);
    return this.source.transaction(async (manager) => {
      await lockOwner(manager, 'indicators', owner.id);
      const before = await this.months(manager, owner);
      const stored = await this.stored(manager, owner.id);
      const months = new Set(change.items.map(({ month }) => month));
      const touched = ({ items }: IndicatorValues): Row[] => items.filter(({ month }) => months.has(month));
      withCurrent({ ...before, items: touched(before) }, () =>
        refuseStaleMonths(
          change.items.map(({ month, version }) => ({ key: month, version })),
          stored,
        ),
      );
      const now = this.clock.now().toISOString();
      for (const { month, value, evidence } of change.items) {
        const row = stored.get(month);
        const written = (await manager.query(
          `insert into indicator_values as v (id, indicator_id, month, value, created_at, updated_at, evidence) values ($1, $2, $3, $4, $5, $5, $7)
           on conflict (indicator_id, month) do update set version = v.version + 1, updated_at = $5, archived_at = null, value = $4,
               evidence = case when $4::numeric is null then null when not $8 then $7 when v.value = $4::numeric then v.evidence end
             where v.version = $6
           returning id`,
          [
            row?.id ?? uuidv7(),
            owner.id,
            `${month}-01`,
            value,
            now,
            row?.version ?? null,
            evidence ?? null,
            evidence === undefined,
          ],
        )) as unknown[];
        refuseOvertaken(written, month);
      }
      const after = await this.months(manager, owner);
      await recordChange(
        manager,
        {
          at: now,
          actor: who.email,
          action: 'changed',
          objectType: indicatorValue.type,
          objectId: owner.id,
          objectCode: String(owner['code']),
          before: { items: touched(before) },
          after: { items: touched(after) },
        },
        [ENTERPRISE],
      );
      return after;
    });
  }

  /** One row is one month. */
  private async months(on: DataSource | EntityManager, owner: AnyRecord): Promise<IndicatorValues> {
    const items = await named<Row>(
      on,
      'months of an own indicator',
      `select to_char(month, 'YYYY-MM') as month, trim_scale(value)::text as value, evidence, version from indicator_values
       where indicator_id = $1 and archived_at is null order by month`,
      [owner.id],
    );
    return {
      indicatorCode: String(owner['code']),
      unit: owner['unit'] as string | null,
      items,
    };
  }

  private async stored(manager: EntityManager, id: string): Promise<Map<string, StoredMonth>> {
    const rows = await named<StoredMonth>(
      manager,
      'stored months of an own indicator',
      `select id, version, to_char(month, 'YYYY-MM') as key, archived_at is not null as archived from indicator_values where indicator_id = $1`,
      [id],
    );
    return new Map(rows.map((row) => [row.key, row]));
  }
}

/** A refusal of stale months tells what stands there now, so that both can be shown. */
const withCurrent = (current: IndicatorValues, check: () => void): void => {
  try {
    check();
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status !== 412) throw problem;
    throw new Problem(problem.status, problem.type, problem.detail, problem.errors, { current });
  }
};
