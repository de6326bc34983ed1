import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../access/principal.js';
import type { PlanVersions } from '../contract/plan.js';
import { benefit, type AnyRecord } from '../contract/records.js';
import { fractionOf, sumOf } from '../core/benefit-status.js';
import { minorUnits } from '../core/money.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { RegisterService } from '../records/register.service.js';
import { amountText, ownUnitText } from './amounts.js';
import { planChanges, type PlanChange } from './plans.queries.js';

type Version = PlanVersions['items'][number];

/** What was planned of a benefit, when, by whom and why. */
@Injectable()
export class PlanVersionsService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 for a benefit that is not there or out of sight */
  async read(principal: Principal, ref: string): Promise<PlanVersions> {
    const owner = await this.register.read(benefit, principal, ref);
    const changes = await planChanges(this.source, owner.id, this.clock.now().toISOString());
    return {
      benefitCode: String(owner['code']),
      currency: owner['currency'] as string | null,
      unit: owner['unit'] as string | null,
      items: versionsOf(changes, totalOf(owner)),
    };
  }
}

type Total = (amounts: readonly string[]) => string | null;

/** How a benefit's months add up to its plan: those of money in its currency, those of others by their aggregation. */
const totalOf = (owner: AnyRecord): Total => {
  const isMoney = owner['currency'] !== null && owner['nature'] !== 'non_financial';
  if (!isMoney && owner['aggregation'] !== null && owner['aggregation'] !== 'sum') return () => null;
  return (amounts) => {
    const sum = sumOf(amounts.map(fractionOf));
    return isMoney ? amountText(sum, minorUnits(String(owner['currency']))) : ownUnitText(sum);
  };
};

/** One version a save: the plan as it was after it. */
const versionsOf = (changes: readonly PlanChange[], total: Total): Version[] => {
  const saves: PlanChange[][] = [];
  for (const change of changes) {
    const last = saves.at(-1);
    if (last && last[0]!.at === change.at) last.push(change);
    else saves.push([change]);
  }
  const baseline = saves.findLastIndex((save) => save[0]!.isFixed);
  const plan = new Map<string, string>();
  return saves.map((save, index): Version => {
    for (const { month, planned } of save)
      if (planned === null) plan.delete(month);
      else plan.set(month, planned);
    const months = [...plan].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, planned]) => ({ month, planned }));
    const reasons = [...new Set(save.flatMap(({ reason }) => (reason ? [reason] : [])))];
    return {
      number: index + 1,
      at: save[0]!.at,
      by: save[0]!.by,
      reason: reasons.length > 0 ? reasons.join(' · ') : null,
      importId: save[0]!.importId,
      isBaseline: index === baseline,
      isCurrent: index === saves.length - 1,
      total: total(months.map(({ planned }) => planned)),
      months,
    };
  });
};
