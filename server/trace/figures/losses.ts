import type { Chain } from '../../core/shares.js';
import { fractionOf, sumOf } from '../../core/benefit-status.js';
import { type Fraction, minus, times, ZERO } from '../../core/exact-amounts.js';
import { type Weights, weightsAt, wholeLayer, wholeNodes } from '../../core/weights.js';
import { invalidField } from '../../http/problem.js';
import type { BenefitStanding } from '../../benefits/standing.service.js';
import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Records } from '../figure.js';
import { asked } from './nodes.js';
import { assumedLinks, unmeasuredBenefits, unprovenMonths } from './sentences.js';
import { restOf } from './unreached.js';

type LossName = 'unrealised' | 'unconfirmed' | 'untraced';
type Row = BenefitStanding['row'];

/** What a step of the funnel has more than the next: of each money benefit, and of all of them. */
interface Loss {
  readonly id: LossName;
  readonly title: string;
  readonly text: string;
  readonly expression: string;
  readonly history: readonly string[];
  /** Of one benefit; null where it has neither of the two. */
  readonly of: (row: Row, tracedShare: (row: Row) => Fraction) => Fraction | null;
  readonly quality: (context: TraceContext) => Promise<string[]>;
  readonly column: Extract<Records, { of: 'values' }>['column'];
  /** What must be recorded of one benefit at least, else the loss is not known. */
  readonly needs: 'realised' | 'confirmed';
  /** Whether only what is not credited to investments counts of the column. */
  readonly isUncredited: boolean;
}

const amount = (text: string | null): Fraction => (text === null ? ZERO : fractionOf(text));
const less = (a: string | null, b: string | null): Fraction | null =>
  a === null && b === null ? null : minus(amount(a), amount(b));
const history = ['benefit_value', 'benefit', 'exchange_rate', 'import'];

const LOSSES: readonly Loss[] = [
  {
    id: 'unrealised',
    title: 'Planned and not realised',
    text: 'Planned value less realised value.',
    expression: 'Σ planned − Σ realised',
    history,
    of: (row) => less(row.planned, row.realised),
    quality: unmeasuredBenefits,
    column: 'unrealised',
    needs: 'realised',
    isUncredited: false,
  },
  {
    id: 'unconfirmed',
    title: 'Realised and not confirmed',
    text: 'Realised value less the value that someone other than its reporter confirmed.',
    expression: 'Σ realised − Σ confirmed',
    history,
    of: (row) => less(row.realised, row.confirmed),
    quality: unprovenMonths,
    column: 'unconfirmed',
    needs: 'confirmed',
    isUncredited: false,
  },
  {
    id: 'untraced',
    title: 'Confirmed and not traced to an investment',
    text: 'Confirmed value less the part of it that the contribution shares credit to investments: due to other causes, or not linked.',
    expression: 'Σ confirmed − Σ V_confirmed(investments)',
    history: ['link', ...history],
    of: (row, tracedShare) =>
      row.confirmed === null ? null : times(amount(row.confirmed), minus({ n: 1n, d: 1n }, tracedShare(row))),
    quality: async (context) => (context.isStakeholder ? [] : await assumedLinks(context)),
    column: 'confirmed',
    needs: 'confirmed',
    isUncredited: true,
  },
];

const BENEFIT_LAYER = 4;

/** The part of a benefit's value that contributions credit to investments. */
const tracedShareOf = async (context: TraceContext): Promise<(row: Row) => Fraction> => {
  const { chain } = (await context.chain()).whole;
  const { numerators, denominator } = weightsAt(chain, 'contribution', wholeLayer(chain, 0));
  return ({ id }) => ({ n: numerators[chain.indexOf.get(id) ?? -1] ?? 0n, d: denominator });
};

const weightsOf = ({ isUncredited }: Loss, chain: Chain, nodes: readonly number[]): Weights =>
  isUncredited
    ? restOf(weightsAt(chain, 'contribution', wholeLayer(chain, 0)), nodes)
    : weightsAt(chain, 'contribution', wholeNodes(BENEFIT_LAYER, nodes));

