import type { ReactNode } from 'react';
import { benefit, type AnyRecord } from '../../../server/contract/records.js';
import type { TraceStep } from '../../lib/trace-path';
import { decimalsOf, scaled, scaleFor, signed, unitOf, type Scale } from '../../lib/format';
import { registerOf, type RegisterType } from '../../lib/registers';
import { Amount, Variance } from '../../ui/amount';
import type { TableColumn } from '../../ui/data-table';
import { Num } from '../../ui/num';
import { Status } from '../../ui/status';
import { gapWord } from './gap-words';
import { RecordLink } from './record-link';
import { isOwnField } from './register-search';
import { isComputed, type RegisterRow } from './use-register-rows';
import { declarationOf, labelOf, refOf, valueText } from './words';

/** The fields of each register that stand in its table, after code and name. */
const FIELDS: Record<RegisterType, readonly string[]> = {
  investment: ['ownerEmail', 'portfolioCode', 'category', 'status', 'startMonth', 'endMonth'],
  initiative: ['ownerEmail', 'portfolioCode', 'delivery', 'status', 'plannedEndDate', 'endDate'],
  capability: ['ownerEmail', 'orgUnitCode', 'strategic', 'targetMaturity'],
  outcome: ['ownerEmail', 'orgUnitCode', 'type', 'baseline', 'target', 'targetDate'],
  benefit: ['ownerEmail', 'portfolioCode', 'type'],
  link: ['allocation', 'contribution', 'rationale'],
};

/** Headers that would be wider than their column. */
const HEADERS: Record<string, string> = {
  orgUnitCode: 'Unit',
  startMonth: 'From',
  endMonth: 'To',
  plannedEndDate: 'Due',
};

type Column = TableColumn<RegisterRow>;

const isNumeric = (type: RegisterType, field: string): boolean =>
  ['decimal', 'percent', 'integer'].includes(declarationOf(type).columns[field]!.type.kind);

/** A fact of the record; a share that nobody stated says that it is assumed. */
function fieldColumn(type: RegisterType, field: string): Column {
  const { type: kind } = declarationOf(type).columns[field]!;
  const blank = kind.kind === 'percent' ? <span className="caption">assumed</span> : null;
  return {
    id: field,
    header: HEADERS[field] ?? labelOf(field),
    numeric: isNumeric(type, field),
    sortable: isOwnField(type, field),
    className: kind.kind === 'text' ? 'wide' : kind.kind === 'email' ? 'register-owner' : 'nowrap',
    cell: ({ record }) => {
      const text = valueText(kind, record[field]);
      if (text !== null && kind.kind === 'email') return <Email address={text} />;
      return type === 'benefit' && field === 'type' ? <TypeAndNature record={record} /> : (text ?? blank);
    },
  };
}

/** Breaks before its domain, where it must. */
function Email({ address }: { address: string }) {
  const at = address.indexOf('@');
  return (
    <>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </>
  );
}

function TypeAndNature({ record }: { record: AnyRecord }) {
  const { type, nature } = benefit.columns;
  return (
    <>
      {valueText(type.type, record['type']) ?? <span className="caption">unclassified</span>}
      <span className="caption register-second">{valueText(nature.type, record['nature'])}</span>
    </>
  );
}

const nameColumns = (type: RegisterType): Column[] => [
  { id: 'code', header: 'Code', sortable: true, className: 'nowrap', cell: ({ record }) => String(record['code']) },
  {
    id: 'name',
    header: 'Name',
    rowHeader: true,
    sortable: true,
    className: 'wide',
    cell: ({ record }) => (
      <RecordLink type={type} code={refOf(record)}>
        {String(record['name'])}
      </RecordLink>
    ),
  },
];

const endColumn = (end: 'from' | 'to'): Column => ({
  id: `${end}Code`,
  header: end === 'from' ? 'From' : 'To',
  sortable: true,
  rowHeader: end === 'from',
  className: 'nowrap',
  cell: ({ record }) => (
    <>
      {end === 'from' ? (
        <RecordLink
          type="link"
          code={record.id}
          aria-label={`Link from ${String(record['fromCode'])} to ${String(record['toCode'])}`}
        >
          {String(record['fromCode'])}
        </RecordLink>
      ) : (
        String(record['toCode'])
      )}{' '}
      <span className="caption">{registerOf(String(record[`${end}Type`]))?.one}</span>
    </>
  ),
});

const gapColumn: Column = {
  id: 'gaps',
  header: 'Gaps',
  cell: ({ gaps }) =>
    gaps.length === 0 ? null : (
      <span className="gap-flag">
        {gaps.map((kind, at) => (
          <span key={kind} className="gap-word">
            <span aria-hidden="true">{at === 0 ? '▲ ' : ''}</span>
            {gapWord(kind)}
            {at < gaps.length - 1 && ', '}
          </span>
        ))}
      </span>
    ),
};

