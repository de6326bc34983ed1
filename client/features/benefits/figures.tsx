import type { ReactNode } from 'react';
import type { Overview } from '../../../server/contract/overview.js';
import type { BenefitLine, BenefitSums } from '../../../server/contract/register.js';
import type { Figure } from '../../../server/contract/trace.js';
import { isNegative, isZero } from '../../../server/contract/decimal.js';
import { decimalsOf, percent, scaled, scaleFor, signed, unitOf, type Scale } from '../../../server/contract/format.js';
import { Amount, Variance } from '../../ui/amount';
import { Num } from '../../ui/num';
import type { PageScope } from '../../ui/page-scope';

/** Figures of a line and of a class, on the one scale of the money of the page. */

/** Amounts in a unit of their own are not scaled. */
export const UNITS: Scale = { exponent: 0, suffix: '' };

export interface Printing {
  currency: string;
  scale: Scale;
  /** The most decimals of each column, so that its figures stand on one decimal sign. */
  decimals: Record<AmountKind, number>;
}

export type AmountKind = 'planned' | 'realised' | 'variance' | 'approved' | 'expected';
type Impact = 'favourable' | 'unfavourable' | 'neutral';

const AMOUNTS: Record<AmountKind, { name: string; figure: Figure; of: (line: BenefitLine) => string | null }> = {
  planned: { name: 'Planned to date', figure: 'node.planned', of: ({ planned }) => planned },
  realised: { name: 'Realised to date', figure: 'node.realised', of: ({ realised }) => realised },
  variance: { name: 'Realised less planned', figure: 'node.variance', of: ({ variance }) => variance },
  approved: {
    name: 'Realised less baseline plan',
    figure: 'node.baseline_variance',
    of: ({ baselineVariance }) => baselineVariance,
  },
  expected: { name: 'Expected, full life', figure: 'node.expected', of: ({ expected }) => expected },
};
const SUMS: Record<AmountKind, { name: string; figure: Figure; of: (sums: BenefitSums) => string | null }> = {
  planned: { name: 'planned to date', figure: 'listed.planned', of: ({ planned }) => planned },
  realised: { name: 'realised to date', figure: 'listed.realised', of: ({ realised }) => realised },
  variance: { name: 'realised less planned', figure: 'listed.variance', of: ({ variance }) => variance },
  approved: {
    name: 'realised less baseline plan',
    figure: 'listed.baseline_variance',
    of: ({ baselineVariance }) => baselineVariance,
  },
  expected: { name: 'expected, full life', figure: 'listed.expected', of: ({ expected }) => expected },
};

const KINDS = Object.keys(AMOUNTS) as AmountKind[];

/** One scale for all money of the table, its sums included. */
export function printingOf(lines: readonly BenefitLine[], sums: readonly BenefitSums[], currency: string): Printing {
  const money = lines.filter((line) => line.money);
  const amounts = (kind: AmountKind): string[] =>
    [...money.map(AMOUNTS[kind].of), ...sums.map(SUMS[kind].of)].filter((amount) => amount !== null);
  const scale = scaleFor(KINDS.flatMap(amounts));
  const most = (kind: AmountKind) => Math.max(0, ...amounts(kind).map((amount) => decimalsOf(scaled(amount, scale))));
  return {
    currency,
    scale,
    decimals: Object.fromEntries(KINDS.map((kind) => [kind, most(kind)])) as Record<AmountKind, number>,
  };
}

/** A fall is good where lower is better. */
export const impactOf = (amount: string, better: 'higher' | 'lower'): Impact => {
  if (isZero(amount)) return 'neutral';
  return isNegative(amount) === (better === 'lower') ? 'favourable' : 'unfavourable';
};

/** In place of a figure: it is not 0, and says why. */
export const Missing = ({ why }: { why: string }) => (
  <abbr title={why} className="benefit-missing">
    x<span className="visually-hidden"> {why}</span>
  </abbr>
);

/** Why a line has no such figure: nothing of it was recorded, which is not 0. */
const missingWhy = (kind: AmountKind, line: BenefitLine): string => {
  if (kind === 'planned') return 'nothing planned to date';
  if (kind === 'expected')
    return line.money ? 'nothing recorded' : 'its months are not added up over its life, or none is recorded';
  return kind !== 'realised' && line.planned === null ? 'nothing planned to date' : 'not measured';
};

interface LineAmountProps {
  kind: AmountKind;
  line: BenefitLine;
  printing: Printing;
}

