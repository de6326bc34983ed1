import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Flow, FlowItem } from '../../../server/contract/flow.js';
import { keepScope, type PageSearch } from '../../lib/address';
import { brief, count, day, dayBefore } from '../../../server/contract/format.js';
import { type TableColumn } from '../../ui/data-table';
import { OwnerName } from '../records/owner-name';
import { FLOW_NAMES, windowOf, type FlowItemsSearch, type FlowSearch, type ItemsOf } from './api';

export const daysText = (days: number): string => `${brief(days)} ${brief(days) === '1.00' ? 'day' : 'days'}`;

const timeOf = (instant: string | null): number => (instant === null ? 0 : Date.parse(instant));

export const windowText = (window: string): string => (window === '1' ? 'this quarter' : `${window} quarters`);

/** The last day before a midnight, and that what is recorded ahead of today counts. */
const lastBefore = (midnight: string, { holdsAhead }: Pick<Flow, 'holdsAhead'>): string =>
  `${day(dayBefore(midnight))}${holdsAhead ? ', moves recorded ahead included' : ''}`;
/** The last day by which things are told. */
export const lastDay = (flow: Flow): string => lastBefore(flow.holdsAhead ? flow.until : flow.asOf, flow);
/** The day to which ages run. */
export const agesDay = (flow: Flow): string => lastBefore(flow.asOf, flow);

/** Whether the page shows all work of the quarter, as the metrics do. */
export const isWhole = (search: FlowSearch): boolean =>
  windowOf(search) === '1' && search.type === undefined && search.team === undefined;

/** The items behind a number or a panel. */
export function ItemsLink({ search, of, children, className, ...rest }: ItemsLinkProps) {
  const { stage, least, below, over, from, to } = rest;
  return (
    <Link
      to="/flow/items"
      className={className}
      search={(current: PageSearch) => ({
        ...keepScope(current),
        ...filtersOf(search),
        ...{ of, stage, least, below, over, from, to },
      })}
    >
      {children}
    </Link>
  );
}

interface ItemsLinkProps extends Pick<FlowItemsSearch, 'stage' | 'least' | 'below' | 'over' | 'from' | 'to'> {
  search: FlowSearch;
  of: ItemsOf;
  className?: string;
  children: ReactNode;
}

export const filtersOf = (search: FlowSearch): FlowSearch =>
  Object.fromEntries(FLOW_NAMES.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])));

export const ItemLink = ({ code }: { code: string }) => (
  <Link to="/work-items/$ref" params={{ ref: code }} search={keepScope} className="code-link">
    {code}
  </Link>
);

/** An item in the table of a drawing: what is drawn as a dot is reached there by keyboard. */
export const itemCell = (code: string) => ({ text: code, shown: <ItemLink code={code} /> });

/** The lines of 50, 85 and 95 of 100 finished items. */
export const linesOf = (percentiles: Flow['finished']['percentiles']): { days: number; label: string }[] =>
  percentiles === null
    ? []
    : [
        { days: percentiles.p50, label: `50 %: ${brief(percentiles.p50)}` },
        { days: percentiles.p85, label: `85 %: ${brief(percentiles.p85)}` },
        { days: percentiles.p95, label: `95 %: ${brief(percentiles.p95)}` },
      ];

/** Why an item is blocked, and since when; nothing where nobody said that it is. */
export function Blocked({ blockedReason, blockedSince }: Pick<FlowItem, 'blockedReason' | 'blockedSince'>) {
  if (blockedReason === null && blockedSince === null) return null;
  return (
    <>
      {blockedReason ?? 'reason not named'}
      {blockedSince !== null && <span className="caption"> since {day(blockedSince)}</span>}
    </>
  );
}

/** Columns of a table of items. */
export const itemColumns = (of: ItemsOf, sorts: boolean): TableColumn<FlowItem>[] => {
  const by = (value: (item: FlowItem) => number | string) => (sorts ? { sortBy: value } : {});
  const finished: TableColumn<FlowItem>[] = [
    {
      id: 'delivered',
      header: 'Delivered',
      className: 'nowrap',
      cell: ({ deliveredAt }) => day(deliveredAt ?? ''),
      ...by(({ deliveredAt }) => timeOf(deliveredAt)),
    },
    {
      id: 'days',
      header: 'Took',
      unit: 'days',
      numeric: true,
      cell: ({ days }) => brief(days),
      ...by(({ days }) => days),
    },
  ];
  const open: TableColumn<FlowItem>[] = [
    {
      id: 'stage',
      header: 'Stage',
      className: 'nowrap',
      cell: ({ stage }) => stage,
      ...by(({ stage }) => stage ?? ''),
    },
    {
      id: 'days',
      header: 'Age',
      unit: 'days',
      numeric: true,
      cell: ({ days }) => brief(days),
      ...by(({ days }) => days),
    },
    {
      id: 'stageDays',
      header: 'In the stage',
      unit: 'days',
      numeric: true,
      cell: ({ stageDays }) => brief(stageDays ?? 0),
      ...by(({ stageDays }) => stageDays ?? 0),
    },
    {
      id: 'moved',
      header: 'Last move',
      className: 'nowrap',
      cell: ({ movedAt }) => day(movedAt ?? ''),
      ...by(({ movedAt }) => timeOf(movedAt)),
    },
    {
      id: 'blocked',
      header: 'Blocked by',
      className: 'wide',
      cell: (item) => <Blocked {...item} />,
      ...by(({ blockedReason }) => blockedReason ?? ''),
    },
  ];
  return [
    {
      id: 'code',
      header: 'Code',
      className: 'nowrap',
      rowHeader: true,
      cell: ({ code }) => <ItemLink code={code} />,
      ...by(({ code }) => code),
    },
    { id: 'title', header: 'What it is', className: 'wide', cell: ({ title }) => title, ...by(({ title }) => title) },
    { id: 'type', header: 'Kind', cell: ({ type }) => type ?? 'not stated', ...by(({ type }) => type ?? '') },
    ...(of === 'finished' ? finished : open),
    {
      id: 'waiting',
      header: 'Waiting',
      unit: 'days',
      numeric: true,
      cell: ({ waitingDays }) => brief(waitingDays),
      ...by(({ waitingDays }) => waitingDays),
    },
    {
      id: 'handoffs',
      header: 'Handoffs',
      numeric: true,
      cell: ({ handoffs }) => count(handoffs),
      ...by(({ handoffs }) => handoffs),
    },
    { id: 'team', header: 'Team', cell: ({ team }) => team ?? '', ...by(({ team }) => team ?? '') },
    {
      id: 'owner',
      header: 'Owner',
      cell: ({ owner }) => (owner === null ? 'nobody named' : <OwnerName address={owner} />),
      ...by(({ owner }) => owner ?? ''),
    },
  ];
};
