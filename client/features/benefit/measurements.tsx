import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BenefitMeasurements } from '../../../server/contract/benefit-page.js';
import type { ChangeBenefitValues } from '../../../server/contract/benefit.js';
import { counted, day, instant } from '../../../server/contract/format.js';
import { AsEntered } from '../../ui/as-entered';
import type { TableColumn } from '../../ui/data-table';
import { usePageScope } from '../../ui/page-scope';
import { needsReason, replans, type MonthField, type MonthRow } from '../records/month-values';
import { changeValues } from '../records/months-api';
import { MonthsSection } from '../records/months-section';
import { OwnerName } from '../records/owner-name';
import { measurementsQuery } from './api';
import { Figure, measureOf, type Measure } from './figure';
import { Revisions } from './revisions';

type Item = BenefitMeasurements['items'][number];

/** A row of the table is an item of the answer; the form for a month knows it by name. */
const itemOf = (row: MonthRow): Item => row as unknown as Item;

const fieldsOf = (data: BenefitMeasurements | undefined): readonly MonthField[] => [
  { name: 'month', label: 'Month', kind: 'month', isKey: true },
  { name: 'planned', label: 'Planned', kind: 'amount' },
  { name: 'forecast', label: 'Forecast', kind: 'amount' },
  { name: 'realised', label: 'Realised', kind: 'amount' },
  { name: 'evidence', label: 'Evidence', kind: 'text', help: 'What proves the realised value: a sentence or a link.' },
  {
    name: 'reason',
    label: 'Reason for the change',
    kind: 'text',
    isRequired: (typed, row) =>
      needsReason(typed, row) ||
      (data?.isPlanFixed === true && replans(typed, row)) ||
      (data !== undefined &&
        data.lockedThrough !== null &&
        (typed['month'] ?? '') !== '' &&
        typed['month']! <= data.lockedThrough),
  },
];

/** Every month: planned, expected, came; how far it is proven, who said so, and what stood there before. */
export function Measurements({ code, mayWrite }: { code: string; mayWrite: boolean }) {
  const page = usePageScope();
  const query = measurementsQuery(code, page.period);
  const months = useQuery(query);
  const queryClient = useQueryClient();
  const { data } = months;
  const unit = (data?.isMoney ? data.currency : data?.unit) ?? 'its own unit';
  return (
    <MonthsSection
      id="values"
      heading="Measurements by month"
      query={{ ...months, data: data?.items }}
      columns={data ? columnsOf(data) : []}
      fields={fieldsOf(data)}
      send={(item) => changeValues(code, { items: [item as ChangeBenefitValues['items'][number]] })}
      reread={async () => (await queryClient.fetchQuery({ ...query, staleTime: 0 })).items}
      empty="No month has a value yet. Plan values first; what was realised is measured against the plan."
      caption={(rows) =>
        `${counted(rows, 'month')}, as entered, in ${unit}. p: confirmed by nobody yet; r: restated; x: planned and over, and not reported.${totalsNote(data)}`
      }
      {...{ unit, mayWrite }}
    />
  );
}

const totalsNote = (data: BenefitMeasurements | undefined): string => {
  if (!data) return '';
  if (data.totals === null) return ' No total: its months are not added up.';
  const isConverted = data.isMoney && data.totals.unit !== data.currency;
  return isConverted ? ` Total: all months, in ${data.totals.unit}, each at its rate.` : ' Total: all months.';
};

type Kind = 'planned' | 'baseline' | 'forecast' | 'realised' | 'confirmed';
const WORDS: Record<Kind, string> = {
  planned: 'Planned',
  baseline: 'Baseline plan',
  forecast: 'Forecast',
  realised: 'Realised',
  confirmed: 'Confirmed',
};

const LETTERS: Record<Item['letters'][number], string> = {
  p: 'provisional: nobody has confirmed it',
  x: 'planned and over, and not reported',
  r: 'restated: changed since it was first reported',
};

const Letter = ({ letter }: { letter: Item['letters'][number] }) => (
  <abbr title={LETTERS[letter]}>
    {letter}
    <span className="visually-hidden"> {LETTERS[letter]}</span>
  </abbr>
);

