import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { keepScope, type PageSearch } from '../../lib/address';
import { brief, count, counted } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { useShownPages } from '../../ui/shown-rows';
import { flowItemsQuery, ITEMS_A_PAGE as STEP, itemsOf, windowOf, type FlowItemsSearch } from './api';
import { filtersOf, itemColumns, windowText } from './words';
import './flow.css';

/** The work items behind a number of the page of flow. */
export function FlowItemsPage() {
  const page = usePageScope();
  const search: FlowItemsSearch = useSearch({ strict: false });
  const of = itemsOf(search);
  const items = useInfiniteQuery(flowItemsQuery(page, search));
  const { rows, isFetchingMore, showMore } = useShownPages(items, STEP);
  const first = items.data?.pages[0];
  const what = { finished: 'delivered', in_progress: 'in progress', standing: 'neither done nor cancelled' }[of];
  const stageName = (of !== 'finished' && first?.items[0]?.stage) || search.stage;
  const conditions = [
    search.type && `of kind ${search.type}`,
    search.team && `of team ${search.team}`,
    search.stage && (of === 'finished' ? `that went through ${stageName}` : `in ${stageName}`),
    search.from !== undefined && search.to !== undefined && `handed from ${search.from} to ${search.to}`,
    search.least && `${brief(Number(search.least))} days or more`,
    search.over && `more than ${brief(Number(search.over))} days`,
    search.below && `under ${brief(Number(search.below))} days`,
  ].filter(Boolean);
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Work items"
        question="Which items stand behind this?"
        message={first ? `${counted(first.total, 'item')} ${what}` : '\u00a0'}
        actions={
          <Link to="/flow" search={(current: PageSearch) => ({ ...keepScope(current), ...filtersOf(search) })}>
            Back to flow
          </Link>
        }
      >
        {[
          page.scopeName,
          `${windowText(windowOf(search))} up to ${periodLabel(page.period, page.fiscalYearStartMonth)}`,
          ...conditions,
        ].join(' · ')}
      </PageHeader>
      <section className="card">
        <QueryState query={{ ...items, data: first }} what="the items" rows={10}>
          {(found) =>
            found.total === 0 ? (
              <Empty>No item is behind this in this scope and time.</Empty>
            ) : (
              <>
                <DataTable
                  label="Work items"
                  caption={`${count(rows.length)} of ${counted(found.total, 'item')} shown`}
                  columns={itemColumns(of, rows.length === found.total)}
                  rows={rows}
                  rowKey={({ code, deliveredAt }) => `${code} ${deliveredAt ?? ''}`}
                  scrolls
                />
                {rows.length < found.total && (
                  <p className="table-more">
                    <Button onClick={showMore} busy={isFetchingMore}>
                      Show {counted(Math.min(STEP, found.total - rows.length), 'more item')}
                    </Button>
                  </p>
                )}
              </>
            )
          }
        </QueryState>
      </section>
    </main>
  );
}
