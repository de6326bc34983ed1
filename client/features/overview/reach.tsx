import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Chain, GapKind, Layer } from '../../../server/contract/chain.js';
import type { Overview } from '../../../server/contract/overview.js';
import type { Figure } from '../../../server/contract/trace.js';
import { Bar, domainOf } from '../../charts/bars';
import { ChartFigure } from '../../charts/chart-figure';
import type { TwinTable } from '../../charts/twin';
import { compare, isZero, negate } from '../../../server/contract/decimal.js';
import { count, day, inFull, money, scaled, unitOf, type Scale } from '../../../server/contract/format.js';
import { lastDay } from '../../lib/period';
import { Amount } from '../../ui/amount';
import { Num } from '../../ui/num';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { gapSearch } from './gap-search';
import { Traced } from './traced';

type Reached = Chain['totals']['reached'][number];

/** A layer of the chain: what reaches it, and what stopped at the layer before. */
interface Step extends Reached {
  before: Reached | undefined;
}

/** The gap that the money falls into after a layer. */
const GAP_AFTER: Partial<Record<Layer, GapKind>> = {
  investment: 'investment_without_initiative',
  initiative: 'initiative_without_capability',
  capability: 'capability_without_outcome',
  outcome: 'outcome_without_benefit',
};

const WORD: Record<Layer, string> = {
  investment: 'Investment',
  initiative: 'Initiative',
  capability: 'Capability',
  outcome: 'Outcome',
  benefit: 'Benefit',
};

/** How much of the spend reaches a benefit: five bars on one scale, each with what was lost before it. */
export function Reach({ chain, overview, scale }: { chain: Chain; overview: Overview | undefined; scale: Scale }) {
  const page = usePageScope();
  const steps = chain.totals.reached.map((reached, at, all): Step => ({ ...reached, before: all[at - 1] }));
  const domain = domainOf(steps.flatMap(({ cost, before }) => [cost, before?.cost ?? '0']));
  return (
    <ChartFigure
      name="spend-by-layer"
      message={<ReachMessage {...{ steps, overview, scale }} />}
      about={`${page.scopeName} · actual cost that reaches each layer, ${unitOf(scale, page.currency)}, rounded · to ${day(lastDay(page.period, page.fiscalYearStartMonth))}`}
      twin={twinOf(steps, page.currency)}
    >
      <ul className="reach">
        {steps.map((step) => (
          <li key={step.type}>
            <span className="reach-layer">{WORD[step.type]}</span>
            <span className="reach-amount">
              {step.nodes === 0 ? null : (
                <Amount
                  amount={step.cost}
                  scale={scale}
                  name={`Spend that reaches ${WORD[step.type].toLowerCase()} level`}
                  trace={{ figure: `reached.${step.type}` as Figure }}
                />
              )}
            </span>
            <span className="reach-bar">
              <Bar
                domain={domain}
                actual={step.nodes === 0 ? null : step.cost}
                shortfall={step.before?.unallocated}
                height={14}
              />
            </span>
            <span className="reach-loss">
              <Loss step={step} scale={scale} page={page} />
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

function Loss({ step, scale, page }: { step: Step; scale: Scale; page: PageScope }): ReactNode {
  const { before, type, nodes } = step;
  const word = WORD[type].toLowerCase();
  const lost = lossBefore(step);
  const absent = nodes === 0 ? `no ${word} exists in the data` : `no ${word}`;
  // Links and records are those of the whole enterprise in every scope; their number would read as the scope's.
  const counted = page.portfolio || page.orgUnit ? null : <span className="caption">{countOf(step)}</span>;
  if (before === undefined) return nodes === 0 ? absent : counted;
  if (lost === null) return nodes === 0 ? <span className="none-recorded">{absent}</span> : counted;
  const kind = GAP_AFTER[before.type];
  return (
    <span className="variance-bad">
      <Num
        trace={{ figure: `lost.${before.type}` as Figure }}
        label={`${money(negate(lost), page.currency, scale)}, ${absent}: spend that goes no further than the ${PLURAL[before.type]}`}
      >
        <span aria-hidden="true">▼ </span>
        {scaled(negate(lost), scale)}
      </Num>{' '}
      <Link to="/chain" search={gapSearch(kind)} className="reach-gap">
        {absent}
        <span className="visually-hidden">: show these records in the chain</span>
      </Link>
    </span>
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

interface MessageProps {
  steps: readonly Step[];
  overview: Overview | undefined;
  scale: Scale;
}

function ReachMessage({ steps, overview, scale }: MessageProps): ReactNode {
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
  const share = overview?.untracedSpendShare ?? null;
  if (share === null || share.value === null) return 'How much of the spend reaches a benefit';
  if (isZero(share.value)) return 'All spend reaches a benefit';
  const worst = steps
    .filter((step) => lossBefore(step) !== null)
    .sort((a, b) => compare(lossBefore(b)!, lossBefore(a)!))[0];
  return (
    <>
      <Traced figure={share} form="share" scale={scale} name="Share of spend that reaches no benefit" /> of the spend
      reaches no benefit
      {worst?.before && `; most is lost before the ${worst.type}`}
    </>
  );
}

function twinOf(steps: readonly Step[], currency: string): TwinTable {
  const amount = (value: string, figure: Figure) => ({
    number: value,
    printed: inFull(value),
    trace: { figure },
    label: inFull(value, currency),
  });
  return {
    columns: ['Layer (records of all IT)', `Reaches it, ${currency}`, `Lost before it, ${currency}`],
    rows: steps.map((step) => [
      { text: `${WORD[step.type]} (${count(step.nodes)})` },
      step.nodes === 0 ? null : amount(step.cost, `reached.${step.type}` as Figure),
      step.before === undefined ? null : amount(step.before.unallocated, `lost.${step.before.type}` as Figure),
    ]),
  };
}
