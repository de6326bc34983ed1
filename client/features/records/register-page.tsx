import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { SessionInfo } from '../../../server/contract/access.js';
import type { ChainNode } from '../../../server/contract/chain.js';
import { count } from '../../../server/contract/format.js';
import type { Register } from '../../lib/registers';
import { Button } from '../../ui/button';
import { DataTable, type TableOrder } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { may, readsChain, sessionQuery } from '../access/api';
import { chainQuery, countQuery } from './api';
import { columnsOf } from './register-columns';
import { RegisterFilters } from './register-filters';
import { FILTER_NAMES, filterCount, readRegisterSearch, scopeFilter, type RegisterSearch } from './register-search';
import { RegisterMessage } from './register-message';
import { RegisterTabs } from './register-tabs';
import { UnreadFigures, withUnread } from './register-unread';
import { useRegister } from './use-register';
import { useRegisterRows } from './use-register-rows';
import './records.css';

const QUESTIONS: Record<Register['type'], string> = {
  investment: 'What did we invest in?',
  initiative: 'What is being done with the money?',
  capability: 'What can the enterprise do, and who answers for it?',
  outcome: 'What changes for the business?',
  benefit: 'Which benefits are ours, which are late, which are unproven?',
  link: 'What leads to what, and with what share?',
};

/** One register of the chain: how many records, a filter, and the table. */
export function RegisterPage() {
  const register = useRegister();
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <main id="content" className="page" tabIndex={-1}>
      {session.reads.includes(register.type) ? (
        <Readable key={register.type} {...{ register, session }} />
      ) : (
        <>
          <PageHeader title={plural(register)} question={QUESTIONS[register.type]} message="Not for your role." />
          <RegisterTabs {...{ session }} />
          <Empty>
            Your role does not read {register.many}. Outcomes and benefits of your own units are open to you.
          </Empty>
        </>
      )}
    </main>
  );
}

/** Whose names stand beside the codes of links: records of the whole enterprise, as links are. */
function useNodesOfLinks(isWanted: boolean): readonly ChainNode[] {
  const scope = { ...usePageScope(), portfolio: undefined, orgUnit: undefined };
  return useQuery({ ...chainQuery(scope), enabled: isWanted }).data?.nodes ?? [];
}

const plural = ({ many }: Register): string => many.charAt(0).toUpperCase() + many.slice(1);

function Readable({ register, session }: { register: Register; session: SessionInfo }) {
  const scope = usePageScope();
  const { type, one, many } = register;
  const search = readRegisterSearch(type, useSearch({ strict: false }));
  const all = useQuery(countQuery(type, scopeFilter(type, scope)));
  const found = useRegisterRows(type, search, session);
  const nodes = useNodesOfLinks(type === 'link' && readsChain(session));
  const navigate = useNavigate();
  const mayWrite = session.writes.includes(type);
  const go = (change: Partial<Record<keyof RegisterSearch, string | undefined>>) =>
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>) => ({ ...current, ...change, rows: undefined }),
      replace: true,
      resetScroll: false,
    });
  const clear = () =>
    go(Object.fromEntries(FILTER_NAMES.filter((name) => name !== 'sort').map((name) => [name, undefined])));
  const isFiltered = filterCount(search) > 0;
  const isEmpty = all.data === 0 && !isFiltered;
  const noOwner = found.gaps?.filter((gap) => gap.kind === 'no_owner' && gap.type === type).length;
  return (
    <>
      <PageHeader
        title={plural(register)}
        question={QUESTIONS[type]}
        message={
          all.data === undefined ? '\u00a0' : <RegisterMessage {...{ register, session, noOwner }} total={all.data} />
        }
        actions={
          <>
            {mayWrite && !isEmpty && (
              <Link to={`/${register.path}/new`} className="button button-primary">
                New {one}
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
        {scopeSentence(register, scope)}
      </PageHeader>
      <RegisterTabs {...{ session }} />
      <section className="card" aria-label={plural(register)}>
        {!isEmpty && <RegisterFilters {...{ type, search }} seesChain={readsChain(session)} />}
        <p className="visually-hidden" role="status">
          {found.isReady ? `${count(found.total)} ${found.total === 1 ? one : many}` : ''}
        </p>
        {found.isReady && <UnreadFigures figures={found.figures} />}
        <QueryState
          query={{ ...found.list, isFetching: found.isFetching, data: found.isReady ? found.rows : undefined }}
          what={`the ${many}`}
          rows={12}
        >
          {(rows) =>
            rows.length > 0 ? (
              <>
                <DataTable
                  label={plural(register)}
                  caption={`${count(rows.length)} of ${count(found.total)} shown`}
                  className="register-table"
                  columns={withUnread(
                    columnsOf(type, rows, found.currency ?? scope.currency, readsChain(session), nodes),
                    found.figures,
                  )}
                  rows={rows}
                  rowKey={({ record }) => record.id}
                  order={orderOf(found.isUnsorted ? undefined : search.sort, type)}
                  onOrder={(order) => go({ sort: sortOf(order) })}
                  scrolls
                />
                {found.hasMore && (
                  <p className="table-more">
                    <Button busy={found.isFetchingMore} onClick={found.showMore}>
                      Show more
                    </Button>
                  </p>
                )}
              </>
            ) : isFiltered ? (
              <Empty action={<Button onClick={clear}>Clear filters</Button>}>
                None of the {many} matches these filters.
              </Empty>
            ) : (
              <Nothing {...{ register, session, mayWrite }} />
            )
          }
        </QueryState>
      </section>
    </>
  );
}

const orderOf = (sort: string | undefined, type: Register['type']): TableOrder => {
  const stated = sort ?? (type === 'link' ? 'fromCode' : 'code');
  return { id: stated.replace(/^-/, ''), direction: stated.startsWith('-') ? 'descending' : 'ascending' };
};
const sortOf = (order: TableOrder): string | undefined =>
  order === null ? undefined : `${order.direction === 'descending' ? '-' : ''}${order.id}`;

/** Of what the records are; a register that knows no portfolio says so instead of pretending to be narrowed. */
function scopeSentence({ type, many }: Register, scope: PageScope): string {
  const filter = scopeFilter(type, scope);
  if (type === 'link') return 'The whole enterprise: a share means the same in every scope';
  if (scope.portfolio === undefined && scope.orgUnit === undefined) return `${scope.scopeName} · figures to date`;
  if (Object.keys(filter).length > 0)
    return scope.orgUnit === undefined
      ? `${scope.scopeName} · figures to date`
      : `${scope.scopeName} itself, without the units below it · figures to date`;
  return `All ${many}: they lie in no ${scope.portfolio === undefined ? 'unit' : 'portfolio'} · figures of ${scope.scopeName}, to date`;
}

interface NothingProps {
  register: Register;
  session: SessionInfo;
  mayWrite: boolean;
}

function Nothing({ register, session, mayWrite }: NothingProps) {
  const action = mayWrite ? (
    <Link to={`/${register.path}/new`} className="button button-primary">
      New {register.one}
    </Link>
  ) : null;
  return (
    <Empty action={action}>
      There are no {register.many} here yet.
      {may(session, 'import') && ' Import them from your tables, or enter them one by one.'}
    </Empty>
  );
}
