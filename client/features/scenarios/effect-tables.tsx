import { Link } from '@tanstack/react-router';
import type { TracedFigure } from '../../../server/contract/overview.js';
import type { ScenarioEffect } from '../../../server/contract/scenario.js';
import { isZero } from '../../../server/contract/decimal.js';
import { percent, scaled, signed, unitOf, type Scale } from '../../../server/contract/format.js';
import { recordPath, type RegisterType } from '../../lib/registers';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope } from '../../ui/page-scope';
import { Figure } from './figure';
import { decimalsIn } from './totals';

type Investment = ScenarioEffect['investments']['items'][number];
type Outcome = ScenarioEffect['outcomes']['items'][number];
type Benefit = ScenarioEffect['benefits']['items'][number];
interface Row {
  code: string;
  name: string;
}

const PLAIN: Scale = { exponent: 0, suffix: '' };

const nameColumn = <R extends Row>(type: RegisterType, header: string): TableColumn<R> => ({
  id: 'name',
  header,
  rowHeader: true,
  className: 'wide',
  cell: ({ code, name }) => (
    <>
      <Link to={recordPath(type, code)}>{code}</Link> {name}
    </>
  ),
});

interface AmountColumn<R> {
  id: string;
  header: string;
  pick: (row: R) => TracedFigure;
  isSigned?: boolean;
}

/** Money of one scale, all on one decimal sign. */
const amountColumn = <R extends Row>(
  rows: readonly R[],
  scale: Scale,
  { id, header, pick, isSigned = false }: AmountColumn<R>,
): TableColumn<R> => {
  const decimals = decimalsIn(
    rows.map((row) => pick(row).value),
    (value) => (isSigned ? signed(value, scale) : scaled(value, scale)),
  );
  return {
    id,
    header,
    numeric: true,
    cell: (row) => (
      <Figure
        figure={pick(row)}
        name={`${row.code} ${row.name}, ${header.toLowerCase()}`}
        {...{ scale, isSigned, decimals }}
      />
    ),
  };
};

const shareColumn = <R extends Row & { share: TracedFigure }>(rows: readonly R[]): TableColumn<R> => {
  const decimals = decimalsIn(
    rows.map(({ share }) => share.value),
    (value) => percent(value),
  );
  return {
    id: 'share',
    header: 'At risk',
    numeric: true,
    cell: (row) => (
      <Figure
        figure={row.share}
        form="share"
        scale={PLAIN}
        name={`${row.code} ${row.name}, share at risk`}
        decimals={decimals}
      />
    ),
  };
};

const isMoved = ({ delayed }: { delayed: TracedFigure }): boolean => delayed.value !== null && !isZero(delayed.value);

/** Where the list was cut, it says so. */
function Shown({ items, total, what }: { items: readonly unknown[]; total: number; what: string }) {
  return items.length === total ? null : (
    <p className="about">
      {items.length} of {total} {what} shown, the largest differences first.
    </p>
  );
}

export function Investments({ effect, scale }: { effect: ScenarioEffect; scale: Scale }) {
  const { currency } = usePageScope();
  const { items, total } = effect.investments;
  if (items.length === 0) return null;
  const amount = (column: AmountColumn<Investment>) => amountColumn(items, scale, column);
  return (
    <section className="card" aria-labelledby="scenario-investments">
      <h2 id="scenario-investments">Whose money it is</h2>
      <DataTable
        label="Investments"
        caption={`Of each investment the part that runs through what is changed, ${unitOf(scale, currency)}`}
        rows={items}
        rowKey={({ code }) => code}
        columns={[
          nameColumn<Investment>('investment', 'Investment'),
          amount({ id: 'sunk', header: 'Spent already', pick: ({ sunk }) => sunk }),
          amount({ id: 'cost', header: 'Cost to come', pick: ({ cost }) => cost.baseline }),
          amount({ id: 'costChange', header: 'Δ cost', pick: ({ cost }) => cost.difference, isSigned: true }),
          amount({ id: 'benefit', header: 'Benefit credited', pick: ({ benefit }) => benefit.baseline }),
          amount({
            id: 'benefitChange',
            header: 'Δ benefit',
            pick: ({ benefit }) => benefit.difference,
            isSigned: true,
          }),
        ]}
      />
      <Shown {...{ items, total }} what="investments" />
    </section>
  );
}

