import type { ReviewDocument } from '../contract/review.js';
import { periodMonths } from '../core/period.js';

const nameOf = (month: number): string =>
  new Date(Date.UTC(2026, month - 1, 1)).toLocaleString('en', { month: 'long', timeZone: 'UTC' });
const monthName = (month: string): string => `${nameOf(Number(month.slice(5)))} ${month.slice(0, 4)}`;

/**
 * What is to be said where fiscal years begin with another month than when a review was frozen: its quarter is another today, and it is compared over
 * its own months. Null where they begin as they did.
 * @param today the month with which fiscal years begin, 1 to 12
 */
export const otherCalendar = ({ review, settings }: ReviewDocument, today: number): string | null => {
  const then = settings.fiscalYearStart;
  if (then === today) return null;
  const { first, last } = periodMonths(review.period, then);
  return (
    `Fiscal years begin in ${nameOf(today)} today; when this review was frozen they began in ${nameOf(then)}. ` +
    `It is compared over its own months, ${monthName(first)} to ${monthName(last)}.`
  );
};
