import { isMetric } from './metric.js';

/**
 * The key of a figure: the path of its trace without `/trace/` and without the period where it is that of the review, so that the review of the
 * quarter before keeps the same figure under the same key. Parameters are in the order of the alphabet.
 * @param path `/trace/spend?period=2026-Q3`
 */
export const figureKey = (path: string, period: string): string => {
  const [, figure = '', query = ''] = /^\/trace\/([^?]+)\??(.*)$/.exec(path) ?? [];
  const parameters = [...new URLSearchParams(query)].filter(
    ([name, value]) => (name !== 'period' || value !== period) && !(name === 'span' && isMetric(figure)),
  );
  parameters.sort(([a], [b]) => (a < b ? -1 : 1));
  const text = new URLSearchParams(parameters).toString();
  return text === '' ? figure : `${figure}?${text}`;
};

/** Whether the figure of a key (or name) is a difference, and printed with its sign: a rate of changes that failed is none. */
export const isDifference = (key: string): boolean =>
  /(^|[._])(variance|variance_share)([._]|$)|^change\.|_change$|^perception\.gap$/.test(key.split('?')[0]!);
