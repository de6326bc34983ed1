import { useState } from 'react';
import type { Value } from '../../../server/contract/benefit.js';
import { negate } from '../../lib/decimal';
import { count, counted, decimalsOf, scaled, signed, unitOf, type Scale } from '../../lib/format';
import { Amount, Variance } from '../../ui/amount';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope } from '../../ui/page-scope';
import { Status } from '../../ui/status';
import type { Figures } from './figures';

type Loss = Value['losses'][number];
type Benefit = Value['benefits'][number];

const FIRST = 5;
const STEP_WORDS: Record<Loss['step'], string> = {
  realised: 'not realised',
  confirmed: 'not confirmed',
  traced: 'not traced',
};

/** What the step takes its amount from. */
const BEFORE = { realised: 'planned', confirmed: 'realised', traced: 'confirmed' } as const;

/** The benefits that lose most on the way from plan to proof. */
export function Losses({ figures: { value, scale } }: { figures: Figures }) {
  const { currency } = usePageScope();
  const [isAll, setAll] = useState(false);
  if (value.losses.length === 0) return null;
  const shown = isAll ? value.losses : value.losses.slice(0, FIRST);
  const rest = value.losses.length - shown.length;
  return (
    <section className="card" aria-labelledby="losses-title">
      <h2 id="losses-title">Largest losses from plan to proof</h2>
      <DataTable
        label="Largest losses"
        caption={`${count(shown.length)} of ${counted(value.losses.length, 'loss', 'losses')}, largest first`}
        hideCaption
        className="losses"
        scrolls={isAll && value.losses.length > 20}
        rows={shown}
        rowKey={({ code, step }) => `${code} ${step}`}
        columns={columnsOf(value, shown, scale, unitOf(scale, currency))}
      />
      {rest > 0 && (
        <p className="table-more">
          <Button look="plain" onClick={() => setAll(true)}>
            Show all {count(value.losses.length)}
          </Button>
        </p>
      )}
    </section>
  );
}

function columnsOf(value: Value, shown: readonly Loss[], scale: Scale, unit: string): TableColumn<Loss>[] {
  const benefits = new Map(value.benefits.map((benefit) => [benefit.code, benefit]));
  const most = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => decimalsOf(text)));
  const lostDecimals = most(shown.map(({ amount }) => signed(negate(amount), scale)));
  const ofDecimals = most(
    shown.flatMap(({ code, step }) => {
      const benefit = benefits.get(code);
      return benefit ? [scaled(benefit[BEFORE[step]], scale)] : [];
    }),
  );
  return [
    {
      id: 'benefit',
      header: 'Benefit',
      rowHeader: true,
      className: 'losses-name',
      cell: ({ code, name, step }) => (
        <>
          {name}
          <span className="losses-facts caption">
            {code} <Fact status={benefits.get(code)?.status} /> {STEP_WORDS[step]}
          </span>
        </>
      ),
    },
    {
      id: 'lost',
      header: 'Lost',
      unit,
      numeric: true,
      cell: ({ amount }) => (
        <Variance amount={negate(amount)} scale={scale} impact="unfavourable" decimals={lostDecimals} />
      ),
    },
    {
      id: 'of',
      header: 'of',
      numeric: true,
      cell: ({ code, step }) => {
        const benefit = benefits.get(code);
        const kind = BEFORE[step];
        return (
          benefit && (
            <Amount
              amount={benefit[kind]}
              scale={scale}
              name={`${benefit.name}, ${kind} to date`}
              trace={{ figure: `node.${kind}`, type: 'benefit', ref: code }}
              decimals={ofDecimals}
            />
          )
        );
      },
    },
  ];
}

const Fact = ({ status }: { status: Benefit['status'] | undefined }) => status && <Status status={status} />;
