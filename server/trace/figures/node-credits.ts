import type { Figure } from '../../contract/trace.js';
import { indexOfRef } from '../../chain/chain.service.js';
import { type Weights, weightsAt, wholeLayer, wholeNodes } from '../../core/weights.js';
import type { ChainFacts } from '../../chain/chain.facts.js';
import { invalidField, notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Input, type Records, SHARE } from '../figure.js';
import { askedBenefit } from './losses.js';
import { capitalised } from './words.js';

/** To which investments a benefit's value is credited, and what of it to none. */

const history = ['benefit_value', 'link', 'exchange_rate', 'import'];
type Kind = 'planned' | 'realised';

export interface Share {
  readonly facts: ChainFacts;
  readonly index: number;
  readonly code: string;
  /** Of the benefit alone: what part of its value counts. */
  readonly weights: Weights;
  /** The investment; null of what is credited to none. */
  readonly to: string | null;
}

/** The weights of a place, at one benefit only. */
const onlyAt = ({ numerators, denominator }: Weights, index: number, isRest: boolean): Weights => ({
  numerators: numerators.map((n, at) => (at !== index ? 0n : isRest ? denominator - n : n)),
  denominator,
});

export const shareOf = async (context: TraceContext, isRest: boolean): Promise<Share> => {
  const { index, code } = await askedBenefit(context);
  const facts = await context.chain();
  const { chain } = facts.whole;
  if (isRest) {
    const weights = onlyAt(weightsAt(chain, 'contribution', wholeLayer(chain, 0)), index, true);
    return { facts, index, code, weights, to: null };
  }
  const { to } = context.query;
  if (to === undefined) throw invalidField('to', 'field.required', 'Name the investment by to, for example to=INV-1.');
  // What is not a benefit is out of a stakeholder's sight.
  if (context.isStakeholder) throw notFound();
  const investment = indexOfRef(facts, 'investment', to);
  const weights = onlyAt(weightsAt(chain, 'contribution', wholeNodes(0, [investment])), index, false);
  return { facts, index, code, weights, to: facts.rows[investment]!.code };
};

const definition = (kind: Kind, isRest: boolean): FigureDefinition => {
  const id: Figure = isRest ? `node.uncredited_${kind}` : `node.credited_${kind}`;
  const titleOf = ({ code, to }: Share): string =>
    to === null
      ? `${capitalised(kind)} value of ${code} that is credited to no investment`
      : `${capitalised(kind)} value of ${code} that is credited to ${to}`;
  return {
    id,
    formula: isRest
      ? {
          text: `The ${kind} value of a benefit, less the parts of it that contribution shares credit to investments: due to other causes, or not linked.`,
          expression: 'V(b) · (1 − Σ over investments i of credit(b→i))',
        }
      : {
          text: `The ${kind} value of a benefit, times the contribution shares of the links on each way from it back to the investment, multiplied; ways added up.`,
          expression: 'V(b) · Σ over ways of contribution · … · contribution',
        },
    // What is not credited can be told without naming an investment.
    forStakeholders: isRest,
    history,
    async work(context) {
      const share = await shareOf(context, isRest);
      const { facts, index, code, weights } = share;
      const of = (await context.standings()).find(({ row }) => row.id === facts.rows[index]!.id);
      const isMoney = of !== undefined && of.row.money;
      // A part of nothing known is not zero.
      const isNone = isMoney && of.standing[kind] === null;
      const noneOf = kind === 'planned' ? 'nothing_planned' : 'nothing_measured';
      const own = facts.whole.values[kind].at(index)!;
      const part = { n: weights.numerators[index] ?? 0n, d: weights.denominator };
      const inputs: Input[] = [
        {
          label: `${capitalised(kind)} value of ${code}`,
          value: own,
          unit: context.money,
          trace: context.path(`node.${kind}`, { type: 'benefit', ref: code }),
        },
        {
          label: isRest ? 'Part that is credited to none' : 'Part that is credited to it',
          value: part,
          unit: SHARE,
          trace: isRest
            ? context.isStakeholder
              ? null
              : context.path('node.uncredited_share', { type: 'benefit', ref: code })
            : context.path('node.credited_share', { type: 'benefit', ref: code, to: share.to! }),
        },
      ];
      return {
        title: titleOf(share),
        unit: context.money,
        value: isMoney && !isNone ? { n: own.n * part.n, d: own.d * part.d } : null,
        ...((!isMoney || isNone) && { nullReason: isNone ? noneOf : 'not_money' }),
        inputs: isMoney && !isNone ? inputs : inputs.slice(1),
        quality: [],
      };
    },
    async records(context): Promise<Records> {
      const share = await shareOf(context, isRest);
      return { of: 'values', title: titleOf(share), unit: context.money, column: kind, weights: share.weights };
    },
  };
};

export const nodeCreditFigures: readonly FigureDefinition[] = (['planned', 'realised'] as const).flatMap((kind) => [
  definition(kind, false),
  definition(kind, true),
]);
