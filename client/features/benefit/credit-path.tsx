import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BenefitCredits } from '../../../server/contract/benefit-page.js';
import { decimalsOf, scaled } from '../../../server/contract/format.js';
import { registerOf } from '../../lib/registers';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { RecordLink } from '../records/record-link';
import { creditsQuery } from './api';
import { Figure, measureOf, unitText, type Measure } from './figure';

/** What the benefit is due to: the links back to the investments with their shares, and how much is credited to each. */
export function CreditPath({ code }: { code: string }) {
  const page = usePageScope();
  const credits = useQuery(creditsQuery(code, page.period));
  return (
    <section className="card" aria-labelledby="credits-head">
      <div className="section-head">
        <h2 id="credits-head">What it is due to</h2>
        <Link to="/chain/$type/$ref" params={{ type: 'benefit', ref: code }} className="button">
          Open in the chain
        </Link>
      </div>
      <QueryState query={credits} what="the contribution path" rows={6}>
        {(data) =>
          data.links.length === 0 ? (
            <p className="gap-flag">
              <span aria-hidden="true">▲ </span>No outcome leads to it: its value has no cause.
            </p>
          ) : (
            <Contents data={data} />
          )
        }
      </QueryState>
    </section>
  );
}

function Contents({ data }: { data: BenefitCredits }) {
  const { investments, uncredited, total } = data;
  const measure = measureOf(data.isMoney, data.unit, [total.planned.value, total.realised.value]);
  return (
    <div className="benefit-parts">
      <Steps links={data.links} measure={measure} />
      {investments.length === 0 ? (
        <p className="gap-flag">
          <span aria-hidden="true">▲ </span>No way leads back to an investment.
        </p>
      ) : (
        <DataTable
          label="Credited to investments"
          caption={
            data.isMoney
              ? 'Credited to investments, to date: shares on each way multiplied, ways added up. What is not credited is due to other causes.'
              : 'Credited to investments: shares on each way multiplied, ways added up. It is not money, so no amount is credited.'
          }
          columns={creditColumns(data, measure)}
          rows={[...investments, { ...uncredited, code: '', name: 'Not credited: other causes' }]}
          rowKey={(row) => row.code}
        />
      )}
    </div>
  );
}

type Step = BenefitCredits['links'][number];

function Steps({ links, measure }: { links: readonly Step[]; measure: Measure }) {
  const columns: TableColumn<Step>[] = [
    { id: 'from', header: 'Comes from', rowHeader: true, className: 'wide', cell: ({ from }) => <End {...from} /> },
    { id: 'to', header: 'Leads to', className: 'wide', cell: ({ to }) => <End {...to} /> },
    {
      id: 'share',
      header: 'Share of the value',
      numeric: true,
      className: 'nowrap',
      cell: ({ contribution, from, to, isAssumed }) => (
        <>
          <Figure
            figure={contribution}
            name={`Share of the value of ${to.code} due to ${from.code}${isAssumed ? ', assumed,' : ''}`}
            form="share"
            measure={measure}
          />
          <span className="benefit-second">{isAssumed ? 'assumed' : 'stated'}</span>
        </>
      ),
    },
    {
      id: 'why',
      header: 'Why',
      className: 'wide',
      cell: ({ rationale }) => rationale ?? <span className="caption">not stated</span>,
    },
  ];
  return (
    <DataTable
      label="Links back to the investments"
      caption="Each link back to the investments: contribution, not ownership"
      columns={columns}
      rows={links}
      rowKey={({ from, to }) => `${from.type}:${from.code}>${to.code}`}
    />
  );
}

const End = ({ type, code, name }: Step['from']) => {
  const register = registerOf(type);
  return (
    <>
      {register ? (
        <RecordLink type={register.type} code={code}>
          {code}
        </RecordLink>
      ) : (
        code
      )}{' '}
      {name}
      <span className="benefit-second">{register?.one ?? type}</span>
    </>
  );
};

type Credit = Pick<BenefitCredits['investments'][number], 'code' | 'name' | 'share' | 'planned' | 'realised'>;

function creditColumns({ isMoney, total, investments, uncredited }: BenefitCredits, measure: Measure) {
  const columns: TableColumn<Credit>[] = [
    {
      id: 'to',
      header: 'Investment',
      rowHeader: true,
      footer: 'This benefit',
      cell: ({ code, name }) =>
        code === '' ? (
          name
        ) : (
          <>
            <RecordLink type="investment" code={code}>
              {code}
            </RecordLink>{' '}
            {name}
          </>
        ),
    },
    {
      id: 'share',
      header: 'Share',
      numeric: true,
      className: 'nowrap',
      footer: <Figure figure={total.share} name="Parts credited and not, together" form="share" measure={measure} />,
      cell: ({ code, share }) => (
        <Figure
          figure={share}
          name={code === '' ? 'Part credited to no investment' : `Part credited to ${code}`}
          form="share"
          measure={measure}
        />
      ),
    },
  ];
  if (!isMoney) return columns;
  const amountsOf = (kind: 'planned' | 'realised') =>
    [...investments, uncredited, { planned: total.planned, realised: total.realised }].flatMap(
      (row) => row[kind].value ?? [],
    );
  const amount = (kind: 'planned' | 'realised', header: string): TableColumn<Credit> => {
    const decimals = Math.max(0, ...amountsOf(kind).map((each) => decimalsOf(scaled(each, measure.scale))));
    const word = kind === 'planned' ? 'Planned' : 'Realised';
    return {
      id: kind,
      header,
      unit: unitText(measure),
      numeric: true,
      cell: (row) => (
        <Figure
          figure={row[kind]}
          name={
            row.code === '' ? `${word} to date, credited to no investment` : `${word} to date, credited to ${row.code}`
          }
          {...{ measure, decimals }}
        />
      ),
      footer: <Figure figure={total[kind]} name={`${word} to date`} {...{ measure, decimals }} />,
    };
  };
  return [...columns, amount('planned', 'PL'), amount('realised', 'AC')];
}
