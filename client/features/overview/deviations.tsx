import { Link } from '@tanstack/react-router';
import type { Deviation, Overview } from '../../../server/contract/overview.js';
import { ChartFigure } from '../../charts/chart-figure';
import { domainOf } from '../../charts/geometry';
import type { TwinTable } from '../../charts/twin';
import { VarianceBar, VariancePin } from '../../charts/variance';
import { decimalsOf, signed, unitOf, type Scale } from '../../../server/contract/format.js';
import { recordPath } from '../../lib/registers';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { Status } from '../../ui/status';
import { ActionMark } from '../proof/actions-line';
import { commonStart, initialsOf, shortName } from './names';
import { Traced, TracedVariance } from './traced';
import { cellOf, varianceCellOf, varianceShareCellOf } from './twin-cell';
import './deviations.css';

/** What fits one line beside the bars. */
const NAME_SIGNS = 22;

/** Who lies furthest from plan to date, from the current or the baseline plan: up to four below, up to four above. */
export function Deviations({
  overview,
  scale,
  readsActions,
}: {
  overview: Overview;
  scale: Scale;
  readsActions: boolean;
}) {
  const page = usePageScope();
  const { worst, best, compared } = overview.deviations;
  // Worst first, best last: the bars run from one side to the other.
  const rows = [...worst, ...best.toReversed()];
  const unit = unitOf(scale, page.currency);
  if (rows.length === 0)
    // Where nothing can be compared, the message has said so: no frame for it.
    return compared === 0 ? null : (
      <section className="card" aria-labelledby="deviations-title">
        <h2 id="deviations-title">Deviations from plan</h2>
        <Empty>Every money benefit lies on its plan to date, and on its baseline plan.</Empty>
      </section>
    );
  const start = commonStart(rows.map(({ name }) => name));
  return (
    <ChartFigure
      name="largest-deviations"
      className="deviations-figure"
      message={<Message {...{ worst, best, scale, start }} />}
      about={`${page.scopeName} · ΔPL, ΔBL, ${unit} · to date${replannedKey(rows)}${start === '' ? '' : ` · names without “${start}”`}`}
      twin={twinOf(rows, page)}
    >
      <DataTable
        label="Largest deviations from plan"
        caption="Benefits furthest below and above plan to date"
        hideCaption
        className="deviations"
        rows={rows}
        rowKey={({ code }) => code}
        columns={columnsOf(rows, scale, start, readsActions)}
      />
    </ChartFigure>
  );
}

const REPLANNED = '↻';
/** How the mark of a plan made anew is to be read, where there is one. */
const replannedKey = (rows: readonly Deviation[]): string =>
  rows.some(({ isReplanned }) => isReplanned) ? ` · ${REPLANNED} re-planned` : '';

function Message({
  worst,
  best,
  scale,
  start,
}: {
  worst: Deviation[];
  best: Deviation[];
  scale: Scale;
  start: string;
}) {
  const [first] = worst;
  const furthest = first ?? best[0];
  if (furthest === undefined) return null;
  const isByBaseline = furthest.against === 'baseline';
  return (
    <>
      {shortName(furthest.name, start, NAME_SIGNS)} is furthest {first ? 'below' : 'above'}
      {isByBaseline && <abbr title="the baseline plan"> BL</abbr>}:{' '}
      <TracedVariance
        figure={isByBaseline ? furthest.baselineVariance : furthest.variance}
        form="money"
        scale={scale}
        name={`${furthest.name}, against ${isByBaseline ? 'baseline plan' : 'plan'},`}
        withUnit
      />
    </>
  );
}

const differencesOf = ({ variance, baselineVariance }: Deviation) => [variance.value, baselineVariance.value];
const earlierOf = ({ isReplanned, baselineVariance }: Deviation) => (isReplanned ? baselineVariance.value : null);

