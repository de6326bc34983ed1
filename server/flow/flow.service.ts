import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  ENOUGH_FINISHED,
  MOST_DOTS,
  type Flow,
  type FlowItem,
  type FlowItems,
  type FlowItemsQuery,
  type FlowQuery,
} from '../contract/flow.js';
import {
  bandsOf,
  boxesOf,
  handoffCounts,
  pairsOf,
  percentilesOf,
  type Band,
  type Percentiles,
} from '../core/flow-shapes.js';
import { localDate, localInstant } from '../core/period.js';
import { asOf } from '../http/as-of.js';
import type { Reading } from '../http/reading.js';
import { ItemsService, type FlowFacts, type ListedItem } from '../metrics/items.service.js';
import { pointsOf } from './window.js';

/** Items of one stage that are drawn. */
const MOST_IN_STAGE = 200;
const OLDEST = 12;

/** How work moves: the items of the metrics of flow, laid out for people. */
@Injectable()
export class FlowService {
  constructor(private readonly items: ItemsService) {}

  async flow(manager: EntityManager, reading: Reading, query: FlowQuery): Promise<string> {
    const edges = this.items.window(reading, Number(query.window));
    const [from, until] = [edges[0]!, edges.at(-1)!];
    const clock = asOf(reading, until);
    const points = pointsOf(from, clock, reading.timeZone);
    const facts = await this.items.flow(manager, reading, {
      ...{ edges, points, clock, filter: filterOf(query) },
      most: { dots: MOST_DOTS, inStage: MOST_IN_STAGE, oldest: OLDEST },
    });
    const percentiles = percentilesOf(
      facts.finished.map(({ days }) => days),
      ENOUGH_FINISHED,
    );
    const days = sum(facts.stages.map((stage) => stage.days));
    const local: Local = (at) => localInstant(at, reading.timeZone);
    const body: Flow = {
      ...{ period: reading.period, window: query.window },
      ...{ from: local(from), until: local(until), asOf: local(clock) },
      holdsAhead: facts.holdsAhead,
      teams: [...facts.teams].sort(),
      types: [...facts.types].sort(),
      finished: finishedOf(facts, percentiles, { from, until, local }),
      ageing: ageingOf(facts, percentiles),
      cumulative: cumulativeOf(
        bandsOf(facts.changes, points.length),
        points.map((point) => localDate(point, reading.timeZone)),
      ),
      time: {
        days,
        waitingDays: facts.waitingDays,
        waitingShare: days === 0 ? null : facts.waitingDays / days,
        stages: facts.stages.map((stage) => ({ ...stage, share: days === 0 ? 0 : stage.days / days })),
      },
      handoffs: {
        total: sum(facts.handoffs.map(({ count }) => count)),
        distribution: handoffCounts(facts.finished.map((item) => item.handoffs)),
        ...pairsOf(facts.handoffs),
      },
      oldest: facts.oldest.map((item) => rowOf(item, local)),
    };
    return JSON.stringify(body);
  }

  /** The items behind a panel: the latest delivered first, those that are open by age. */
  async list(manager: EntityManager, reading: Reading, query: FlowItemsQuery): Promise<string> {
    const edges = this.items.window(reading, Number(query.window));
    const window = { edges, clock: asOf(reading, edges.at(-1)!) };
    const offset = Number(query.cursor ?? 0);
    const part = {
      ...filterOf(query),
      ...{
        stage: query.stage ?? null,
        least: query.least ?? null,
        below: query.below ?? null,
        over: query.over ?? null,
      },
      ...{ limit: query.limit, offset },
    };
    const hands = query.from === undefined || query.to === undefined ? null : { from: query.from, to: query.to };
    const { total, items } =
      query.of === 'finished'
        ? await this.items.finished(manager, reading, window, part, hands)
        : await this.items.open(manager, reading, window, part, query.of);
    const next = offset + query.limit;
    const body: FlowItems = {
      items: items.map((item) => rowOf(item, (at) => localInstant(at, reading.timeZone))),
      total,
      nextCursor: next < total ? String(next) : null,
    };
    return JSON.stringify(body);
  }
}

/** The same instant as clocks of the reporting time zone write it. */
type Local = (at: string) => string;

const filterOf = ({ type, team }: Pick<FlowQuery, 'type' | 'team'>): { type: string | null; team: string | null } => ({
  ...{ type: type ?? null, team: team ?? null },
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const finishedOf = (
  { finished }: FlowFacts,
  percentiles: Percentiles | null,
  { from, until, local }: { from: string; until: string; local: Local },
): Flow['finished'] => {
  const isBoxed = finished.length > MOST_DOTS;
  return {
    count: finished.length,
    percentiles,
    longest: finished.reduce<number | null>((most, { days }) => Math.max(most ?? 0, days), null),
    dots: isBoxed
      ? []
      : finished.map(({ code, title, at, days }) => ({ code: code!, title: title!, at: local(at), days })),
    boxes: isBoxed
      ? boxesOf(finished, from, until).map((box) => ({ ...box, at: local(box.at), until: local(box.until) }))
      : [],
  };
};

const cumulativeOf = (bands: readonly Band[], days: readonly string[]): Flow['cumulative'] => {
  const open = bands.filter(({ kind }) => kind !== 'done');
  return {
    bands: [...bands],
    days: [...days],
    openFirst: sum(open.map(({ counts }) => counts[0]!)),
    openLast: sum(open.map(({ counts }) => counts.at(-1)!)),
  };
};

const ageingOf = ({ ages, standing }: FlowFacts, percentiles: Percentiles | null): Flow['ageing'] => {
  const older = (days: number | undefined): number | null =>
    days === undefined ? null : ages.filter((age) => age > days).length;
  return {
    count: ages.length,
    olderThan85: older(percentiles?.p85),
    olderThan95: older(percentiles?.p95),
    stages: standing.map((stage) => ({ ...stage })),
  };
};

const rowOf = (item: ListedItem, local: Local): FlowItem => ({
  ...{ code: item.code, title: item.title, type: item.type, team: item.team },
  ...{ initiative: item.initiativeCode, owner: item.ownerEmail, handoffs: item.handoffs },
  ...{ days: item.days, waitingDays: item.waitingDays, deliveredAt: item.deliveredAt && local(item.deliveredAt) },
  ...{ stage: item.stageName, stageDays: item.stageDays, movedAt: item.movedAt && local(item.movedAt) },
  ...{ blockedReason: item.blockedReason, blockedSince: item.blockedSince && local(item.blockedSince) },
});
