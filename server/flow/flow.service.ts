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
import type { Reading } from '../http/reading.js';
import { ItemsService, type Bounds, type DeliveredItem, type ItemInProgress } from '../metrics/items.service.js';
import { readStageChanges } from './cumulative.queries.js';
import { asOf, pointsOf } from './window.js';

type Filter = Pick<FlowQuery, 'type' | 'team'>;

/** Items of one stage that are drawn. */
const MOST_IN_STAGE = 200;
const OLDEST = 12;

/** What is delivered and in progress in the window, as the filters leave it. */
interface Work {
  periods: readonly Bounds[];
  from: string;
  until: string;
  asOf: string;
  finished: DeliveredItem[];
  inProgress: ItemInProgress[];
  /** Before the filters. */
  all: readonly (DeliveredItem | ItemInProgress)[];
}

/** How work moves: the items of the metrics of flow, laid out for people. */
@Injectable()
export class FlowService {
  constructor(private readonly items: ItemsService) {}

  async flow(manager: EntityManager, reading: Reading, query: FlowQuery): Promise<string> {
    const work = await this.work(manager, reading, query);
    const { periods, finished, inProgress } = work;
    // Without a filter the database need not be told which items.
    const codes = query.type || query.team ? finished.map(({ code }) => code) : null;
    const points = pointsOf(work.from, work.asOf);
    const times = await this.items.stageTimes(manager, reading, periods, codes);
    const handoffs = await this.items.handoffs(manager, reading, periods, codes);
    const changes = await readStageChanges(manager, reading, query, work.asOf, points);
    const percentiles = percentilesOf(finished.map(cycleOf), ENOUGH_FINISHED);
    const days = sum(times.map((time) => Number(time.days)));
    const waitingDays = sum(finished.map((item) => Number(item.waitingDays)));
    const body: Flow = {
      period: reading.period,
      window: query.window,
      from: work.from,
      until: work.until,
      asOf: work.asOf,
      teams: different(work.all.map(({ team }) => team)),
      types: different(work.all.map(({ type }) => type)),
      finished: finishedOf(work, percentiles),
      ageing: ageingOf(inProgress, percentiles, [...new Set(changes.map(({ code }) => code))]),
      cumulative: cumulativeOf(bandsOf(changes, points.length), points),
      time: {
        days,
        waitingDays,
        waitingShare: days === 0 ? null : waitingDays / days,
        stages: times.map((time) => ({
          ...{ code: time.code, name: time.name, kind: time.kind, items: time.items, days: Number(time.days) },
          share: days === 0 ? 0 : Number(time.days) / days,
        })),
      },
      handoffs: {
        total: handoffs.reduce((total, { count }) => total + count, 0),
        distribution: handoffCounts(finished.map((item) => item.handoffs)),
        ...pairsOf(handoffs),
      },
      oldest: inProgress.slice(0, OLDEST).map(rowOf),
    };
    return JSON.stringify(body);
  }

  /** The items behind a panel: the latest delivered first, those in progress by age. */
  async list(manager: EntityManager, reading: Reading, query: FlowItemsQuery): Promise<string> {
    const { finished, inProgress } = await this.work(manager, reading, query);
    const rows =
      query.of === 'finished'
        ? finished.toReversed().map(rowOf)
        : inProgress.filter(({ stageCode }) => query.stage === undefined || stageCode === query.stage).map(rowOf);
    const meant = rows.filter(
      ({ days }) =>
        (query.least === undefined || days >= query.least) && (query.below === undefined || days < query.below),
    );
    const from = Number(query.cursor ?? 0);
    const next = from + query.limit;
    const body: FlowItems = {
      items: meant.slice(from, next),
      total: meant.length,
      nextCursor: next < meant.length ? String(next) : null,
    };
    return JSON.stringify(body);
  }

  private async work(manager: EntityManager, reading: Reading, query: FlowQuery): Promise<Work> {
    const periods = this.items.window(reading, Number(query.window));
    const [from, until] = [periods[0]!.startsAt, periods.at(-1)!.endsAt];
    const told = asOf(reading, until);
    const delivered = await this.items.delivered(manager, reading, periods);
    const inProgress = await this.items.inProgress(manager, reading, told);
    const isMeant = by(query);
    return {
      ...{ periods, from, until, asOf: told },
      finished: delivered.filter(isMeant),
      inProgress: inProgress.filter(isMeant),
      all: [...delivered, ...inProgress],
    };
  }
}

const by =
  ({ type, team }: Filter) =>
  (item: { type: string | null; team: string | null }): boolean =>
    (type === undefined || item.type === type) && (team === undefined || item.team === team);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const different = (texts: readonly (string | null)[]): string[] =>
  [...new Set(texts.filter((text) => text !== null))].sort();
const cycleOf = ({ cycleDays }: DeliveredItem): number => Number(cycleDays);

const finishedOf = ({ finished, from, until }: Work, percentiles: Percentiles | null): Flow['finished'] => {
  const dots = finished.map((item) => ({
    ...{ code: item.code, title: item.title, at: item.deliveredAt, days: cycleOf(item) },
  }));
  const isBoxed = dots.length > MOST_DOTS;
  return {
    count: dots.length,
    percentiles,
    longest: dots.length === 0 ? null : Math.max(...dots.map(({ days }) => days)),
    dots: isBoxed ? [] : dots,
    boxes: isBoxed ? boxesOf(dots, from, until) : [],
  };
};

const cumulativeOf = (bands: readonly Band[], points: readonly string[]): Flow['cumulative'] => {
  const open = bands.filter(({ kind }) => kind !== 'done');
  return {
    bands: [...bands],
    days: points.map((point) => point.slice(0, 10)),
    openFirst: sum(open.map(({ counts }) => counts[0]!)),
    openLast: sum(open.map(({ counts }) => counts.at(-1)!)),
  };
};

/** @param order codes of stages, by position */
const ageingOf = (
  items: readonly ItemInProgress[],
  percentiles: Percentiles | null,
  order: readonly string[],
): Flow['ageing'] => {
  const stages = new Map<string, Flow['ageing']['stages'][number]>();
  for (const { stageCode, stageName, stageKind, code, title, ageDays } of items) {
    const stage = stages.get(stageCode) ?? {
      ...{ code: stageCode, name: stageName, kind: stageKind, count: 0, items: [] },
    };
    stage.count += 1;
    if (stage.items.length < MOST_IN_STAGE) stage.items.push({ code, title, days: Number(ageDays) });
    stages.set(stageCode, stage);
  }
  const older = (days: number | undefined): number | null =>
    days === undefined ? null : items.filter(({ ageDays }) => Number(ageDays) > days).length;
  return {
    count: items.length,
    olderThan85: older(percentiles?.p85),
    olderThan95: older(percentiles?.p95),
    stages: [...stages.values()].sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code)),
  };
};

const rowOf = (item: DeliveredItem | ItemInProgress): FlowItem => {
  const common = {
    ...{ code: item.code, title: item.title, type: item.type, team: item.team },
    ...{ initiative: item.initiativeCode, owner: item.ownerEmail, handoffs: item.handoffs },
    waitingDays: Number(item.waitingDays),
  };
  return 'deliveredAt' in item
    ? { ...common, deliveredAt: item.deliveredAt, days: cycleOf(item), stage: null, stageDays: null, movedAt: null }
    : {
        ...common,
        ...{ deliveredAt: null, days: Number(item.ageDays), stage: item.stageName },
        ...{ stageDays: Number(item.stageDays), movedAt: item.movedAt },
      };
};
