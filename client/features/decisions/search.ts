import {
  DECISION_KINDS,
  DECISION_OUTCOMES,
  DECISION_SORTS,
  DECISION_VIEWS,
} from '../../../server/contract/decision.js';
import type { TableOrder } from '../../ui/data-table';

/** What the log is narrowed and sorted by: all of it in the address. */
export const LOG_NAMES = ['q', 'show', 'kind', 'outcome', 'forum', 'intended', 'decided', 'sort', 'rows'] as const;
export type LogSearch = Partial<Record<(typeof LOG_NAMES)[number], string>>;
export type LogFilter = Exclude<(typeof LOG_NAMES)[number], 'sort' | 'rows'>;
export const FILTERS = ['q', 'show', 'kind', 'outcome', 'forum', 'intended', 'decided'] as const satisfies LogFilter[];

/** None of them: what a link to a list of its own begins with, so that it opens what it counts. */
export const NO_FILTERS: Partial<Record<keyof LogSearch, undefined>> = Object.fromEntries(
  [...FILTERS, 'rows'].map((name) => [name, undefined]),
);

/** The log with these filters and no other; the rest of the address stays. */
export const only =
  (filters: LogSearch) =>
  (now: Record<string, unknown>): Record<string, unknown> => ({ ...now, ...NO_FILTERS, ...filters });

const ALLOWED: Partial<Record<keyof LogSearch, readonly string[]>> = {
  show: DECISION_VIEWS,
  kind: [...DECISION_KINDS, '-'],
  outcome: DECISION_OUTCOMES,
  intended: ['1', '2', '3', '4', '5'],
  decided: ['1', '2', '3', '4', '5'],
  sort: DECISION_SORTS.flatMap((sort) => [sort, `-${sort}`]),
};

/** What the server can be asked; what a mangled link says beside it is left out. */
export const readSearch = (search: LogSearch): LogSearch =>
  Object.fromEntries(
    Object.entries(search).filter(
      ([name, value]) =>
        (LOG_NAMES as readonly string[]).includes(name) &&
        (ALLOWED[name as keyof LogSearch]?.includes(value) ?? value.length <= 200),
    ),
  );

export const orderOf = (sort = '-raised'): TableOrder => ({
  id: sort.replace(/^-/, ''),
  direction: sort.startsWith('-') ? 'descending' : 'ascending',
});

export const sortOf = (order: TableOrder): string | undefined =>
  order === null ? undefined : `${order.direction === 'descending' ? '-' : ''}${order.id}`;
