import type { ReactNode } from 'react';
import type { Chain, Layer } from '../../../server/contract/chain.js';
import type { Figure } from '../../../server/contract/trace.js';
import { Bar, domainOf } from '../../charts/bars';
import { ChartFigure } from '../../charts/chart-figure';
import type { TwinTable } from '../../charts/twin';
import { compare, isZero, negate } from '../../lib/decimal';
import { count, day, inFull, money, percent, scaled, unitOf } from '../../lib/format';
import { lastDay } from '../../lib/period';
import { Amount } from '../../ui/amount';
import { Num } from '../../ui/num';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import type { Figures } from './figures';

type Reached = Chain['totals']['reached'][number];

/** A layer of the chain: what reaches it, and what stopped at the layer before. */
interface Step extends Reached {
  before: Reached | undefined;
}

const WORD: Record<Layer, string> = {
  investment: 'Investment',
  initiative: 'Initiative',
  capability: 'Capability',
  outcome: 'Outcome',
  benefit: 'Benefit',
};

/** How much of the spend reaches a benefit: five bars on one scale, each with what was lost before it. */
export function Reach({ chain, figures }: { chain: Chain; figures: Figures }) {
  const page = usePageScope();
  const steps = chain.totals.reached.map((reached, at, all): Step => ({ ...reached, before: all[at - 1] }));
  const domain = domainOf(steps.flatMap(({ cost, before }) => [cost, before?.cost ?? '0']));
  return (
    <ChartFigure
      name="spend-by-layer"
      message={<ReachMessage steps={steps} figures={figures} />}
      about={`${page.scopeName} · actual cost that reaches each layer of the chain, ${unitOf(figures.scale, page.currency)} · to ${day(lastDay(page.period, page.fiscalYearStartMonth))}`}
      twin={twinOf(steps, page.currency)}
      legend={
        <>
          <svg className="legend-key" aria-hidden="true">
            <rect className="mark-ac" width="18" height="10" />
          </svg>
          AC reaches the layer{' '}
          <svg className="legend-key legend-next" aria-hidden="true">
            <rect className="mark-gap" width="18" height="10" />
          </svg>
          ▲ goes no further
        </>
      }
    >
      <ul className="reach">
        {steps.map((step) => (
          <li key={step.type}>
            <span className="reach-layer">{WORD[step.type]}</span>
            <span className="reach-amount">
              {step.nodes === 0 ? null : (
                <Amount
                  amount={step.cost}
                  scale={figures.scale}
                  name={`Spend that reaches ${WORD[step.type].toLowerCase()} level`}
                  trace={{ figure: `reached.${step.type}` as Figure }}
                />
              )}
            </span>
            <span className="reach-bar">
              <Bar domain={domain} actual={step.nodes === 0 ? null : step.cost} shortfall={lossBefore(step)} />
            </span>
            <span className="reach-loss">
              <Loss step={step} figures={figures} page={page} />
            </span>
          </li>
        ))}
      </ul>
    </ChartFigure>
  );
}

/** What stopped at the layer before this one; nothing where nothing did. */
const lossBefore = ({ before }: Step): string | null =>
  before && !isZero(before.unallocated) ? before.unallocated : null;

function Loss({ step, figures, page }: { step: Step; figures: Figures; page: PageScope }): ReactNode {
  const { before, type, nodes } = step;
  const word = WORD[type].toLowerCase();
  const lost = lossBefore(step);
  const absent = nodes === 0 ? `no ${word} exists in the data` : `no ${word}`;
  // Links and records are those of the whole enterprise in every scope; their number would read as the scope's.
  const counted = page.portfolio || page.orgUnit ? null : <span className="caption">{countOf(step)}</span>;
  if (before === undefined) return nodes === 0 ? absent : counted;
  if (lost === null) return nodes === 0 ? <span className="none-recorded">{absent}</span> : counted;
  return (
    <Num
      trace={{ figure: `lost.${before.type}` as Figure }}
      label={`${money(negate(lost), page.currency, figures.scale)}, ${absent}: spend that goes no further than the ${PLURAL[before.type]}`}
      className="variance-bad"
    >
      <span aria-hidden="true">▲ </span>
      {scaled(negate(lost), figures.scale)} {absent}
    </Num>
  );
}

const PLURAL: Record<Layer, string> = {
  investment: 'investments',
  initiative: 'initiatives',
  capability: 'capabilities',
  outcome: 'outcomes',
  benefit: 'benefits',
};
const countOf = ({ type, nodes }: Reached): string => `${count(nodes)} ${nodes === 1 ? type : PLURAL[type]}`;

function ReachMessage({ steps, figures }: { steps: readonly Step[]; figures: Figures }): ReactNode {
  const { scale, money: paid } = figures;
  const missing = steps.find(({ nodes, before }) => nodes === 0 && before !== undefined && !isZero(before.cost));
  if (missing?.before)
    return (
      <>
        No {missing.type} exists in the data:{' '}
        <Amount
          amount={missing.before.cost}
          scale={scale}
          name={`Spend that reaches ${missing.before.type} level`}
          trace={{ figure: `reached.${missing.before.type}` as Figure }}
          withUnit
        />{' '}
        goes no further
      </>
    );
  const share = paid?.tracedSpendShare.value ?? null;
  if (share === null) return 'How much of the spend reaches a benefit';
  const worst = steps
    .filter((step) => lossBefore(step) !== null)
    .sort((a, b) => compare(lossBefore(b)!, lossBefore(a)!))[0];
  return (
    <>
      <Num trace={{ figure: 'traced_spend_share' }} label={`Share of spend that reaches a benefit ${percent(share)}`}>
        {percent(share)}
      </Num>{' '}
      of the spend reaches a benefit
      {worst?.before && `; most is lost between ${worst.before.type} and ${worst.type}`}
    </>
  );
}

function twinOf(steps: readonly Step[], currency: string): TwinTable {
  const amount = (value: string) => ({ number: value, printed: inFull(value) });
  return {
    columns: ['Layer', 'Records, all IT', `Reaches it, ${currency}`, `Goes no further, ${currency}`],
    rows: steps.map((step) => [
      { text: WORD[step.type] },
      { number: String(step.nodes), printed: count(step.nodes) },
      step.nodes === 0 ? null : amount(step.cost),
      step.nodes === 0 || step.type === 'benefit' ? null : amount(step.unallocated),
    ]),
  };
}
