import type { ScenarioEffect } from '../../../server/contract/scenario.js';
import { isNegative, isZero } from '../../../server/contract/decimal.js';
import type { Scale } from '../../../server/contract/format.js';
import { Figure } from './figure';
import { doingWords } from './words';

/** What the changes would do, in a sentence made by rule. */
export function Message({ effect, scale }: { effect: ScenarioEffect; scale: Scale }) {
  const { changes, totals } = effect;
  const living = changes.filter(({ name }) => name !== null).map(({ change }) => change);
  const [first] = living;
  if (changes.length === 0) return <>Choose an investment or an initiative, and what would happen to it</>;
  if (!first) return <>Nothing that is changed here exists any more, so nothing would change</>;
  const isOne = living.length === 1;
  const verb = (one: string, many: string): string => (isOne ? one : many);
  const amount = (figure: typeof totals.sunk, name: string) => (
    <Figure figure={figure} name={name} scale={scale} isMagnitude withUnit />
  );
  const { cost, benefit, sunk, delayed } = totals;
  const saved = cost.difference.value;
  const changed = benefit.difference.value;
  const isDelayed = delayed.value !== null && !isZero(delayed.value);
  const later = amount(delayed, 'Expected benefit that comes later');
  return (
    <>
      {isOne ? doingWords(first) : `These ${living.length} changes together`}{' '}
      {saved === null ? (
        `${verb('saves', 'save')} no planned cost`
      ) : isZero(saved) ? (
        `${verb('saves', 'save')} nothing`
      ) : isNegative(saved) ? (
        <>
          {verb('saves', 'save')} {amount(cost.difference, 'Saved cost to come')}
        </>
      ) : (
        <>
          {verb('costs', 'cost')} {amount(cost.difference, 'Added cost to come')} more
        </>
      )}{' '}
      and{' '}
      {changed === null ? (
        `${verb('touches', 'touch')} no expected benefit in money`
      ) : isZero(changed) ? (
        isDelayed ? (
          <>
            {verb('moves', 'move')} {later} of expected benefit to later months
          </>
        ) : (
          `${verb('changes', 'change')} no expected benefit`
        )
      ) : (
        <>
          {isNegative(changed) ? (
            <>
              {verb('puts', 'put')} {amount(benefit.difference, 'Expected benefit at risk')} of expected benefit at risk
            </>
          ) : (
            <>
              {verb('adds', 'add')} {amount(benefit.difference, 'Added expected benefit')} of expected benefit
            </>
          )}
          {isDelayed && <>, with {later} more coming later</>}
        </>
      )}
      {sunk.value !== null && !isZero(sunk.value) && <>; {amount(sunk, 'Spent already')} is already spent either way</>}
      .
    </>
  );
}
