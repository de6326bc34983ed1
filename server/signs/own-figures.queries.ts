import type { EntityManager } from 'typeorm';
import { METRICS } from '../core/metrics/catalogue.js';
import { BESIDE_FIGURES } from '../core/sign-beside.js';
import type { OwnFigureId } from '../core/sign-catalogue.js';
import { lastPeriods } from '../core/period.js';
import { named } from '../database/named.js';
import { type Reading, readingOf } from '../http/reading.js';
import {
  FAR_TARGETS,
  OVERLAPS,
  SHARED,
  UNEVIDENCED,
  UNEXPLAINED,
  UNMEASURED,
  UNMEASURED_OUTCOMES,
  UNOWNED,
  UNSERVING,
} from './items.queries.js';

/**
 * Figures of the signs that are no metric. Each is one list of items: `of` counts all of them, `part` those that count. The figure and the records
 * behind it are read from the same list, so that they cannot differ.
 */

/** Figures that are counted in the database; the others are taken from metrics and services. */
export type CountedFigureId = Exclude<OwnFigureId, 'sign.widest_gap_spend_share' | 'sign.above_level_share'>;

export interface PartOf {
  readonly part: number;
  readonly of: number;
}

export interface ItemRow {
  readonly type: string;
  readonly code: string;
  readonly name: string;
  readonly note: string | null;
  /** Whether it is of the part that the figure is about. */
  readonly counts: boolean;
}

interface Source {
  readonly name: string;
  /** Columns `at` (index of the period, from 1), type, code, name, note, counts. */
  readonly items: string;
  /** Links and attributes are as of now: the same in each period. */
  readonly isOfNow: boolean;
  /** Whether its facts have a path to portfolios and units, or to units alone. */
  readonly isScoped: boolean | 'units';
  readonly values: (reading: Reading, periods: readonly string[], threshold: string | null) => unknown[];
}

const endsOf = (reading: Reading, periods: readonly string[]): string[] =>
  periods.map((period) => readingOf(reading, period).end);

const ofScope = ({ scope }: Reading): unknown[] => [scope.portfolioId, scope.unitIds];

const SOURCES: Record<CountedFigureId, Source> = {
  'sign.unowned_share': {
    name: 'records without an owner',
    items: UNOWNED,
    isOfNow: true,
    isScoped: true,
    values: ofScope,
  },
  'sign.shared_capabilities': {
    name: 'capabilities of several units',
    items: SHARED,
    isOfNow: true,
    isScoped: true,
    values: (reading, _periods, threshold) => [...ofScope(reading), threshold],
  },
  'sign.unexplained_priorities': {
    name: 'unexplained priorities',
    items: UNEXPLAINED,
    isOfNow: false,
    isScoped: false,
    values: (_reading, periods) => [lastPeriods(periods.at(-1)!, periods.length + 1)],
  },
  'sign.unserving_share': {
    name: 'indicators that serve nothing',
    items: UNSERVING,
    isOfNow: true,
    isScoped: false,
    values: () => [],
  },
  'sign.unmeasured_share': {
    name: 'benefits without measurement',
    items: UNMEASURED,
    isOfNow: false,
    isScoped: true,
    values: (reading, periods) => [...ofScope(reading), endsOf(reading, periods)],
  },
  'sign.forum_overlaps': {
    name: 'forums that decide the same',
    items: OVERLAPS,
    isOfNow: true,
    isScoped: false,
    values: () => [],
  },
  'sign.far_target_share': {
    name: 'metrics with a target',
    items: FAR_TARGETS,
    isOfNow: false,
    isScoped: false,
    values: (_reading, periods) => [
      periods,
      METRICS.map(({ id }) => id),
      METRICS.map(({ name }) => name),
      METRICS.map(({ distance }) => distance),
    ],
  },
  'sign.unmeasured_outcome_share': {
    name: 'outcomes without a measurement',
    items: UNMEASURED_OUTCOMES,
    isOfNow: false,
    isScoped: 'units',
    values: (reading, periods) => [...ofScope(reading), endsOf(reading, periods)],
  },
  'sign.unevidenced_benefit_share': {
    name: 'benefits without evidence',
    items: UNEVIDENCED,
    isOfNow: false,
    isScoped: true,
    values: (reading, periods) => [...ofScope(reading), endsOf(reading, periods), reading.today],
  },
};

