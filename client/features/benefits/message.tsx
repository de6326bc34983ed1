import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { BenefitList } from '../../../server/contract/register.js';
import { count, percent } from '../../../server/contract/format.js';
import { Num } from '../../ui/num';
import { statusWord } from '../../ui/status';

/** `24 benefits: 4 off track, 9 on track; 31.0 % of the realised value is not yet evidenced; 3 of 10 declared statuses …`, of the whole scope. */
export function BenefitsMessage({ facts, readsGaps }: { facts: BenefitList['facts']; readsGaps: boolean }) {
  if (facts.benefits === 0) return <>No benefits yet.</>;
  return (
    <>
      <Num trace={{ figure: 'benefits' }} label={`${count(facts.benefits)} benefits`}>
        {count(facts.benefits)}
      </Num>{' '}
      {facts.benefits === 1 ? 'benefit' : 'benefits'}
      <Statuses {...{ facts }} />
      {facts.unevidencedShare === 0 && '; all realised value is evidenced'}
      {facts.unevidencedShare !== null && facts.unevidencedShare !== 0 && (
        <>
          ;{' '}
          <Num
            trace={{ figure: 'unevidenced_share' }}
            label={`${percent(facts.unevidencedShare)} of realised value is not yet evidenced`}
          >
            {percent(facts.unevidencedShare)}
          </Num>{' '}
          of realised value is not yet evidenced
        </>
      )}
      <Declared {...{ facts }} />
      {facts.noOwner > 0 && (
        <>
          ;{' '}
          <Link
            to="."
            search={(current: Record<string, unknown>) => ({
              ...current,
              ...(readsGaps ? { gap: 'no_owner' } : { owner: 'none' }),
            })}
          >
            {count(facts.noOwner)} {facts.noOwner === 1 ? 'has' : 'have'} no owner
          </Link>
        </>
      )}
      .
    </>
  );
}

/** What asks for somebody to act stands first. */
const TOLD = ['off_track', 'at_risk', 'unmeasured', 'on_track', 'not_due'] as const;

function Statuses({ facts }: { facts: BenefitList['facts'] }) {
  const found = TOLD.flatMap((kind) => facts.statuses.filter(({ status, count }) => status === kind && count > 0));
  return found.map(({ status, count: number }, at) => {
    const word = statusWord(status).toLowerCase();
    return (
      <Fragment key={status}>
        {at === 0 ? ': ' : ', '}
        <Num trace={{ figure: 'status', kind: status }} label={`${count(number)} ${word}`}>
          {count(number)}
        </Num>{' '}
        {word}
      </Fragment>
    );
  });
}

function Declared({ facts }: { facts: BenefitList['facts'] }) {
  const { declared, declaredOtherwise, declaredBetter, statusMismatchShare } = facts;
  if (declared === 0) return null;
  const all = (
    <Num trace={{ figure: 'declared' }} label={`${count(declared)} benefits with a declared status`}>
      {count(declared)}
    </Num>
  );
  if (declaredOtherwise === 0)
    return (
      <>
        ; {declared === 1 ? 'the' : 'all'} {all} declared {declared === 1 ? 'status agrees' : 'statuses agree'} with the
        figures
      </>
    );
  const words = declared === 1 ? 'declared status differs' : 'declared statuses differ';
  return (
    <>
      ;{' '}
      <Num
        trace={{ figure: 'declared_otherwise' }}
        label={`${count(declaredOtherwise)} ${words} from what the figures say`}
      >
        {count(declaredOtherwise)}
      </Num>{' '}
      of {all} {words}
      {declaredBetter > 0 && statusMismatchShare !== null && (
        <>
          ,{' '}
          <Num
            trace={{ figure: 'status_mismatch_share' }}
            label={`${percent(statusMismatchShare)} of the declared statuses are better than the computed ones`}
          >
            {percent(statusMismatchShare)}
          </Num>{' '}
          for the better
        </>
      )}
    </>
  );
}
