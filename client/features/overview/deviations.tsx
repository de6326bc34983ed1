import { Link } from '@tanstack/react-router';
import type { Deviation, Overview } from '../../../server/contract/overview.js';
import { ChartFigure } from '../../charts/chart-figure';
import { domainOf } from '../../charts/geometry';
import type { TwinTable } from '../../charts/twin';
import { VarianceBar, VariancePin } from '../../charts/variance';
import { decimalsOf, signed, unitOf, type Scale } from '../../lib/format';
import { recordPath } from '../../lib/registers';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { Status } from '../../ui/status';
import { ActionMark } from '../proof/actions-line';
import { commonStart, initialsOf, shortName } from './names';
import { Traced, TracedVariance } from './traced';
import { cellOf, varianceCellOf, varianceShareCellOf } from './twin-cell';

/** What fits one line beside the bars. */
const NAME_SIGNS = 22;

/** Who lies furthest from plan to date: up to four below, up to four above. */
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
        <Empty>Every money benefit lies on its plan to date.</Empty>
      </section>
    );
  const start = commonStart(rows.map(({ name }) => name));
  return (
    <ChartFigure
      name="largest-deviations"
      className="deviations-figure"
      message={<Message {...{ worst, best, scale, start }} />}
      about={`${page.scopeName} · benefits off plan, ${unit} · to date${start === '' ? '' : ` · names without “${start}”`}`}
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
  return (
    <>
      {shortName(furthest.name, start, NAME_SIGNS)} is furthest {first ? 'below' : 'above'}:{' '}
      <TracedVariance
        figure={furthest.variance}
        form="money"
        scale={scale}
        name={`${furthest.name}, against plan,`}
        withUnit
      />
    </>
  );
}

function columnsOf(
  rows: readonly Deviation[],
  scale: Scale,
  start: string,
  readsActions: boolean,
): TableColumn<Deviation>[] {
  const domain = domainOf(rows.map(({ variance }) => variance.value));
  const decimals = Math.max(0, ...rows.map(({ variance }) => decimalsOf(signed(variance.value ?? '0', scale))));
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
      cell: ({ variance }) =>
        variance.value !== null && <VarianceBar amount={variance.value} impact={variance.impact} domain={domain} />,
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
    columns: ['Benefit', `AC, ${currency}`, `PL, ${currency}`, `ΔPL, ${currency}`, 'ΔPL%'],
    rows: rows.map(({ code, name, realised, planned, variance, varianceShare }) => [
      { text: `${name} (${code})` },
      cellOf(realised, `${name}, realised to date`, page),
      cellOf(planned, `${name}, planned to date`, page),
      varianceCellOf(variance, `${name}, against plan,`, page),
      varianceShareCellOf(varianceShare, `${name}, against plan,`, page),
    ]),
  };
}