const valueColumns = <R extends Outcome | Benefit>(items: readonly R[], scale: Scale): TableColumn<R>[] => [
  amountColumn(items, scale, { id: 'baseline', header: 'Expected', pick: ({ value }) => value.baseline }),
  amountColumn(items, scale, { id: 'scenario', header: 'What if', pick: ({ value }) => value.scenario }),
  amountColumn(items, scale, {
    id: 'difference',
    header: 'Difference',
    pick: ({ value }) => value.difference,
    isSigned: true,
  }),
  shareColumn(items),
  ...(items.some(isMoved)
    ? [amountColumn<R>(items, scale, { id: 'delayed', header: 'Comes later', pick: ({ delayed }) => delayed })]
    : []),
];

export function Outcomes({ effect, scale }: { effect: ScenarioEffect; scale: Scale }) {
  const { currency } = usePageScope();
  const { items, total } = effect.outcomes;
  if (items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="scenario-outcomes">
      <h2 id="scenario-outcomes">Which outcomes lose how much</h2>
      <DataTable
        label="Outcomes"
        caption={`Expected value of the money benefits that is credited to each outcome, ${unitOf(scale, currency)}`}
        rows={items}
        rowKey={({ code }) => code}
        columns={[nameColumn<Outcome>('outcome', 'Outcome'), ...valueColumns(items, scale)]}
      />
      <Shown {...{ items, total }} what="outcomes" />
    </section>
  );
}

export function Benefits({ effect, scale }: { effect: ScenarioEffect; scale: Scale }) {
  const { currency } = usePageScope();
  const { items, total } = effect.benefits;
  const money = items.filter(({ isMoney }) => isMoney);
  const own = items.filter(({ isMoney, isLevel }) => !isMoney && !isLevel);
  const levels = items.filter(({ isLevel }) => isLevel);
  if (items.length === 0) return null;
  return (
    <section className="card scenario-benefits" aria-labelledby="scenario-benefits">
      <h2 id="scenario-benefits">Benefits at risk</h2>
      {money.length > 0 && (
        <DataTable
          label="Money benefits"
          caption={`Money benefits, all of their expected value, ${unitOf(scale, currency)}`}
          rows={money}
          rowKey={({ code }) => code}
          columns={[nameColumn<Benefit>('benefit', 'Benefit'), ...valueColumns(money, scale)]}
        />
      )}
      {own.length > 0 && (
        <DataTable
          label="Benefits in their own units"
          caption="Benefits in their own units, never added up"
          rows={own}
          rowKey={({ code }) => code}
          columns={[nameColumn<Benefit>('benefit', 'Benefit'), ...ownColumns, shareColumn(own)]}
        />
      )}
      {levels.length > 0 && (
        <DataTable
          label="Benefits measured as a level"
          caption="Measured as a level (a mean, a latest value, or less is better): nothing can be taken off it, so only the credited share is known"
          rows={levels}
          rowKey={({ code }) => code}
          columns={[nameColumn<Benefit>('benefit', 'Benefit'), creditedColumn]}
        />
      )}
      <Shown {...{ items, total }} what="benefits" />
    </section>
  );
}

const ownColumn = (id: 'baseline' | 'scenario' | 'difference', header: string): TableColumn<Benefit> => ({
  id,
  header,
  numeric: true,
  cell: ({ code, name, unit, value }) => (
    <Figure
      figure={value[id]}
      name={`${code} ${name}, ${header.toLowerCase()}`}
      scale={PLAIN}
      unit={unit}
      withUnit
      isSigned={id === 'difference'}
    />
  ),
});
const ownColumns: readonly TableColumn<Benefit>[] = [
  ownColumn('baseline', 'Expected'),
  ownColumn('scenario', 'What if'),
  ownColumn('difference', 'Difference'),
];

const creditedColumn: TableColumn<Benefit> = {
  id: 'credited',
  header: 'Credited to what is changed',
  numeric: true,
  cell: ({ code, name, credited }) => (
    <Figure figure={credited} form="share" scale={PLAIN} name={`${code} ${name}, share credited to what is changed`} />
  ),
};
