import { useQuery } from '@tanstack/react-query';
import { LAYERS, type ChainPath, type Layer, type Paths } from '../../../server/contract/chain.js';
import { csvAddress, type TwinCell } from '../../charts/twin';
import { compare } from '../../../server/contract/decimal.js';
import { count, counted, percent, scaleFor, unitOf, type Scale } from '../../../server/contract/format.js';
import { Amount } from '../../ui/amount';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { PATHS_A_PAGE, pathsQuery } from './api';
import { nodeId } from './graph';
import type { Asked } from './use-chain-model';
import type { ChainAddress } from './use-chain-view';
import { capital } from './words';

/** Every way of the money from its investment to where it ends, one a row. */
export function ChainPaths({ view, asked }: { view: ChainAddress; asked: Asked }) {
  const page = usePageScope();
  const query = useQuery(pathsQuery(page, view));
  const first = (view.page - 1) * PATHS_A_PAGE;
  const turnTo = (to: number) => view.change({ page: to === 1 ? undefined : String(to) });
  return (
    <section className="card paths" aria-labelledby="paths-title">
      <h2 id="paths-title">Paths</h2>
      <QueryState query={query} what="the paths" rows={12}>
        {(found) => {
          const rest = found.total - first - found.items.length;
          if (found.total === 0) return <Empty>No path passes what is asked for.</Empty>;
          return (
            <>
              {found.items.length === 0 ? (
                <Empty>The list ends before this page.</Empty>
              ) : (
                <PathTable found={found} view={view} asked={asked} currency={page.currency} first={first} />
              )}
              <p className="actions table-more">
                {view.page > 1 && (
                  <Button onClick={() => turnTo(found.items.length === 0 ? 1 : view.page - 1)}>
                    {found.items.length === 0 ? 'First page' : 'Previous'}
                  </Button>
                )}
                {rest > 0 && (
                  <Button onClick={() => turnTo(view.page + 1)}>
                    Next {counted(Math.min(PATHS_A_PAGE, rest), 'path')}
                  </Button>
                )}
                <a
                  className="caption"
                  download={`${page.isExample ? 'example-' : ''}paths.csv`}
                  href={csvAddress(csvTable(found))}
                >
                  CSV of {found.total > found.items.length ? 'this page' : 'all paths'}
                </a>
              </p>
            </>
          );
        }}
      </QueryState>
    </section>
  );
}

interface PathTableProps {
  found: Paths;
  view: ChainAddress;
  asked: Asked;
  currency: string;
  first: number;
}

function PathTable({ found, view, asked, currency, first }: PathTableProps) {
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
      columns={columnsFor(found, view, asked, scale)}
      rows={found.items}
      rowKey={pathKey}
      scrolls
      className="paths-table"
    />
  );
}

/** As a figure names it. */
const wayOf = ({ nodes }: ChainPath): string => [nodes[0]!.type, ...nodes.map(({ code }) => code)].join(':');

const pathKey = (path: ChainPath): string => path.nodes.map(({ type, code }) => `${type}:${code}`).join('/');
const nodeAt = (path: ChainPath, layer: Layer) => path.nodes.find(({ type }) => type === layer);

function columnsFor(found: Paths, view: ChainAddress, asked: Asked, scale: Scale): TableColumn<ChainPath>[] {
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
  const span = asked.span === undefined ? {} : { span: asked.span };
  return [
    ...records,
    {
      id: 'cost',
      header: 'Spend',
      numeric: true,
      compare: (a, b) => compare(a.cost, b.cost),
      cell: (path) => (
        <Amount
          amount={path.cost}
          scale={scale}
          name={`${path.nodes.map(({ code }) => code).join(' → ')}, spend along the path`}
          trace={{ figure: 'path.spend', path: wayOf(path), ...span }}
        />
      ),
      footer: (
        <Amount
          amount={found.cost}
          scale={scale}
          name="Spend along all paths in view"
          trace={{ figure: 'view.spend', ...asked, ...(view.min !== undefined && { min: view.min }) }}
        />
      ),
    },
    {
      id: 'shares',
      header: 'Shares',
      className: 'path-shares',
      cell: (path) => <PathShares path={path} span={span} />,
    },
    {
      id: 'realised',
      header: 'AC',
      numeric: true,
      compare: (a, b) => compare(a.realised ?? '0', b.realised ?? '0'),
      cell: (path) => <BenefitCell path={path} kind="realised" scale={scale} />,
    },
    {
      id: 'planned',
      header: 'PL',
      numeric: true,
      compare: (a, b) => compare(a.planned ?? '0', b.planned ?? '0'),
      cell: (path) => <BenefitCell path={path} kind="planned" scale={scale} />,
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

/** Of the benefit at the end, as a whole and to date, whatever the span of the spend. */
function BenefitCell({ path, kind, scale }: { path: ChainPath; kind: 'planned' | 'realised'; scale: Scale }) {
  const benefit = nodeAt(path, 'benefit');
  const amount = path[kind];
  if (!benefit) return null;
  if (amount === null) return <Absent reason="no value in money is recorded" />;
  return (
    <Amount
      amount={amount}
      scale={scale}
      name={`${benefit.name}, ${kind}`}
      trace={{ figure: `node.${kind}`, type: 'benefit', ref: benefit.code }}
    />
  );
}

const Absent = ({ reason }: { reason: string }) => (
  <abbr title={reason}>
    x<span className="visually-hidden"> {reason}</span>
  </abbr>
);

/** `60 % × 50 %`; a share that nobody stated is marked. */
const PathShares = ({ path: { shares, nodes }, span }: { path: ChainPath; span: Pick<Asked, 'span'> }) => (
  <>
    {shares.map(({ allocation, isAssumed }, at) => {
      const [from, to] = [nodes[at]!, nodes[at + 1]!];
      return (
        <span key={at}>
          {at > 0 && ' × '}
          <span className="nowrap">
            <Num
              trace={{ figure: 'link.allocation', type: from.type, ref: from.code, to: to.code, ...span }}
              label={`${from.code} → ${to.code}: ${percent(allocation)} of spend${isAssumed ? ', assumed' : ''}`}
            >
              {percent(allocation)}
            </Num>
            {isAssumed && (
              <span className="assumed">
                <span aria-hidden="true">*</span>
                <span className="visually-hidden"> assumed</span>
              </span>
            )}
          </span>
        </span>
      );
    })}
  </>
);

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
