import { isMetric } from './metric.js';
import type { ReviewDocument } from './review.js';
import { periodName } from './period-name.js';

/** What a figure is called where several are listed: titles are those of formulas, which many figures of a review share. */

const SPANS: Readonly<Record<string, (quarter: string, isOwn: boolean) => string>> = {
  period: (quarter) => `in ${quarter}`,
  to_date: (quarter, isOwn) => (isOwn ? 'to date' : `to the end of ${quarter}`),
  later: (quarter) => `after ${quarter}`,
  life: (quarter, isOwn) => (isOwn ? 'whole life' : `whole life as at the end of ${quarter}`),
};
/** What narrows a figure to a part of IT, in words. */
const PARTS = { portfolio: 'portfolio', orgUnit: 'unit' } as const;
/** Of a question that names none. */
const USUAL_SPAN = 'to_date';
/** What is asked for to date as all figures are, and holds what is expected after it, too. */
const isOfWholeLife = (figure: string): boolean =>
  /(^|[._])expected(_share|_of_calibrated)?$|^node\.plan_(version|change)$/.test(figure);

/**
 * A title with what its figure is over and of: `Spend, in 2026 Q3`, `Spend, to date, portfolio DIG`.
 * @param key of the figure in a review of `period`
 * @param startMonth of the fiscal year, 1 to 12
 */
export const figureName = (
  key: string,
  title: string,
  { period, startMonth }: { readonly period: string; readonly startMonth: number },
): string => {
  const [figure = '', query = ''] = key.split('?');
  const asked = new URLSearchParams(query);
  const nameOf = (of: string): string => periodName(of, startMonth);
  const own = asked.get('period') ?? period;
  const until = asked.get('until');
  const isLife = isOfWholeLife(figure);
  const span = SPANS[isMetric(figure) ? 'period' : isLife ? 'life' : (asked.get('span') ?? USUAL_SPAN)];
  const over = until === null ? span?.(nameOf(own), own === period) : `to the end of ${nameOf(until)}`;
  const of = Object.entries(PARTS).flatMap(([name, word]) => (asked.has(name) ? [`${word} ${asked.get(name)}`] : []));
  return [title, ...(over === undefined || title.endsWith(` ${over}`) ? [] : [over]), ...of].join(', ');
};

/** The same of a figure of a document; a key that it does not have names itself. */
export const figureNameIn =
  ({ figures, review, settings }: Pick<ReviewDocument, 'figures' | 'review' | 'settings'>) =>
  (key: string): string =>
    Object.hasOwn(figures, key)
      ? figureName(key, figures[key]!.title, { period: review.period, startMonth: settings.fiscalYearStart })
      : key;
