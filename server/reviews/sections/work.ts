import { day } from '../../contract/format.js';
import { type Flow, flow, flowQuery } from '../../contract/flow.js';
import { NOTHING } from '../../core/review/printing.js';
import { words } from '../figures.js';
import { numberColumn, textColumn, valueCell, wholeTable } from './blocks.js';
import type { Material, WrittenTable } from './section.js';

/** How old work in progress is, held against how long delivered work took. */
const againstDelivered = ({ ageing: { count, olderThan85, olderThan95 }, finished }: Flow): WrittenTable =>
  wholeTable({
    id: 'ageing',
    title: 'Age of work in progress',
    columns: [textColumn('Work'), numberColumn('Items')],
    rows: [
      [words('In progress'), valueCell(count, 'count')],
      [words('Older than 85 of 100 delivered items took'), valueCell(olderThan85, 'count')],
      [words('Older than 95 of 100 delivered items took'), valueCell(olderThan95, 'count')],
    ],
    note: finished.percentiles === null ? 'Too little was delivered in four quarters to say what is old.' : null,
  });

/** What has been in progress longest. */
const oldest = ({ oldest: items, ageing: { count } }: Flow): WrittenTable => ({
  ...wholeTable({
    id: 'oldest',
    title: 'Oldest work in progress',
    columns: [
      ...['Item', 'Team', 'Stage', 'Blocked by', 'Blocked since'].map(textColumn),
      ...['In progress for', 'In this stage for'].map(numberColumn),
    ],
    rows: items.map((item) => [
      words(`${item.code} ${item.title}`),
      words(item.team ?? NOTHING),
      words(item.stage ?? NOTHING),
      words(item.blockedReason ?? NOTHING),
      words(item.blockedSince === null ? NOTHING : day(item.blockedSince.slice(0, 10))),
      valueCell(item.days, 'days'),
      valueCell(item.stageDays, 'days'),
    ]),
    note:
      count > items.length
        ? `${items.length} of ${count} items in progress, the oldest first. All stand under Flow.`
        : null,
  }),
  total: count,
});

/** Tables of work in progress; none where nothing is. */
export const ageing = async ({ manager, reading, sources }: Material): Promise<WrittenTable[]> => {
  const found = flow.parse(JSON.parse(await sources.flow.flow(manager, reading, flowQuery.parse({}))));
  return found.ageing.count === 0 ? [] : [againstDelivered(found), oldest(found)];
};
