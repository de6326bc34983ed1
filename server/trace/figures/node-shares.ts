import { compareCodes } from '../../chain/codes.js';
import { chainLinksTo } from '../../chain/ways-back.js';
import { sumOf } from '../../core/benefit-status.js';
import { type Fraction } from '../../core/exact-amounts.js';
import { type Place, weightsUpTo, wholeLayer, wholeNodes } from '../../core/weights.js';
import { indexOfRef } from '../../chain/chain.service.js';
import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Input, type Listed, SHARE } from '../figure.js';
import { type Share, shareOf } from './node-credits.js';

/** What part of a benefit's value is credited to an investment, to none, and to all together. */

const INVESTMENT_LAYER = 0;
const OUTCOME_LAYER = 3;
const history = ['link', 'import'];

const partOf = ({ weights, index }: Share): Fraction => ({
  n: weights.numerators[index] ?? 0n,
  d: weights.denominator,
});

/** Link by link into the benefit: its share, times what the ways behind it pass on. They add up to the part, exactly. */
const throughLinks = ({ facts, index }: Share, place: Place, isRest: boolean): Listed[] => {
  const { chain } = facts.whole;
  const { numerators, denominator } = weightsUpTo(chain, 'contribution', place, OUTCOME_LAYER);
  const whole = chain.contribution.denominators[OUTCOME_LAYER]!;
  const links = (chain.linksByBoundary[OUTCOME_LAYER] ?? []).filter((link) => chain.to[link] === index);
  const through = links.map((link): Listed => {
    const from = chain.from[link]!;
    const passed = numerators[from] ?? 0n;
    const [{ code, name }, to] = [facts.rows[from]!, facts.rows[index]!];
    const isAssumed = chain.links[link]!.contribution === null;
    return {
      type: 'link',
      code: `${code} → ${to.code}`,
      name,
      note: isAssumed ? 'Assumed' : 'Stated',
      amount: {
        n: chain.contribution.ofLink[link]! * (isRest ? denominator - passed : passed),
        d: whole * denominator,
      },
    };
  });
  const left = chain.contribution.leftOver[index] ?? 0n;
  const { code, name } = facts.rows[index]!;
  const rest: Listed = { type: 'benefit', code, name, note: 'No link carries it', amount: { n: left, d: whole } };
  return [...through, ...(isRest ? [rest] : [])].filter(({ amount }) => amount.n !== 0n);
};

const share = (isRest: boolean): FigureDefinition => {
  const titleOf = ({ code, to }: Share): string =>
    `Part of the value of ${code} that is credited to ${to ?? 'no investment'}`;
  return {
    id: isRest ? 'node.uncredited_share' : 'node.credited_share',
    formula: isRest
      ? {
          text: 'One, less the parts of a benefit’s value that contribution shares credit to investments: due to other causes, or not linked.',
          expression: '1 − Σ over investments i of credit(b→i)',
        }
      : {
          text: 'The contribution shares of the links on each way from the benefit back to the investment, multiplied; ways added up.',
          expression: 'Σ over ways of contribution · … · contribution',
        },
    // What is not credited can be told without naming an investment; its records name outcomes.
    forStakeholders: false,
    history,
    async work(context) {
      const found = await shareOf(context, isRest);
      return { title: titleOf(found), unit: SHARE, value: partOf(found), inputs: [], quality: [] };
    },
    async records(context) {
      const found = await shareOf(context, isRest);
      const { chain } = found.facts.whole;
      const place = isRest
        ? wholeLayer(chain, INVESTMENT_LAYER)
        : wholeNodes(INVESTMENT_LAYER, [indexOfRef(found.facts, 'investment', found.to!)]);
      return { of: 'list', title: titleOf(found), unit: SHARE, items: throughLinks(found, place, isRest) };
    },
  };
};

interface Part {
  readonly code: string | null;
  readonly name: string;
  readonly amount: Fraction;
}

/** To which investments a benefit is credited, by code, and last what is credited to none. */
const partsOf = async (context: TraceContext): Promise<{ code: string; parts: Part[] }> => {
  const rest = await shareOf(context, true);
  const { rows, whole } = rest.facts;
  const { nodes } = chainLinksTo(whole.chain, rest.index);
  const investments = [...nodes]
    .filter((node) => whole.chain.layerOf[node] === INVESTMENT_LAYER)
    .map((node) => rows[node]!)
    .sort((a, b) => compareCodes(a.code, b.code));
  const parts: Part[] = [];
  for (const { code, name } of investments) {
    const part = partOf(await shareOf(context.within({ to: code }), false));
    if (part.n !== 0n) parts.push({ code, name, amount: part });
  }
  return { code: rest.code, parts: [...parts, { code: null, name: 'Credited to none', amount: partOf(rest) }] };
};

/** Question: is all of the benefit's value accounted for? A fraction: the parts credited to investments, and the rest. */
const all: FigureDefinition = {
  id: 'node.credit_shares',
  formula: {
    text: 'The parts of a benefit’s value that are credited to investments, and the part that is credited to none, added up: the whole value is accounted for, none of it twice.',
    expression: 'Σ over investments i of credit(b→i) + what is credited to none',
  },
  forStakeholders: false,
  history,
  async work(context) {
    const { code, parts } = await partsOf(context);
    const inputs = parts.map(({ code: to, name, amount }): Input => ({
      label: to === null ? name : `${to} ${name}`,
      value: amount,
      unit: SHARE,
      trace:
        to === null
          ? context.path('node.uncredited_share', { type: 'benefit', ref: code })
          : context.path('node.credited_share', { type: 'benefit', ref: code, to }),
    }));
    const value = sumOf(parts.map(({ amount }) => amount));
    return { title: `Parts of the value of ${code}, credited and not`, unit: SHARE, value, inputs, quality: [] };
  },
  async records(context) {
    const { code, parts } = await partsOf(context);
    const items = parts.map(({ code: to, name, amount }): Listed =>
      to === null
        ? { type: 'benefit', code, name, note: null, amount }
        : { type: 'investment', code: to, name, note: null, amount },
    );
    return { of: 'list', title: `Parts of the value of ${code}, credited and not`, unit: SHARE, items };
  },
};

export const nodeShareFigures: readonly FigureDefinition[] = [share(false), share(true), all];
