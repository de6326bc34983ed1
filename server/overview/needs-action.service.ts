import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import type { Action, Actions } from '../benefits/actions.service.js';
import type { BenefitInNeed, CorrectiveActionOfBenefit, NeedsAction, NeedsActionQuery } from '../contract/action.js';
import { varianceOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import { plainDecimal } from '../core/money.js';
import { previousPeriod } from '../core/period.js';
import type { Reading } from '../http/reading.js';
import { TraceService } from '../trace/trace.service.js';
import { compare } from './deviations.js';
import { TracedFigures } from './traced-figures.js';

type Need = Actions['needing'][number];

/** Where somebody must act, and what is being done, from figures that can all be traced. */
@Injectable()
export class NeedsActionService {
  constructor(private readonly traces: TraceService) {}

  /** The list of a scope as JSON text. */
  async needsAction(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    query: NeedsActionQuery,
  ): Promise<string> {
    const context = this.traces.context(manager, reading, who, { ...query, span: 'to_date' });
    const figures = new TracedFigures(context);
    const { needing, open, done } = await context.actions();
    const benefits: BenefitInNeed[] = [];
    for (const need of [...needing].sort(byShortfall)) benefits.push(await needOf(figures, need));
    return JSON.stringify({
      period: reading.period,
      previousPeriod: previousPeriod(reading.period),
      currency: reading.currency,
      today: reading.today,
      needed: await figures.of('needs_action'),
      open: await figures.of('open_actions'),
      overdue: await figures.of('overdue_actions'),
      effect: await figures.of('open_actions_effect'),
      benefits,
      openActions: open.map(actionOf),
      doneActions: done.map(actionOf),
    } satisfies NeedsAction);
  }
}

const directionOf = ({ of: { row } }: Need): 1n | -1n => (row.better === 'lower' ? -1n : 1n);

/** Money that is missing comes first, the most of it; then what has a unit of its own; then what nobody measured. */
const byShortfall = (a: Need, b: Need): number => rank(a) - rank(b) || compare(goodOf(a), goodOf(b));
const rank = ({ of }: Need): number => (varianceOf(of.standing) === null ? 2 : of.row.money ? 0 : 1);
const goodOf = (need: Need): Fraction => {
  const variance = need.of.row.money ? varianceOf(need.of.standing) : null;
  return variance === null ? { n: 0n, d: 1n } : { n: variance.n * directionOf(need), d: variance.d };
};

const needOf = async (figures: TracedFigures, need: Need): Promise<BenefitInNeed> => {
  const { row, standing } = need.of;
  const one = { type: 'benefit', ref: row.code } as const;
  return {
    code: row.code,
    name: row.name,
    owner: row.owner,
    money: row.money,
    unit: row.unit,
    before: need.before.standing.status,
    now: standing.status,
    planned: await figures.of('node.planned', one),
    realised: await figures.of('node.realised', one),
    variance: await figures.variance('node.variance', directionOf(need), one),
  };
};

const actionOf = (action: Action): CorrectiveActionOfBenefit => ({
  code: action.code,
  version: action.version,
  benefit: { code: action.benefitCode, name: action.benefitName },
  title: action.title,
  owner: action.owner,
  dueOn: action.dueOn,
  doneOn: action.doneOn,
  isOverdue: action.isOverdue,
  effect: action.effect,
  effectAmount: action.effectAmount === null ? null : plainDecimal(action.effectAmount, action.money),
  unit: action.unit,
  result: action.result,
});