function columnsOf(data: BenefitMeasurements): TableColumn<MonthRow>[] {
  const { totals, items } = data;
  const measure = measureOf(
    data.isMoney,
    totals?.unit ?? data.unit,
    totals ? [totals.planned.value, totals.realised.value, totals.forecast.value] : [],
  );
  const total = (kind: Kind) => totals && <Total {...{ kind, measure }} totals={totals} />;
  const hasEarlier = items.some(({ isReplanned }) => isReplanned);
  const plain = (kind: Kind, cell: (item: Item) => React.ReactNode): TableColumn<MonthRow> => ({
    id: kind,
    header: WORDS[kind],
    numeric: true,
    className: 'nowrap',
    cell: (row) => cell(itemOf(row)),
    ...(totals && { footer: total(kind) }),
  });
  const unit = data.isMoney ? data.currency : data.unit;
  const amount = (kind: Kind, { month, [kind]: value }: Item) =>
    value === null ? null : (
      <AsEntered
        trace={{ figure: `value.${kind}`, type: 'benefit', ref: data.code, month }}
        name={`${WORDS[kind]} in ${day(month)}`}
        {...{ value, unit }}
      />
    );
  return [
    {
      id: 'month',
      header: 'Month',
      rowHeader: true,
      className: 'nowrap',
      cell: (row) => <Month item={itemOf(row)} />,
      ...(totals && { footer: 'Total' }),
    },
    plain('planned', (item) => amount('planned', item)),
    ...(hasEarlier
      ? [plain('baseline', (item) => (item.isReplanned ? (amount('baseline', item) ?? 'none') : null))]
      : []),
    plain('forecast', (item) => item.forecast && <em>{amount('forecast', item)}</em>),
    plain('realised', (item) => (
      <>
        {amount('realised', item)}
        {item.letters.map((letter) => (
          <span key={letter}>
            {' '}
            <Letter letter={letter} />
          </span>
        ))}
      </>
    )),
    plain('confirmed', (item) => amount('confirmed', item)),
    { id: 'proof', header: 'Evidence and verdict', className: 'wide', cell: (row) => <Proof item={itemOf(row)} /> },
    { id: 'entered', header: 'Entered', cell: (row) => <Entered item={itemOf(row)} /> },
    ...(items.some(({ revisions }) => revisions.length > 0)
      ? [{ id: 'revisions', header: 'Before', cell: (row: MonthRow) => <Revisions of={itemOf(row)} /> }]
      : []),
  ];
}

function Total({
  kind,
  totals,
  measure,
}: {
  kind: Kind;
  totals: NonNullable<BenefitMeasurements['totals']>;
  measure: Measure;
}) {
  return <Figure figure={totals[kind]} name={`${WORDS[kind]}, all months`} withUnit measure={measure} />;
}

const Month = ({ item: { month, isLocked } }: { item: Item }) => (
  <>
    {day(month)}
    {isLocked && (
      <span className="benefit-second">
        <span aria-hidden="true">🔒 </span>locked
      </span>
    )}
  </>
);

function Proof({ item }: { item: Item }) {
  const { evidence, evidenceItems, confirmedBy, confirmedAt, confirmedHow } = item;
  return (
    <>
      {evidence}
      {evidenceItems > 0 && (
        <span className="benefit-second">
          <Link to="." hash="evidence" search={true}>
            {counted(evidenceItems, 'item')} of evidence
          </Link>
        </span>
      )}
      {confirmedHow !== null && (
        <span className="benefit-second">
          confirmed{' '}
          {confirmedBy === null ? (
            'by finance'
          ) : (
            <>
              by <OwnerName address={confirmedBy} />
            </>
          )}
          {confirmedHow === 'attestation' ? ', as imported' : confirmedAt !== null && ` ${instant(confirmedAt)}`}
        </span>
      )}
    </>
  );
}

function Entered({ item: { changedBy, updatedAt, source } }: { item: Item }) {
  return (
    <>
      <OwnerName address={changedBy} />
      <span className="benefit-second">
        {instant(updatedAt)}
        {source === 'import' && ' · import'}
      </span>
    </>
  );
}