const isBeside = (figure: CountedFigureId): boolean => (BESIDE_FIGURES as readonly string[]).includes(figure);
const FIGURES = Object.keys(SOURCES) as CountedFigureId[];
/** Those that tests are about. */
export const COUNTED_FIGURES = FIGURES.filter((figure) => !isBeside(figure));
export const isInScope = (figure: CountedFigureId, { scope }: Reading): boolean => {
  const { isScoped } = SOURCES[figure];
  return (scope.portfolioId === null || isScoped === true) && (scope.unitIds === null || isScoped !== false);
};

/** Whether it is the same in each period: nobody knows what it was. */
export const isOfNow = (figure: OwnFigureId): boolean =>
  (SOURCES as Partial<Record<OwnFigureId, Source>>)[figure]?.isOfNow ?? false;

/** How many items there are, and how many count. */
const COUNTS = 'count(*)::int as "of", count(*) filter (where counts)::int as part';

/**
 * How many items there are and how many count, by period; one statement for all of them.
 * @param periods in order of time, without gaps
 * @param threshold decimal text, of figures whose counting depends on it
 */
export const countsOf = async (
  manager: EntityManager,
  reading: Reading,
  figure: CountedFigureId,
  periods: readonly string[],
  threshold: string | null,
): Promise<PartOf[]> => {
  const { name, items, isOfNow, values } = SOURCES[figure];
  const rows = await named<PartOf & { at: number }>(
    manager,
    `${name}, counted`,
    `select at, ${COUNTS} from (${items}) i group by at`,
    values(reading, periods, threshold),
  );
  return periods.map((_, index) => {
    const found = rows.find(({ at }) => at === (isOfNow ? 1 : index + 1));
    return { part: found?.part ?? 0, of: found?.of ?? 0 };
  });
};

/**
 * The same of several figures in the period of the reading, in one statement.
 * @param figures no two of which read the same facts; without a threshold
 */
export const countsTogether = async (
  manager: EntityManager,
  reading: Reading,
  figures: readonly CountedFigureId[],
): Promise<Map<CountedFigureId, PartOf>> => {
  if (figures.length === 0) return new Map();
  const values: unknown[] = [];
  const texts = figures.map((figure) => {
    const source = SOURCES[figure];
    // The parameters of each follow those of the figures before it.
    const items = source.items.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + values.length}`);
    const text = `select '${figure}' as figure, ${COUNTS} from (${items}) i`;
    values.push(...source.values(reading, [reading.period], null));
    return text;
  });
  const name = `figures ${figures.map((figure) => FIGURES.indexOf(figure)).join(', ')} of signs, counted together`;
  const rows = await named<PartOf & { figure: CountedFigureId }>(manager, name, texts.join(' union all '), values);
  return new Map(rows.map(({ figure, part, of }) => [figure, { part, of }]));
};

/**
 * The items in the period of the reading: those that count, by type and code, then the others.
 * @param isAll false: only those that count
 */
export const itemsOf = (
  manager: EntityManager,
  reading: Reading,
  figure: CountedFigureId,
  threshold: string | null,
  isAll: boolean,
): Promise<ItemRow[]> => {
  const { name, items, values } = SOURCES[figure];
  return named<ItemRow>(
    manager,
    isAll ? name : `${name}, those that count`,
    `select type, code, name, note, counts from (${items}) i ${isAll ? '' : 'where counts'}
     order by counts desc, array_position(array['investment', 'initiative', 'capability', 'outcome', 'benefit'], type), code, name`,
    values(reading, [reading.period], threshold),
  );
};
