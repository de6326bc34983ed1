import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ImportPage } from '../../../server/contract/import.js';
import { count, counted, instant } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { Empty, QueryState } from '../../ui/query-state';
import { useShownPages } from '../../ui/shown-rows';
import { importsQuery } from './api';
import { filesOf, statusWord } from './words';
import { totalsOf } from './totals';
import { ImportersOnly } from './importers-only';
import './imports.css';

type PastImport = ImportPage['items'][number];

const COLUMNS: TableColumn<PastImport>[] = [
  {
    id: 'when',
    header: 'When',
    rowHeader: true,
    className: 'nowrap',
    cell: ({ id, createdAt, fileNames }) => (
      <Link to="/import/$id" params={{ id }} aria-label={`Import of ${fileNames.join(', ')}, ${instant(createdAt)}`}>
        {instant(createdAt)}
      </Link>
    ),
  },
  { id: 'files', header: 'Files', className: 'wide', cell: ({ fileNames }) => filesOf(fileNames) },
  { id: 'by', header: 'By', cell: ({ by }) => by },
  {
    id: 'state',
    header: 'State',
    className: 'nowrap',
    cell: (item) => <span className="import-state">{statusWord(item)}</span>,
  },
  { id: 'created', header: 'New', numeric: true, cell: ({ tables }) => count(totalsOf(tables).created) },
  { id: 'updated', header: 'Changed', numeric: true, cell: ({ tables }) => count(totalsOf(tables).updated) },
  { id: 'unchanged', header: 'Unchanged', numeric: true, cell: ({ tables }) => count(totalsOf(tables).unchanged) },
  { id: 'skipped', header: 'Left out', numeric: true, cell: ({ tables }) => count(totalsOf(tables).skipped) },
  { id: 'problems', header: 'Problems', numeric: true, cell: ({ problemCount }) => count(problemCount) },
];

/** As many as one call gives. */
const STEP = 50;

/** Every import, newest first. */
export const HistoryPage = () => (
  <ImportersOnly title="Import history">
    <History />
  </ImportersOnly>
);

function History() {
  const imports = useInfiniteQuery(importsQuery);
  const { rows, hasMore, isFetchingMore, showMore } = useShownPages(imports, STEP);
  const total = imports.data?.pages[0]?.total ?? 0;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Import history"
        question="What was imported, when, and by whom?"
        message={
          imports.data === undefined
            ? '\u00a0'
            : total === 0
              ? 'Nothing has been imported yet.'
              : `${counted(total, 'import')}, newest first.`
        }
        actions={
          <Link to="/import" className="button">
            Import
          </Link>
        }
      />
      <div className="card">
        <QueryState query={{ ...imports, data: imports.data?.pages[0] }} what="the history of imports" rows={8}>
          {() =>
            rows.length === 0 ? (
              <Empty
                action={
                  <Link to="/import" className="button button-primary">
                    Import tables
                  </Link>
                }
              >
                Imports appear here with what they changed, and can be reverted from here.
              </Empty>
            ) : (
              <>
                <DataTable
                  label="Imports"
                  caption={`${count(rows.length)} of ${counted(total, 'import')} shown`}
                  columns={COLUMNS}
                  rows={rows}
                  rowKey={({ id }) => id}
                />
                {hasMore && (
                  <p className="table-more">
                    <Button busy={isFetchingMore} onClick={showMore}>
                      Show older
                    </Button>
                  </p>
                )}
              </>
            )
          }
        </QueryState>
      </div>
    </main>
  );
}