function columnsOf(
  rows: readonly Deviation[],
  scale: Scale,
  start: string,
  readsActions: boolean,
): TableColumn<Deviation>[] {
  const domain = domainOf(rows.flatMap(differencesOf));
  const decimals = Math.max(0, ...rows.flatMap(differencesOf).map((value) => decimalsOf(signed(value ?? '0', scale))));
  return [
    {
      id: 'benefit',
      header: 'Benefit',
      rowHeader: true,
      className: 'deviations-name',
      cell: ({ code, name }) => (
        <Link to={recordPath('benefit', code)} title={`${name} (${code})`} aria-label={`${name}, ${code}`}>
          {shortName(name, start, NAME_SIGNS)}
        </Link>
      ),
    },
    {
      id: 'bar',
      header: 'ΔPL, drawn',
      hideHeader: true,
      className: 'deviations-bar',
      cell: (row) => (
        <VarianceBar
          amount={row.variance.value}
          impact={row.variance.impact}
          domain={domain}
          earlier={earlierOf(row)}
        />
      ),
    },
    {
      id: 'variance',
      header: 'ΔPL',
      numeric: true,
      className: 'deviations-variance',
      cell: ({ variance, name }) => (
        <TracedVariance
          figure={variance}
          form="money"
          scale={scale}
          name={`${name}, against plan,`}
          decimals={decimals}
        />
      ),
    },
    {
      id: 'pin',
      header: 'ΔPL in percent, drawn',
      hideHeader: true,
      className: 'deviations-pin',
      cell: ({ varianceShare }) =>
        varianceShare.value !== null && <VariancePin amount={varianceShare.value} impact={varianceShare.impact} />,
    },
    {
      id: 'share',
      header: 'ΔPL%',
      numeric: true,
      className: 'deviations-share',
      cell: ({ varianceShare, name }) => (
        <Traced figure={varianceShare} form="share" scale={scale} name={`${name}, against plan,`} isSigned />
      ),
    },
    {
      id: 'baseline',
      header: 'ΔBL',
      numeric: true,
      className: 'deviations-baseline',
      cell: ({ baselineVariance, isReplanned, name }) => (
        <>
          {isReplanned && <Replanned />}
          <TracedVariance
            figure={baselineVariance}
            form="money"
            scale={scale}
            name={`${name}, against baseline plan,`}
            decimals={decimals}
          />
        </>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      className: 'deviations-status',
      cell: ({ status }) => <Status status={status} />,
    },
    {
      id: 'owner',
      header: 'Owner',
      hideHeader: true,
      className: 'deviations-who',
      cell: ({ owner, code, name }) => (
        <>
          <Who owner={owner} />
          {readsActions && <ActionMark {...{ code, name }} />}
        </>
      ),
    },
  ];
}

const Replanned = () => (
  <abbr title="re-planned" className="deviations-replanned">
    <span aria-hidden="true">{REPLANNED}</span>
    <span className="visually-hidden">re-planned</span>
  </abbr>
);

const Who = ({ owner }: { owner: string | null }) =>
  owner === null ? (
    <abbr title="no owner">
      x<span className="visually-hidden"> no owner</span>
    </abbr>
  ) : (
    <abbr title={owner} className="deviations-owner">
      <span aria-hidden="true">{initialsOf(owner)}</span>
      <span className="visually-hidden">{owner}</span>
    </abbr>
  );

function twinOf(rows: readonly Deviation[], page: PageScope): TwinTable {
  const { currency } = page;
  return {
    columns: [
      'Benefit',
      `AC, ${currency}`,
      `PL, ${currency}`,
      `ΔPL, ${currency}`,
      'ΔPL%',
      `BL, ${currency}`,
      `ΔBL, ${currency}`,
    ],
    rows: rows.map(({ code, name, realised, planned, variance, varianceShare, baselinePlanned, baselineVariance }) => [
      { text: `${name} (${code})` },
      cellOf(realised, `${name}, realised to date`, page),
      cellOf(planned, `${name}, planned to date`, page),
      varianceCellOf(variance, `${name}, against plan,`, page),
      varianceShareCellOf(varianceShare, `${name}, against plan,`, page),
      cellOf(baselinePlanned, `${name}, baseline plan to date`, page),
      varianceCellOf(baselineVariance, `${name}, against baseline plan,`, page),
    ]),
  };
}
