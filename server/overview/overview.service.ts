import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermitted } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { plansAmong } from '../benefits/rates.js';
import type { BenefitStanding } from '../benefits/standing.service.js';
import {
  FUNNEL_STEPS,
  type Overview,
  type OverviewQuery,
  type Profile,
  type ProfileQuery,
} from '../contract/overview.js';
import { fractionOf } from '../core/benefit-status.js';
import { addPeriods, lastPeriods } from '../core/period.js';
import { weightsAt, wholeLayer } from '../core/weights.js';
import { type Reading, readingOf } from '../http/reading.js';
import type { TraceContext } from '../trace/context.js';
import { textOf } from '../trace/figure.js';
import { TraceService } from '../trace/trace.service.js';
import { deviationsOf } from './deviations.js';
import { ledgerOf, type Series } from './ledger.js';
import {
  costsByQuarter,
  holdsAnyRecord,
  ownUnitsByQuarter,
  type ValueQuarter,
  valuesByQuarter,
} from './overview.queries.js';
import { profileOf } from './profile.js';
import { onTrackByQuarter } from './series.js';
import { TracedFigures } from './traced-figures.js';

/** Periods of a series. */
const QUARTERS = 12;
const BENEFIT_LAYER = 4;
const LOST = { planned: null, realised: 'unrealised', confirmed: 'unconfirmed', traced: 'untraced' } as const;

/** What the landing page says, from figures that can all be traced. */
@Injectable()
export class OverviewService {
  constructor(private readonly traces: TraceService) {}

  /** The overview of a scope as JSON text. Who does not read the chain gets nothing of cost. */
  async overview(manager: EntityManager, reading: Reading, who: Principal, query: OverviewQuery): Promise<string> {
    const context = this.traces.context(manager, reading, who, { ...query, span: 'to_date' });
    const figures = new TracedFigures(context);
    const readsChain = isPermitted(who, 'chain.read');
    const standings = await context.standingsToDate();
    const quarters = await valuesByQuarter(manager, reading, null);
    const series = await seriesOf(context, quarters, readsChain);
    return JSON.stringify({
      period: reading.period,
      progress: progressOf(reading),
      currency: reading.currency,
      isEmpty: readsChain ? !(await holdsAnyRecord(manager, reading)) : standings.length === 0,
      ledger: await ledgerOf(figures, readsChain, series, progressOf(reading) === 'over'),
      funnel: await funnelOf(context, figures, standings),
      expectedShare: await figures.of('expected_share'),
      lastPeriod: lastPeriodOf(quarters, reading.period),
      untracedSpend: readsChain ? await figures.of('untraced_spend') : null,
      untracedSpendShare: readsChain ? await figures.of('untraced_spend_share') : null,
      unreportedCosts: readsChain ? await figures.of('unreported_costs') : null,
      rates: await ratesOf(figures, standings),
      due: await figures.of('due'),
      measured: await figures.of('measured'),
      deviations: await deviationsOf(figures, standings),
    } satisfies Overview);
  }

  /** The profile of a scope's money benefits by quarter, as JSON text. */
  async profile(manager: EntityManager, reading: Reading, who: Principal, query: ProfileQuery): Promise<string> {
    const context = this.traces.context(manager, reading, who, { ...query, span: 'to_date' });
    const quarters = await valuesByQuarter(manager, reading, query.nature ?? null);
    return JSON.stringify({
      period: reading.period,
      currency: reading.currency,
      quarters: profileOf(new TracedFigures(context), quarters, reading, context.money),
    } satisfies Profile);
  }
}

const progressOf = ({ start, end, underWay }: Reading): Overview['progress'] =>
  end <= underWay ? 'over' : start <= underWay ? 'under_way' : 'ahead';

/** The last period in which something is planned or forecast; null where nothing is. */
const lastPeriodOf = (quarters: readonly ValueQuarter[], period: string): string | null => {
  const told = quarters.filter((row) => row.plannedCount > 0 || row.forecastCount > 0).map((row) => row.ago);
  return told.length === 0 ? null : addPeriods(period, -Math.min(...told));
};

/** The last twelve periods of each row of the ledger that has a history. */
const seriesOf = async (
  context: TraceContext,
  quarters: readonly ValueQuarter[],
  readsChain: boolean,
): Promise<Map<Overview['ledger'][number]['id'], Series>> => {
  const { manager, reading, money } = context;
  const periods = lastPeriods(reading.period, QUARTERS);
  const series = (valueOf: (ago: number) => string | null): Series =>
    periods.map((period, index) => ({ period, value: valueOf(QUARTERS - 1 - index) }));
  const values = new Map(quarters.map((row) => [row.ago, row]));
  const sum = (kind: 'realised' | 'evidenced') =>
    series((ago) => {
      const stored = values.get(ago)?.[kind] ?? null;
      return stored === null ? null : textOf(fractionOf(stored), money);
    });
  const onTrack = onTrackByQuarter(await ownUnitsByQuarter(manager, reading, QUARTERS), QUARTERS, reading);
  const found: [Overview['ledger'][number]['id'], Series][] = [
    ['realised', sum('realised')],
    ['evidenced', sum('evidenced')],
    ['non_financial', series((ago) => onTrack[QUARTERS - 1 - ago]?.toString() ?? null)],
  ];
  if (!readsChain) return new Map(found);
  const { chain } = (await context.chain()).whole;
  const weights = weightsAt(chain, 'allocation', wholeLayer(chain, BENEFIT_LAYER));
  const first = readingOf(reading, periods[0]!).start;
  const rows = await costsByQuarter(manager, reading, first, chain.nodes, weights);
  const costs = new Map(rows.map((row) => [row.ago, row]));
  const cost = (kind: 'actual' | 'weighted') =>
    series((ago) => {
      const row = costs.get(ago);
      if (!row) return null;
      const { n, d } = fractionOf(row[kind]);
      return textOf({ n, d: kind === 'weighted' ? d * weights.denominator : d }, money);
    });
  return new Map([...found, ['invested', cost('actual')], ['reached', cost('weighted')]]);
};

const ratesOf = async (figures: TracedFigures, standings: readonly BenefitStanding[]): Promise<Overview['rates']> => ({
  current: await figures.of('realisation_rate'),
  baseline: await figures.of('baseline_realisation_rate'),
  measured: await figures.of('measured_rate'),
  coverage: await figures.of('coverage'),
  ...plansAmong(standings.map(({ row }) => row).filter((row) => row.money)),
});

/** planned → realised → confirmed → traced, with how many benefits have a value in each step. */
const funnelOf = async (
  context: TraceContext,
  figures: TracedFigures,
  standings: readonly BenefitStanding[],
): Promise<Overview['funnel']> => {
  const { chain } = (await context.chain()).whole;
  const credited = weightsAt(chain, 'contribution', wholeLayer(chain, 0));
  const money = standings.map(({ row }) => row).filter((row) => row.money);
  const isTraced = (row: BenefitStanding['row']): boolean =>
    row.confirmed !== null &&
    fractionOf(row.confirmed).n !== 0n &&
    (credited.numerators[chain.indexOf.get(row.id) ?? -1] ?? 0n) !== 0n;
  const funnel: Overview['funnel'] = [];
  for (const step of FUNNEL_STEPS) {
    const lost = LOST[step];
    funnel.push({
      step,
      amount: await figures.of(step),
      benefits: money.filter((row) => (step === 'traced' ? isTraced(row) : row[`${step}Months`] > 0)).length,
      lost: lost && (await figures.of(lost)),
    });
  }
  return funnel;
};
