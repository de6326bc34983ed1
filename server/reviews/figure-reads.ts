import { isMetric } from '../contract/metric.js';
import type { TraceQuery } from '../contract/trace.js';
import { metricOf } from '../core/metrics/catalogue.js';
import { monthOf, periodStart, previousPeriod } from '../core/period.js';
import {
  alsoRead,
  deciding,
  fieldsRead,
  isMixed,
  type LinksRead,
  linksRead,
  looksAhead,
  MONEY_READ,
  settingsRead,
  thresholdsRead,
  unread,
} from '../core/review/reads.js';
import { recordsBehind, writersOf } from '../metrics/writers.js';
import { CATALOGUE } from '../trace/catalogue.js';
import { askedOf, contextOf, type Ground } from './figures.js';

/** What can have moved a figure. */
export interface Reads {
  /** Of events, as the audit calls what they were done to. */
  readonly types: ReadonlySet<string>;
  /** Of the months of values and costs; null for all. */
  readonly fields: ReadonlySet<string> | null;
  readonly settings: ReadonlySet<string>;
  /** Of the tests of signs. */
  readonly thresholds: ReadonlySet<string>;
  /** Null of a figure that goes by no links. */
  readonly links: LinksRead | null;
  /** Fields of records that it does not read. */
  readonly unread: ReadonlySet<string>;
  /** Of a figure whose records count by how they stand to one another: types of what says so; none of all others. */
  readonly deciding: ReadonlySet<string>;
  /** First month that counts and the month after the last; null where there is none. */
  readonly from: string | null;
  readonly to: string | null;
  /** Of a figure whose records hang on values of others, too: before which month these lie; null of all others. */
  readonly mixedTo: string | null;
}

/** What an import wrote is told by what it wrote; of one of which that is not known it is told that it was. */
const IMPORT = 'import';

/**
 * What the figure of a key reads.
 * @param ground in the quarter of the review
 * @throws Problem 404 for a figure of a portfolio or unit that is not there
 */
export const readsOf = async (ground: Ground, key: string): Promise<Reads> => {
  const { figure, query } = askedOf(key);
  const context = await contextOf(ground, figure, query);
  const { period, end, startMonth } = context.reading;
  const shared = {
    fields: fieldsRead(figure),
    settings: settingsRead(figure),
    unread: unread(figure),
    deciding: deciding(figure),
    thresholds: thresholdsRead(figure),
    links: linksRead(figure, query.kind) ?? null,
  };
  const upTo = monthOf(end);
  if (isMetric(figure)) {
    const metric = metricOf(figure)!;
    const money = MONEY_READ[figure];
    const first = money?.months === 'period' ? period : money?.months === 'both' ? previousPeriod(period) : null;
    const others = recordsBehind(metric.needs.filter((set) => set !== 'money'));
    return {
      ...shared,
      types: new Set(money ? [...money.types, ...others, 'settings', IMPORT] : writersOf(metric)),
      from: first && monthOf(periodStart(first, startMonth)),
      to: upTo,
      mixedTo: null,
    };
  }
  const isAhead = looksAhead(figure);
  const monthIn = (day: string): string | null => (/^\d/.test(day) ? day.slice(0, 7) : null);
  return {
    ...shared,
    types: new Set([...CATALOGUE.get(figure)!.history, ...alsoRead(figure), 'settings', IMPORT]),
    // A change since the period before, and what lies ahead, look at more months than the span has.
    from: isAhead || figure.startsWith('change.') || figure === 'needs_action' ? null : monthIn(context.from),
    to: isEndless(isAhead, query) ? null : (monthIn(context.to) ?? upTo),
    mixedTo: isMixed(figure) ? upTo : null,
  };
};

/** Whole lives, and what is later, have no end; a figure that names no span is one of the end of its quarter. */
const isEndless = (isAhead: boolean, { span, until }: TraceQuery): boolean =>
  until === undefined && (isAhead || span === 'life' || span === 'later');
