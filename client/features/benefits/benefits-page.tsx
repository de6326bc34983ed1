import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { SessionInfo } from '../../../server/contract/access.js';
import type { BenefitList } from '../../../server/contract/register.js';
import { parseSearch } from '../../lib/address';
import { count } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { PageHeader } from '../../ui/page-header';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Empty, Failure, QueryState } from '../../ui/query-state';
import { useShownRows } from '../../ui/shown-rows';
import { may, readsChain, sessionQuery } from '../access/api';
import { RegisterTabs } from '../records/register-tabs';
import { ViewsMenu } from '../views/views-menu';
import { benefitListQuery, workbookPath } from './api';
import { BareList, isBareKnown } from './bare-list';
import { BenefitTable } from './benefit-table';
import { ColumnMenu } from './column-menu';
import { columnsOf } from './columns';
import { printingOf } from './figures';
import { BenefitFilters } from './filters';
import { BenefitsMessage } from './message';
import { inOrder, orderOf } from './order';
import { FILTERS, isFiltered, KEPT, readBenefitSearch, shownColumns, viewText, type BenefitSearch } from './search';
import '../records/records.css';
import './benefits.css';

const QUESTION = 'Which benefits are ours, which are late, which are unproven?';
/** More lines are drawn when they are asked for. */
const STEP = 200;

/** The register of benefits. */
export function BenefitsPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <main id="content" className="page" tabIndex={-1}>
      {session.reads.includes('benefit') ? (
        <Readable {...{ session }} />
      ) : (
        <>
          <PageHeader title="Benefits" question={QUESTION} message="Not for your role." />
          <RegisterTabs {...{ session }} />
          <Empty>Your role does not read benefits.</Empty>
        </>
      )}
    </main>
  );
}

type Change = Partial<Record<keyof BenefitSearch, string | undefined>>;

function Readable({ session }: { session: SessionInfo }) {
  const scope = usePageScope();
  const readsGaps = readsChain(session);
  const stated = readBenefitSearch(useSearch({ strict: false }));
  const { gap: _gap, ...withoutGap } = stated;
  const search = readsGaps ? stated : withoutGap;
  const list = useQuery(benefitListQuery(scope, search));
  const navigate = useNavigate();
  const go = (change: Change) =>
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>) => ({ ...current, ...change, rows: undefined, trace: undefined }),
      replace: true,
      resetScroll: false,
    });
  const all = (names: readonly (keyof BenefitSearch)[]): Change =>
    Object.fromEntries(names.map((name) => [name, undefined]));
  const facts = list.data?.facts;
  const isEmpty = facts?.benefits === 0;
  const mayWrite = session.writes.includes('benefit');
  const isBare = list.error !== null && list.data === undefined && isBareKnown(search, scope);
  return (
    <>
      <PageHeader
        title="Benefits"
        question={QUESTION}
        message={facts === undefined ? '\u00a0' : <BenefitsMessage {...{ facts, readsGaps }} />}
        actions={
          <>
            {mayWrite && !isEmpty && (
              <Link to="/benefits/new" className="button button-primary">
                New benefit
              </Link>
            )}
            {may(session, 'import') && (
              <Link to="/import" className="button">
                Import
              </Link>
            )}
          </>
        }
      >
        {aboutOf(scope, list.data)}
      </PageHeader>
      <RegisterTabs {...{ session }} />
      <section className="card" aria-label="Benefits">
        {!isEmpty && (
          <BenefitFilters {...{ search, readsGaps }} list={list.data} onChange={(name, value) => go({ [name]: value })}>
            <ViewsMenu
              page="benefits"
              search={viewText(search)}
              clean={(text) => viewText(parseSearch(text))}
              onOpen={(text) => go({ ...all(KEPT), ...readBenefitSearch(parseSearch(text)) })}
            />
            <ColumnMenu {...{ search, readsGaps }} onChange={(columns) => go({ columns })} />
            <a className="button" href={workbookPath(scope, search)} download>
              Export XLSX
            </a>
          </BenefitFilters>
        )}
        <p className="visually-hidden" role="status">
          {list.data && !list.isFetching ? spoken(list.data, search) : ''}
        </p>
        {isBare && (
          <>
            <Failure error={list.error!} what="the figures of the benefits" retry={() => void list.refetch()} />
            <BareList {...{ search }} />
          </>
        )}
        {!isBare && (
          <QueryState query={list} what="the benefits" rows={12}>
            {(data) =>
              data.total > 0 ? (
                <Lines list={data} {...{ search, go }} />
              ) : isFiltered(search) ? (
                <Empty action={<Button onClick={() => go(all(FILTERS))}>Clear filters</Button>}>
                  None of the benefits matches these filters.
                </Empty>
              ) : (
                <Nothing {...{ session, mayWrite }} />
              )
            }
          </QueryState>
        )}
      </section>
    </>
  );
}

/** `24 benefits, 3 filters`. */
function spoken({ total }: BenefitList, search: BenefitSearch): string {
  const filters = FILTERS.filter((name) => search[name] !== undefined).length;
  const words = `${count(total)} ${total === 1 ? 'benefit' : 'benefits'}`;
  return filters === 0 ? words : `${words}, ${filters} ${filters === 1 ? 'filter' : 'filters'}`;
}

const aboutOf = ({ scopeName }: PageScope, list: BenefitList | undefined): string =>
  `${scopeName} · figures to date${list === undefined ? '' : ` · AC realised, PL planned, BL baseline plan, FC realised and forecast of the full life, below it calibrated by past forecasts, ${list.currency}`}`;

interface LinesProps {
  list: BenefitList;
  search: BenefitSearch;
  go: (change: Change) => void;
}

function Lines({ list, search, go }: LinesProps) {
  const { shown, showMore } = useShownRows(STEP);
  const order = orderOf(search);
  const columns = useMemo(() => {
    const sums = [...list.groups.map((group) => group.sums), list.financial].filter((each) => each !== null);
    return columnsOf(shownColumns(search), list.items, printingOf(list.items, sums, list.currency));
  }, [list, search]);
  // Class by class, as they stand in the table, so that what is left out are its last lines.
  const lines = useMemo(
    () =>
      list.groups.flatMap(({ class: name }) =>
        inOrder(
          list.items.filter((line) => line.class === name),
          search,
        ),
      ),
    [list, search],
  );
  const visible = lines.slice(0, shown);
  return (
    <>
      <BenefitTable
        {...{ columns, list, order }}
        lines={visible}
        caption={`${count(visible.length)} of ${count(list.total)} shown${sumsOf(list, search)}`}
        onOrder={({ id, direction }) =>
          go({
            sort:
              id === 'code' && direction === 'ascending' ? undefined : `${direction === 'descending' ? '-' : ''}${id}`,
          })
        }
      />
      {visible.length < list.total && (
        <p className="table-more">
          <Button onClick={showMore}>Show more</Button>
        </p>
      )}
    </>
  );
}

/** Of what the sums of the classes are. */
const sumsOf = ({ total, facts }: BenefitList, search: BenefitSearch): string =>
  isFiltered(search)
    ? ` · filtered from ${count(facts.benefits)}; each class adds up the ${count(total)} that pass the filters`
    : '; each class adds up its money benefits, and no sum goes across classes';

function Nothing({ session, mayWrite }: { session: SessionInfo; mayWrite: boolean }) {
  const action = mayWrite ? (
    <Link to="/benefits/new" className="button button-primary">
      New benefit
    </Link>
  ) : null;
  return (
    <Empty action={action}>
      There are no benefits here yet.
      {may(session, 'import') && ' Import them from your tables, or enter them one by one.'}
    </Empty>
  );
}
