import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { MismatchService } from '../capabilities/mismatch.service.js';
import { CaseService } from '../case/case.service.js';
import { ForecastService } from '../case/forecast.service.js';
import { ConfirmationsService } from '../benefits/confirmations.service.js';
import { BenefitRegister } from '../benefits/register.service.js';
import { ActionsService } from '../benefits/actions.service.js';
import { StandingService } from '../benefits/standing.service.js';
import { ChainService, indexOfRef } from '../chain/chain.service.js';
import { GapsService } from '../chain/gaps.service.js';
import { PictureService } from '../chain/picture.service.js';
import { DecisionService } from '../decisions/decision.service.js';
import { isMetric, type MetricId } from '../contract/metric.js';
import type { AddedFigure, Figure, Trace, TraceQuery, TraceRecords, TraceRecordsQuery } from '../contract/trace.js';
import { IndicatorsService } from '../indicators/indicators.service.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { OwnFigures } from '../signs/own-figures.service.js';
import { EffectService } from '../scenarios/effect.service.js';
import { StakeholdersService } from '../surveys/stakeholders.service.js';
import { forbidden } from '../http/problem.js';
import { ofEnterprise, type Reading } from '../http/reading.js';
import { CATALOGUE } from './catalogue.js';
import { TraceContext } from './context.js';
import { type FigureDefinition, textOf } from './figure.js';
import { historyOf } from './history.queries.js';
import { writersOf } from '../metrics/writers.js';
import { tracedMetric } from './metrics.js';
import { checkParameters } from './parameters.js';
import { pageOf, totalOf } from './records.js';

/** Version of the formulas. Raise it when one of them changes its meaning. */
export const FORMULA_VERSION = '1';

/** Records that others write, too: a save in the entry grid is one event for all of its values. */
const WRITTEN_BY: Readonly<Record<string, readonly string[]>> = { benefit_value: ['value_entry'] };

/** What stands behind a figure: its value in full, formula, inputs, records, history, and what it rests on. */
@Injectable()
export class TraceService {
  constructor(
    private readonly chain: ChainService,
    private readonly gaps: GapsService,
    private readonly standings: StandingService,
    private readonly cases: CaseService,
    private readonly forecasts: ForecastService,
    private readonly pictures: PictureService,
    private readonly effects: EffectService,
    private readonly confirmations: ConfirmationsService,
    private readonly register: BenefitRegister,
    private readonly actions: ActionsService,
    private readonly metrics: MetricsService,
    private readonly signs: OwnFigures,
    private readonly mismatch: MismatchService,
    private readonly decisions: DecisionService,
    private readonly indicators: IndicatorsService,
    private readonly stakeholders: StakeholdersService,
  ) {}

  /**
   * One figure, traced, as JSON text.
   * @throws Problem 403 for a figure that is not of a stakeholder's benefits, 404 for a record out of sight, 422 for a figure not fully named
   */
  async trace(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    figure: Figure,
    query: TraceQuery,
  ): Promise<string> {
    if (isMetric(figure)) return this.metric(manager, reading, who, figure, query);
    const { definition, context } = this.prepare(manager, reading, who, figure, query);
    return JSON.stringify({
      ...(await added(context, definition)),
      history: await this.history(context, definition),
    } satisfies Trace);
  }

  /** What is said of the figure that a context asks for, but its history. Who may see it is the caller's to ask. */
  async said(context: TraceContext, who: Principal, figure: Figure): Promise<Omit<Trace, 'history'>> {
    if (!isMetric(figure)) return added(context, CATALOGUE.get(figure)!);
    return tracedMetric(context, await this.behind(context, who, figure));
  }

  /** A metric with what stands behind it; all metrics of a period are worked out together when the first of them is asked for. */
  async behind(context: TraceContext, who: Principal, id: MetricId): ReturnType<MetricsService['behind']> {
    const { manager, reading } = context;
    const all = await context.once(`metrics ${reading.end}`, () => this.metrics.inPeriod(manager, reading, who));
    return this.metrics.behind(manager, reading, who, id, undefined, all.get(id));
  }

  /** All records behind the figure that a context asks for, and what their amounts add up to. */
  async everyRecord(context: TraceContext, figure: AddedFigure): Promise<Omit<TraceRecords, 'figure' | 'nextCursor'>> {
    const records = await CATALOGUE.get(figure)!.records(context);
    const { items, total } = await pageOf(context, records, Number.MAX_SAFE_INTEGER - 1, undefined);
    return { title: records.title, unit: records.unit.name, items, total };
  }

