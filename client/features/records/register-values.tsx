import type { ReactNode } from 'react';
import { benefit, type AnyRecord } from '../../../server/contract/records.js';
import type { TraceStep } from '../../lib/trace-path';
import { decimalsOf, scaled, scaleFor, signed, unitOf, type Scale } from '../../lib/format';
import { Amount, Variance } from '../../ui/amount';
import type { TableColumn } from '../../ui/data-table';
import { Num } from '../../ui/num';
import { Status } from '../../ui/status';
import { isComputed, type RegisterRow } from './use-register-rows';
import { valueText } from './words';

/** The columns that only benefits have. */

type Column = TableColumn<RegisterRow>;

export const decimalsIn = (amounts: readonly string[], scale: Scale): number =>
  Math.max(0, ...amounts.map((amount) => decimalsOf(scaled(amount, scale))));

/** Amounts in a unit of their own are not scaled. */
const UNITS: Scale = { exponent: 0, suffix: '' };

type Kind = 'planned' | 'realised' | 'variance';
const KINDS: Record<Kind, { header: string; name: string }> = {
  planned: { header: 'PL', name: 'Planned to date' },
  realised: { header: 'AC', name: 'Realised to date' },
  variance: { header: 'ΔPL', name: 'Realised less planned' },
};

/** Planned, realised, and their difference, to date; a benefit that is not money in its own unit. */
export function valueColumns(rows: readonly RegisterRow[], currency: string): Column[] {
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
  return [column('planned'), column('realised'), column('variance')];
}

export const statusColumn: Column = {
  id: 'status',
  header: 'Status',
  className: 'nowrap',
  cell: ({ value }) => value && <Status status={value.status} />,
};

export const evidenceColumn: Column = {
  id: 'evidence',
  header: 'Evidence',
  sortable: true,
  className: 'nowrap',
  cell: ({ value }) => value && EVIDENCE[value.evidenceLevel],
};

/** By level. A benefit is not better proven than its least proven month, and says so. */
export const EVIDENCE = ['none', 'weakest: claimed', 'weakest: evidenced', 'confirmed'] as const;

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
  const unit = value.money ? null : (value.unit ?? '');
  if (kind === 'variance') {
    const at = unit === null ? scale : UNITS;
    const impact = impactOf(amount, record['better']);
    return (
      <Num trace={trace} label={`${name} ${signed(amount, at)} ${unit ?? unitOf(scale, currency)}, ${impact}`}>
        <Variance {...{ amount, impact }} scale={at} {...(unit === null ? { decimals } : {})} />
        {unit !== null && <OwnUnit unit={unit} />}
      </Num>
    );
  }
  if (unit === null) return <Amount {...{ amount, scale, name, trace, decimals }} />;
  const text = scaled(amount, UNITS);
  return (
    <Num trace={trace} label={`${name} ${text} ${unit}`.trim()}>
      {text}
      <OwnUnit unit={unit} />
    </Num>
  );
}

/** In place of the unit in the header, which is that of money. */
function OwnUnit({ unit }: { unit: string }) {
  return <span className="caption"> {unit}</span>;
}

/** A fall is good where lower is better. */
const impactOf = (amount: string, better: unknown): 'favourable' | 'unfavourable' | 'neutral' => {
  if (/^-?0*(\.0*)?$/.test(amount)) return 'neutral';
  return amount.startsWith('-') === (better === 'lower') ? 'favourable' : 'unfavourable';
};

/** One column for both. */
export function TypeAndNature({ record }: { record: AnyRecord }) {
  const { type, nature } = benefit.columns;
  return (
    <>
      {valueText(type.type, record['type']) ?? <span className="caption">unclassified</span>}
      <span className="caption register-second">{valueText(nature.type, record['nature'])}</span>
    </>
  );
}
