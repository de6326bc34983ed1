import type { Layer } from '../../contract/chain.js';
import type { Side } from '../../contract/scenario-words.js';
import type { Figure } from '../../contract/trace.js';
import { type Fraction, negated } from '../../core/exact-amounts.js';
import { lines as of } from '../../scenarios/effect.service.js';
import { type FigureDefinition, type Input, SHARE, type Unit } from '../figure.js';
import { asked, type Asked, history, isLevel, naming, quality, RECORDS, unitOf, valueOf } from './scenario-asked.js';
import { listedCredits, listedLines } from './scenario-records.js';

/** What of a benefit or outcome is at risk, and what of a benefit is credited to what is changed. */

const shareFigure = (
  id: Figure,
  title: string,
  formula: FigureDefinition['formula'],
  types: readonly Layer[],
  share: (found: Asked) => Fraction | null,
): FigureDefinition => ({
  id,
  formula,
  forStakeholders: false,
  history,
  async work(context) {
    const found = await asked(context, types);
    const unit = unitOf(context, found);
    const known = !isLevel(found) || id === 'scenario.credited_share';
    const side = (label: string, kind: Side): Input => ({
      label,
      value: of.sumOfLines(valueOf(found), kind),
      unit,
      trace: context.path('scenario.value', { ...naming(context), kind }),
    });
    return {
      title: `${title} of ${found.name}`,
      unit: SHARE,
      value: known ? share(found) : null,
      nullReason: isLevel(found) ? 'level_not_sum' : 'nothing_to_come',
      inputs:
        id === 'scenario.share' && known
          ? [
              lost(found, unit),
              side('Expected, nothing changed', 'baseline'),
              side('Expected, difference', 'difference'),
            ]
          : [],
      quality: quality(found),
    };
  },
  async records(context) {
    const found = await asked(context, types);
    if (id === 'scenario.credited_share')
      return {
        of: 'list',
        title: 'Part credited to each changed investment',
        unit: SHARE,
        items: listedCredits(found.effect, found.node),
      };
    const items = isLevel(found) ? [] : listedLines(found.effect, valueOf(found), 'difference');
    return {
      of: 'list',
      title: 'Numerator: what is lost, month by month',
      unit: unitOf(context, found),
      items: items.map((item) => ({ ...item, amount: negated(item.amount) })),
    };
  },
});

/** The numerator. */
const lost = (found: Asked, unit: Unit): Input => {
  const change = of.sumOfLines(valueOf(found), 'difference');
  return { label: 'Lost', value: change === null ? null : negated(change), unit, trace: null };
};

/** Question: what part of what is expected is lost? A fraction, negative where something is gained; null where nothing is expected, or of a level. */
const share = shareFigure(
  'scenario.share',
  'Share at risk',
  {
    text: 'What the changes take from the expected value, divided by the expected value with nothing changed. What only comes later is not lost.',
    expression: '(Σ value, nothing changed − Σ value, with the changes) ÷ |Σ value, nothing changed|',
  },
  RECORDS,
  (found) => of.shareLost(valueOf(found)),
);

/** Question: what part of a benefit is credited to what is changed? A fraction. */
const creditedShare = shareFigure(
  'scenario.credited_share',
  'Credited share',
  {
    text: 'The part of the benefit’s value that contributions credit to what is changed: the contributions along each path multiplied, all paths added up. No path counts twice.',
    expression: 'Σ over paths Π contribution',
  },
  ['benefit'],
  ({ effect, node }) => (node === null ? null : { n: effect.whatIf.creditedShare(node), d: effect.whatIf.valueShares }),
);

export const scenarioShares: readonly FigureDefinition[] = [share, creditedShare];