const entries = async (context: TraceContext, loss: Loss, nodes: readonly number[] | null): Promise<Records> => {
  const { chain } = (await context.chain()).whole;
  const isWhole = nodes === null && !loss.isUncredited;
  return {
    of: 'values',
    title: `${loss.title}, by benefit and month`,
    unit: context.money,
    column: loss.column,
    weights: isWhole ? null : weightsOf(loss, chain, nodes ?? chain.nodesByLayer[BENEFIT_LAYER]!),
  };
};

/** Of all money benefits. Unit: reporting currency. */
const ofAll = (loss: Loss): FigureDefinition => ({
  id: loss.id,
  formula: { text: `${loss.text} Of all money benefits.`, expression: loss.expression },
  forStakeholders: true,
  history: loss.history,
  async work(context) {
    const share = await tracedShareOf(context);
    const parts = (await context.moneyBenefits()).flatMap((row) => {
      const value = loss.of(row, share);
      const trace = context.path(`node.${loss.id}`, { type: 'benefit', ref: row.code });
      return value === null ? [] : [{ label: `${row.code} ${row.name}`, value, unit: context.money, trace }];
    });
    const isUnknown = await context.hasNone(loss.needs);
    return {
      title: loss.title,
      unit: context.money,
      value: isUnknown ? null : sumOf(parts.map(({ value }) => value)),
      ...(isUnknown && { nullReason: loss.needs === 'realised' ? 'nothing_measured' : 'nothing_confirmed' }),
      isNone: parts.length === 0,
      inputs: context.largest(parts.filter(({ value }) => value.n !== 0n)),
      quality: await loss.quality(context),
    };
  },
  records: (context) => entries(context, loss, null),
});

/** Of one money benefit. Unit: reporting currency; null of a benefit that is not money. */
const ofOne = (loss: Loss): FigureDefinition => ({
  id: `node.${loss.id}`,
  formula: { text: `${loss.text} Of one money benefit.`, expression: loss.expression },
  forStakeholders: true,
  history: loss.history,
  async work(context) {
    const node = await askedBenefit(context);
    const row = (await context.moneyBenefits()).find(({ id }) => id === node.id);
    const value = row ? loss.of(row, await tracedShareOf(context)) : null;
    const [above, below] = FROM_TO[loss.id];
    const input = (figure: 'planned' | 'realised' | 'confirmed') => ({
      label: `${figure[0]!.toUpperCase()}${figure.slice(1)} value`,
      value: row && row[figure] !== null ? fractionOf(row[figure]) : ZERO,
      unit: context.money,
      trace: context.path(`node.${figure}`, { type: 'benefit', ref: node.code }),
    });
    return {
      title: `${loss.title}: ${node.code} ${node.name}`,
      unit: context.money,
      value,
      ...(value === null && { nullReason: row ? 'nothing_recorded' : 'not_money' }),
      inputs: row ? [input(above), ...(below ? [input(below)] : [])] : [],
      quality: [],
    };
  },
  async records(context) {
    const { index } = await askedBenefit(context);
    return entries(context, loss, [index]);
  },
});

const FROM_TO = {
  unrealised: ['planned', 'realised'],
  unconfirmed: ['realised', 'confirmed'],
  untraced: ['confirmed', null],
} as const;

/**
 * The benefit that a figure of one benefit is asked of.
 * @throws Problem 404, and 422 where another type is named
 */
export const askedBenefit = async (
  context: TraceContext,
): Promise<{ id: string; code: string; name: string; index: number }> => {
  if (context.node().type !== 'benefit')
    throw invalidField('type', 'field.invalid', 'This figure is of one benefit. Name it by type=benefit and ref.');
  const { facts, index } = await asked(context);
  const { id, code, name } = facts.rows[index]!;
  return { id, code, name, index };
};

/** What is lost between two steps of the funnel, of all benefits and of one. */
export const lossFigures: readonly FigureDefinition[] = [...LOSSES.map(ofAll), ...LOSSES.map(ofOne)];
