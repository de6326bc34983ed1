import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LAYERS, type ChainPath, type Layer, type Paths } from '../../../server/contract/chain.js';
import { csvAddress, type TwinCell } from '../../charts/twin';
import { compare } from '../../lib/decimal';
import { count, counted, inFull, percent, scaled, scaleFor, unitOf, type Scale } from '../../lib/format';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { PATHS_A_PAGE, pathsQuery } from './api';
import { nodeId } from './graph';
import type { ChainAddress } from './use-chain-view';
import { capital } from './words';

/** Every way of the money from its investment to where it ends, one a row. */
export function ChainPaths({ view }: { view: ChainAddress }) {
  const filter = `${view.gap ?? ''} ${view.min ?? ''} ${view.span} ${view.focus?.ref ?? ''}`;
  return <PathPages key={filter} view={view} />;
}

function PathPages({ view }: { view: ChainAddress }) {
  const page = usePageScope();
  // Cursors of the pages up to the one shown; the first page has none.
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const query = useQuery(pathsQuery(page, view, cursors.at(-1)));
  const first = (cursors.length - 1) * PATHS_A_PAGE;
  return (
    <section className="card paths" aria-labelledby="paths-title">
      <h2 id="paths-title">Paths</h2>
      <QueryState query={query} what="the paths" rows={12}>
        {(found) =>
          found.items.length === 0 ? (
            <Empty>No path passes what is asked for.</Empty>
          ) : (
            <>
              <PathTable found={found} view={view} currency={page.currency} first={first} />
              <p className="actions table-more">
                {cursors.length > 1 && <Button onClick={() => setCursors(cursors.slice(0, -1))}>Previous</Button>}
                {found.nextCursor !== null && (
                  <Button onClick={() => setCursors([...cursors, found.nextCursor ?? undefined])}>
                    Next {counted(Math.min(PATHS_A_PAGE, found.total - first - found.items.length), 'path')}
                  </Button>
                )}
                <a className="caption" download="paths.csv" href={csvAddress(csvTable(found))}>
                  CSV of {found.total > found.items.length ? 'this page' : 'all paths'}
                </a>
              </p>
            </>
          )
        }
      </QueryState>
    </section>
  );
}

interface PathTableProps {
  found: Paths;
  view: ChainAddress;
  currency: string;
  first: number;
}

function PathTable({ found, view, currency, first }: PathTableProps) {
  const scale = scaleFor([
    found.cost,
    ...found.items.flatMap(({ planned, realised }) => [planned ?? '0', realised ?? '0']),
  ]);
  const isAll = found.total === found.items.length;
  const shown = isAll
    ? counted(found.total, 'path')
    : `Paths ${count(first + 1)} to ${count(first + found.items.length)} of ${count(found.total)}; the total is of all`;
  const hasAssumed = found.items.some(({ shares }) => shares.some(({ isAssumed }) => isAssumed));
  return (
    <DataTable
      label="Paths of the spend"
      caption={`${shown}, ${unitOf(scale, currency)}${hasAssumed ? ' · * assumed: nobody stated the share' : ''}`}
      columns={columnsFor(found, view, scale)}
      rows={found.items}
      rowKey={pathKey}
      scrolls
      className="paths-table"
    />
  );
}

const pathKey = (path: ChainPath): string => path.nodes.map(({ type, code }) => `${type}:${code}`).join('/');
const nodeAt = (path: ChainPath, layer: Layer) => path.nodes.find(({ type }) => type === layer);

function columnsFor(found: Paths, view: ChainAddress, scale: Scale): TableColumn<ChainPath>[] {
  const records = LAYERS.map((layer, at): TableColumn<ChainPath> => ({
    id: layer,
    header: capital(layer),
    rowHeader: at === 0,
    className: 'path-record',
    sortBy: (path) => nodeAt(path, layer)?.name ?? '',
    footer: at === 0 ? 'Total' : undefined,
    cell: (path) => {
      const node = nodeAt(path, layer);
      if (node)
        return (
          <button
            type="button"
            className="text-link"
            onClick={() => view.change({ node: nodeId(node.type, node.code) })}
          >
            {node.name}
          </button>
        );
      return layer === path.missing ? <span className="variance-bad">▲ no {layer}</span> : '';
    },
  }));
  return [
    ...records,
    {
      id: 'cost',
      header: 'Spend',
      numeric: true,
      compare: (a, b) => compare(a.cost, b.cost),
      cell: ({ cost }) => <span title={inFull(cost, found.currency)}>{scaled(cost, scale)}</span>,
      footer: <span title={inFull(found.cost, found.currency)}>{scaled(found.cost, scale)}</span>,
    },
    { id: 'shares', header: 'Shares', className: 'path-shares', cell: sharesOf },
    {
      id: 'realised',
      header: 'AC',
      numeric: true,
      compare: (a, b) => compare(a.realised ?? '0', b.realised ?? '0'),
      cell: ({ realised, missing }) => amountOr(realised, missing, scale),
    },
    {
      id: 'planned',
      header: 'PL',
      numeric: true,
      compare: (a, b) => compare(a.planned ?? '0', b.planned ?? '0'),
      cell: ({ planned, missing }) => amountOr(planned, missing, scale),
    },
    {
      id: 'evidence',
      header: 'Evidence',
      numeric: true,
      sortBy: ({ evidenceLevel }) => evidenceLevel ?? -1,
      cell: ({ evidenceLevel, missing }) => evidenceLevel ?? (missing ? '' : <Absent reason="nothing is evidenced" />),
    },
  ];
}

function amountOr(amount: string | null, missing: Layer | null, scale: Scale) {
  if (amount !== null) return scaled(amount, scale);
  return missing ? '' : <Absent reason="no value in money is recorded" />;
}

const Absent = ({ reason }: { reason: string }) => (
  <abbr title={reason}>
    x<span className="visually-hidden"> {reason}</span>
  </abbr>
);

/** `60 % × 50 %`; a share that nobody stated is marked. */
const sharesOf = ({ shares }: ChainPath) =>
  shares.map(({ allocation, isAssumed }, at) => (
    <span key={at}>
      {at > 0 && ' × '}
      <span className="nowrap">
        {percent(allocation)}
        {isAssumed && (
          <span className="assumed">
            <span aria-hidden="true">*</span>
            <span className="visually-hidden"> assumed</span>
          </span>
        )}
      </span>
    </span>
  ));

function csvTable({ items, currency }: Paths) {
  const text = (value: string): TwinCell => ({ text: value });
  const number = (value: string | null): TwinCell => (value === null ? null : { number: value, printed: value });
  return {
    columns: [
      ...LAYERS.flatMap((layer) => [`${capital(layer)} code`, capital(layer)]),
      `Spend, ${currency}`,
      'Shares',
      `AC, ${currency}`,
      `PL, ${currency}`,
      'Evidence level',
      'Gap',
    ],
    rows: items.map((path) => [
      ...LAYERS.flatMap((layer) => [text(nodeAt(path, layer)?.code ?? ''), text(nodeAt(path, layer)?.name ?? '')]),
      number(path.cost),
      text(path.shares.map(({ allocation, isAssumed }) => `${allocation}${isAssumed ? ' assumed' : ''}`).join(' x ')),
      number(path.realised),
      number(path.planned),
      path.evidenceLevel === null ? null : number(String(path.evidenceLevel)),
      text(path.missing === null ? '' : `no ${path.missing}`),
    ]),
  };
}
