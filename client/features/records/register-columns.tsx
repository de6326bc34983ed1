import { Fragment } from 'react';
import { decimalsOf, scaleFor, unitOf } from '../../../server/contract/format.js';
import { registerOf, type RegisterType } from '../../lib/registers';
import type { ChainNode } from '../../../server/contract/chain.js';
import { Amount, Pad } from '../../ui/amount';
import type { TableColumn } from '../../ui/data-table';
import { gapWord } from './gap-words';
import { OwnerName } from './owner-name';
import { RecordLink } from './record-link';
import { isOwnField } from './register-search';
import { decimalsIn } from './register-values';
import type { RegisterRow } from './use-register-rows';
import { declarationOf, labelOf, refOf, valueText } from './words';

/** The fields of each register that stand in its table: before what is computed, and after it. Benefits have a page of their own. */
const FIELDS: Partial<Record<RegisterType, { first: readonly string[]; last: readonly string[] }>> = {
  investment: { first: ['status'], last: ['ownerEmail', 'startMonth', 'endMonth', 'category', 'portfolioCode'] },
  initiative: { first: ['status'], last: ['ownerEmail', 'plannedEndDate', 'endDate', 'delivery', 'portfolioCode'] },
  capability: { first: [], last: ['targetMaturity', 'strategic', 'ownerEmail', 'orgUnitCode'] },
  outcome: { first: ['baseline', 'target', 'unit'], last: ['targetDate', 'ownerEmail', 'type', 'orgUnitCode'] },
  link: { first: [], last: ['allocation', 'contribution', 'rationale'] },
};

/** Headers that would be wider than their column, or say less than beside the record. */
const HEADERS: Record<string, string> = {
  unit: 'Measured in',
  startMonth: 'From',
  endMonth: 'To',
  plannedEndDate: 'Due',
};

type Column = TableColumn<RegisterRow>;

const isNumeric = (type: RegisterType, field: string): boolean =>
  ['decimal', 'percent', 'integer'].includes(declarationOf(type).columns[field]!.type.kind);

/** A fact of the record; a share that nobody stated says that it is assumed. */
function fieldColumn(type: RegisterType, field: string, rows: readonly RegisterRow[]): Column {
  const { type: kind } = declarationOf(type).columns[field]!;
  const blank = kind.kind === 'percent' ? <span className="caption">assumed</span> : null;
  const isDecimal = kind.kind === 'decimal';
  const decimals = isDecimal
    ? Math.max(0, ...rows.map(({ record }) => decimalsOf(valueText(kind, record[field]) ?? '')))
    : 0;
  return {
    id: field,
    header: HEADERS[field] ?? labelOf(field),
    numeric: isNumeric(type, field),
    sortable: isOwnField(type, field),
    className: kind.kind === 'text' && field !== 'unit' ? 'wide' : 'nowrap',
    cell: ({ record }) => {
      const text = valueText(kind, record[field]);
      if (text !== null && kind.kind === 'email') return <OwnerName address={text} />;
      if (text === null || !isDecimal) return text ?? blank;
      return (
        <>
          {text}
          <Pad text={text} decimals={decimals} />
        </>
      );
    },
  };
}

const nameColumns = (type: RegisterType): Column[] => [
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
  { id: 'code', header: 'Code', sortable: true, className: 'nowrap', cell: ({ record }) => String(record['code']) },
];

type Names = ReadonlyMap<string, string>;

/** Names of the records of the chain, which links know by code only. */
const namesOf = (nodes: readonly ChainNode[]): Names =>
  new Map(nodes.map(({ type, code, name }) => [`${type}:${code}`, name]));

const endColumn = (end: 'from' | 'to', names: Names): Column => ({
  id: `${end}Code`,
  header: end === 'from' ? 'From' : 'To',
  sortable: true,
  rowHeader: end === 'from',
  className: 'wide',
  cell: ({ record }) => {
    const [type, code] = [String(record[`${end}Type`]), String(record[`${end}Code`])];
    const register = registerOf(type);
    const words = `${code} ${names.get(`${type}:${code}`) ?? ''}`.trim();
    return (
      <>
        {register ? (
          <RecordLink type={register.type} code={code}>
            {words}
          </RecordLink>
        ) : (
          words
        )}
        <span className="caption register-second">{register?.one}</span>
      </>
    );
  },
});

const openColumn: Column = {
  id: 'open',
  header: 'Link',
  cell: ({ record }) => (
    <RecordLink
      type="link"
      code={record.id}
      aria-label={`Link from ${String(record['fromCode'])} to ${String(record['toCode'])}`}
    >
      Open
    </RecordLink>
  ),
};

const gapColumn: Column = {
  id: 'gaps',
  header: 'Gaps',
  cell: ({ gaps }) =>
    gaps.length === 0 ? null : (
      <span className="gap-flag">
        {gaps.map((kind, at) => (
          <Fragment key={kind}>
            {at > 0 && ' '}
            <span className="gap-word">
              <span aria-hidden="true">{at === 0 ? '▲ ' : ''}</span>
              {gapWord(kind)}
              {at < gaps.length - 1 && ','}
            </span>
          </Fragment>
        ))}
      </span>
    ),
};

/** The columns of a register, what matters most first, with one scale for all amounts of its table. */
export function columnsOf(
  type: RegisterType,
  rows: readonly RegisterRow[],
  currency: string,
  seesChain: boolean,
  nodes: readonly ChainNode[],
): Column[] {
  const fields = (part: 'first' | 'last') =>
    (FIELDS[type]?.[part] ?? []).map((field) => fieldColumn(type, field, rows));
  if (type === 'link') {
    const names = namesOf(nodes);
    return [endColumn('from', names), endColumn('to', names), ...fields('last'), openColumn];
  }
  const gaps = seesChain ? [gapColumn] : [];
  const computed = [...gaps, ...(seesChain ? [spendColumn(type, rows, currency)] : [])];
  return [...nameColumns(type), ...fields('first'), ...computed, ...fields('last')];
}

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