  /** One page of the records behind a figure, as JSON text. Refuses as `trace` does, and a cursor that is none of ours (422). */
  async records(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    figure: AddedFigure,
    query: TraceRecordsQuery,
  ): Promise<string> {
    const { definition, context } = this.prepare(manager, reading, who, figure, query);
    const records = await definition.records(context);
    const page = await pageOf(context, records, query.limit, query.cursor);
    return JSON.stringify({ figure, title: records.title, unit: records.unit.name, ...page } satisfies TraceRecords);
  }

  /** The ground on which figures are worked out one after another, each fact read once. Who may see a figure is the caller's to ask. */
  context(manager: EntityManager, reading: Reading, who: Principal, query: TraceQuery): TraceContext {
    const { chain, standings, gaps, pictures, cases, forecasts, effects, confirmations } = this;
    const { register, actions, signs, mismatch, decisions, indicators, stakeholders } = this;
    const services = {
      chain,
      standings,
      gaps,
      pictures,
      cases,
      forecasts,
      effects,
      confirmations,
      register,
      actions,
      signs,
      mismatch,
      decisions,
      indicators,
      stakeholders,
    };
    return new TraceContext(manager, reading, query, readsOwnUnitsOnly(who), services);
  }

  private async metric(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    id: MetricId,
    query: TraceQuery,
  ): Promise<string> {
    checkParameters(id, query, reading.period);
    const context = this.context(manager, reading, who, query);
    const behind = await this.metrics.behind(manager, reading, who, id);
    const history = await this.eventsOn(context, writersOf(behind.metric), null);
    return JSON.stringify({ ...(await tracedMetric(context, behind)), history } satisfies Trace);
  }

  private prepare(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    figure: AddedFigure,
    query: TraceQuery,
  ): { definition: FigureDefinition; context: TraceContext } {
    const definition = CATALOGUE.get(figure)!;
    if (readsOwnUnitsOnly(who) && !definition.forStakeholders)
      throw forbidden('Your role sees figures of the benefits of your own units.');
    checkParameters(figure, query, reading.period);
    const asked = definition.isOfEnterprise ? ofEnterprise(reading) : reading;
    return { definition, context: this.context(manager, asked, who, query) };
  }

  private async history(context: TraceContext, definition: FigureDefinition): Promise<Trace['history']> {
    const { type, ref, month = null, action = null, on = null } = context.query;
    const isNode = /^(node|value|measure|maturity)\./.test(definition.id) && type !== undefined && ref !== undefined;
    const facts = isNode ? await context.chain() : null;
    const { indicator } = context.query;
    const record =
      facts && type && ref
        ? facts.rows[indexOfRef(facts, type, ref)]!.id
        : indicator === undefined
          ? null
          : (await context.indicator(indicator, month ?? undefined)).id;
    const listed = record && type ? [type, ...definition.history] : definition.history;
    const asked = { month: definition.id.startsWith('value.') ? month : null, action, on };
    return this.eventsOn(context, listed, record, asked);
  }

  private eventsOn(
    { manager, reading, isStakeholder }: TraceContext,
    listed: readonly string[],
    record: string | null,
    asked: Parameters<typeof historyOf>[4] = { month: null, action: null, on: null },
  ): Promise<Trace['history']> {
    const types = [...new Set(listed.flatMap((each) => [each, ...(WRITTEN_BY[each] ?? [])]))];
    return historyOf(manager, types, isStakeholder ? reading.scope.unitIds : null, record, asked);
  }
}

/** What is said of a figure that records add up to, but its history. */
const added = async (context: TraceContext, definition: FigureDefinition): Promise<Omit<Trace, 'history'>> => {
  const { reading } = context;
  const worked = await context.worked(definition);
  const { count } = await totalOf(context, await definition.records(context));
  return {
    figure: definition.id,
    title: worked.title,
    value: worked.value === null ? null : textOf(worked.value, worked.unit),
    nullReason: worked.value === null ? (worked.nullReason ?? 'no_value') : null,
    unit: worked.unit.name,
    period: reading.period,
    scope: reading.scope.label,
    formula: { ...definition.formula, version: FORMULA_VERSION },
    inputs: worked.inputs.map((input) => ({
      label: input.label,
      value: input.value === null ? null : textOf(input.value, input.unit),
      unit: input.unit.name,
      trace: input.trace,
    })),
    beside: [],
    records: { count, url: context.recordsPath(definition.id) },
    quality: [...worked.quality],
  };
};