/** The columns of a register, with one scale for all amounts of its table. */
export function columnsOf(
  type: RegisterType,
  rows: readonly RegisterRow[],
  currency: string,
  seesChain: boolean,
): Column[] {
  const fields = FIELDS[type].map((field) => fieldColumn(type, field));
  if (type === 'link') return [endColumn('from'), endColumn('to'), ...fields];
  return [
    ...nameColumns(type),
    ...fields,
    ...(type === 'benefit' ? valueColumns(rows, currency) : seesChain ? [spendColumn(type, rows, currency)] : []),
    ...(seesChain ? [gapColumn] : []),
  ];
}

const decimalsIn = (amounts: readonly string[], scale: Scale): number =>
  Math.max(0, ...amounts.map((amount) => decimalsOf(scaled(amount, scale))));

function spendColumn(type: RegisterType, rows: readonly RegisterRow[], currency: string): Column {
  const amounts = rows.flatMap(({ node }) => (node ? [node.cost] : []));
  const scale = scaleFor(amounts);
  const decimals = decimalsIn(amounts, scale);
  return {
    id: 'spend',
    header: 'Spend to date',
    unit: unitOf(scale, currency),
    numeric: true,
    sortable: true,
    cell: ({ node, record }) =>
      node && (
        <Amount
          amount={node.cost}
          scale={scale}
          name={`Spend to date that reaches ${node.code}`}
          trace={{ figure: 'node.cost', type, ref: String(record['code']) }}
          decimals={decimals}
        />
      ),
  };
}

/** Amounts in a unit of their own are not scaled. */
const UNITS: Scale = { exponent: 0, suffix: '' };

type Kind = 'planned' | 'realised' | 'variance';
const KINDS: Record<Kind, { header: string; name: string }> = {
  planned: { header: 'PL', name: 'Planned to date' },
  realised: { header: 'AC', name: 'Realised to date' },
  variance: { header: 'ΔPL', name: 'Realised less planned' },
};

/** Planned, realised, their difference, status and evidence, to date; a benefit that is not money in its own unit. */
function valueColumns(rows: readonly RegisterRow[], currency: string): Column[] {
  const values = rows.flatMap(({ value }) => (value?.money ? [value] : []));
  const amounts = values.flatMap(({ planned, realised, variance }) => [planned, realised, variance ?? '0']);
  const scale = scaleFor(amounts);
  const decimals = decimalsIn(amounts, scale);
  const column = (kind: Kind): Column => ({
    id: kind,
    header: KINDS[kind].header,
    unit: unitOf(scale, currency),
    numeric: true,
    sortable: isComputed(kind),
    cell: (row) => row.value && <ValueCell {...{ kind, row, scale, decimals, currency }} />,
  });
  return [
    column('planned'),
    column('realised'),
    column('variance'),
    {
      id: 'status',
      header: 'Status',
      className: 'nowrap',
      cell: ({ value }) => value && <Status status={value.status} />,
    },
    {
      id: 'evidence',
      header: 'Evidence',
      sortable: true,
      className: 'nowrap',
      cell: ({ value }) => value && EVIDENCE[value.evidenceLevel],
    },
  ];
}

/** Levels 0 to 3. */
export const EVIDENCE = ['none', 'claimed', 'evidenced', 'confirmed'] as const;

interface ValueCellProps {
  kind: Kind;
  row: RegisterRow;
  scale: Scale;
  decimals: number;
  currency: string;
}

/** Why there is no figure: a sum over nothing is no 0. */
const missingWhy = (kind: Kind, { status, evidenceLevel }: NonNullable<RegisterRow['value']>): string | null => {
  if (kind !== 'planned') return evidenceLevel === 0 ? 'not measured' : null;
  return status === 'not_due' ? 'nothing planned to date' : null;
};

function ValueCell({ kind, row: { value, record }, scale, decimals, currency }: ValueCellProps): ReactNode {
  if (value === null) return null;
  const missing = missingWhy(kind, value);
  const amount = value[kind];
  if (missing !== null || amount === null)
    return (
      <abbr title={missing ?? 'not measured'}>
        x<span className="visually-hidden"> {missing ?? 'not measured'}</span>
      </abbr>
    );
  const trace: TraceStep = {
    figure: kind === 'variance' ? 'node.variance' : `node.${kind}`,
    type: 'benefit',
    ref: value.code,
  };
  const name = `${KINDS[kind].name}, ${value.code}`;
  if (!value.money) {
    const text = kind === 'variance' ? signed(amount, UNITS) : scaled(amount, UNITS);
    const unit = value.unit ?? '';
    return (
      <Num trace={trace} label={`${name} ${text} ${unit}`.trim()}>
        {text} <span className="caption">{unit}</span>
      </Num>
    );
  }
  if (kind !== 'variance') return <Amount {...{ amount, scale, name, trace, decimals }} />;
  return (
    <Num
      trace={trace}
      label={`${name} ${signed(amount, scale)} ${unitOf(scale, currency)}, ${impactOf(amount, record['better'])}`}
    >
      <Variance {...{ amount, scale, decimals }} impact={impactOf(amount, record['better'])} />
    </Num>
  );
}

/** A fall is good where lower is better. */
const impactOf = (amount: string, better: unknown): 'favourable' | 'unfavourable' | 'neutral' => {
  if (/^-?0*(\.0*)?$/.test(amount)) return 'neutral';
  return amount.startsWith('-') === (better === 'lower') ? 'favourable' : 'unfavourable';
};