/** An amount of one benefit: of money in the scale of the column, else in its own unit. */
export function LineAmount({ kind, line, printing }: LineAmountProps): ReactNode {
  const { name, figure, of } = AMOUNTS[kind];
  const amount = of(line);
  if (amount === null) return <Missing why={missingWhy(kind, line)} />;
  const { scale, currency, decimals } = printing;
  const trace = { figure, type: 'benefit', ref: line.code };
  const label = `${name}, ${line.code}`;
  const at = line.money ? scale : UNITS;
  const unit = line.money ? unitOf(scale, currency) : (line.unit ?? '');
  const own = !line.money && <span className="register-second caption">{line.unit}</span>;
  if (kind === 'variance' || kind === 'approved') {
    const impact = impactOf(amount, line.better);
    return (
      <Num trace={trace} label={`${label} ${signed(amount, at)} ${unit}, ${impact}`}>
        <Variance {...{ amount, impact }} scale={at} {...(line.money ? { decimals: decimals[kind] } : {})} />
        {own}
      </Num>
    );
  }
  const isLanding = kind === 'expected';
  return (
    <span className={isLanding ? 'landing' : ''}>
      {line.money ? (
        <Amount {...{ amount, scale, trace }} name={label} decimals={decimals[kind]} />
      ) : (
        <Num trace={trace} label={`${label} ${scaled(amount, UNITS)} ${unit}`.trim()}>
          {scaled(amount, UNITS)}
          {own}
        </Num>
      )}
    </span>
  );
}

/** The difference as a share of the plan: signed, with a shape beside the colour. */
export function LineShare({ line }: { line: BenefitLine }): ReactNode {
  const { varianceShare: share, variance } = line;
  if (share === null)
    return variance === null ? (
      <Missing why={missingWhy('variance', line)} />
    ) : (
      <Missing why="the plan is 0, so there is no share of it" />
    );
  const impact = impactOf(share, line.better);
  const text = `${isZero(share) || isNegative(share) ? '' : '+'}${percent(share)}`;
  const tone = impact === 'favourable' ? 'variance-good' : impact === 'unfavourable' ? 'variance-bad' : '';
  return (
    <Num
      trace={{ figure: 'node.variance_share', type: 'benefit', ref: line.code }}
      label={`Realised less planned as a share of the plan, ${line.code} ${text}, ${impact}`}
    >
      <span className={`figures ${tone}`} data-impact={impact}>
        {impact !== 'neutral' && <span aria-hidden="true">{impact === 'favourable' ? '▲ ' : '▼ '}</span>}
        {text}
      </span>
    </Num>
  );
}

interface ClassAmountProps {
  kind: AmountKind;
  /** `Cashable`. */
  of: string;
  sums: BenefitSums;
  printing: Printing;
}

/** What the lines of a class add up to. */
export function ClassAmount({ kind, of, sums, printing }: ClassAmountProps): ReactNode {
  const { name, figure, of: pick } = SUMS[kind];
  const amount = pick(sums);
  if (amount === null) return <Missing why={kind === 'planned' ? 'nothing planned to date' : 'nothing recorded'} />;
  const { scale, currency, decimals } = printing;
  const trace = { figure, among: sums.among };
  const label = `${of}, ${name}`;
  if (kind !== 'variance' && kind !== 'approved') {
    return (
      <span className={kind === 'expected' ? 'landing' : ''}>
        <Amount {...{ amount, scale, trace }} name={label} decimals={decimals[kind]} />
      </span>
    );
  }
  // Of money more is better, whatever a single line says of itself.
  const impact = impactOf(amount, 'higher');
  return (
    <Num trace={trace} label={`${label} ${signed(amount, scale)} ${unitOf(scale, currency)}, ${impact}`}>
      <Variance {...{ amount, impact, scale }} decimals={decimals[kind]} />
    </Num>
  );
}

const RATES = {
  current: 'listed.realisation_rate',
  baseline: 'listed.baseline_realisation_rate',
  measured: 'listed.measured_rate',
  coverage: 'listed.coverage',
} as const;

/** The rates of a class, each with the path of its trace. */
export function tracedRates({ rates, among }: BenefitSums, { portfolio, orgUnit }: PageScope): Overview['rates'] {
  const scope = { ...(portfolio && { portfolio }), ...(orgUnit && { orgUnit }) };
  const of = (kind: keyof typeof RATES) => ({
    value: rates[kind],
    trace: `/trace/${RATES[kind]}?${new URLSearchParams({ among, ...scope })}`,
  });
  const { fixed, standIns } = rates;
  return {
    current: of('current'),
    baseline: of('baseline'),
    measured: of('measured'),
    coverage: of('coverage'),
    fixed,
    standIns,
  };
}
