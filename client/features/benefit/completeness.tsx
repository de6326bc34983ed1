import { Link } from '@tanstack/react-router';
import type { BenefitSummary, DoamLack, DoamTest } from '../../../server/contract/benefit-page.js';
import type { Rights } from '../../../server/contract/rights.js';
import { recordPath } from '../../lib/registers';
import { RecordLink } from '../records/record-link';

const TESTS: Record<DoamTest, { name: string; asks: string }> = {
  described: { name: 'Described', asks: 'what it is, and who answers for it' },
  observable: { name: 'Observable', asks: 'what would be seen if it came' },
  attributable: { name: 'Attributable', asks: 'what it is due to' },
  measurable: { name: 'Measurable', asks: 'how much, and when' },
};

type Lack = BenefitSummary['completeness'][number]['lacks'][number];

const SENTENCES: Record<DoamLack, (lack: Lack) => string> = {
  type: () => 'Its type is not stated.',
  nature: () => 'Its class is not stated.',
  owner: () => 'Nobody answers for it.',
  org_unit: () => 'No unit is accountable for it.',
  unit: () => 'It has no unit.',
  baseline: () => 'It has no baseline: a change cannot be shown without a baseline.',
  outcome_measure: () => 'No outcome that leads to it is measured from a baseline.',
  no_outcome: () => 'No outcome leads to it.',
  no_investment: () => 'Its links reach no investment.',
  assumed_shares: ({ count, of }) =>
    of === 1
      ? 'The one share on the way is assumed, not stated.'
      : `${count} of ${of} shares on the way ${count === 1 ? 'is' : 'are'} assumed, not stated.`,
  plan: () => 'No month is planned.',
  conversion: () => 'How a measure becomes money is not stated.',
  overdue: ({ count, of }) =>
    of === 1
      ? 'The one month that is due by today has no value.'
      : `${count} of ${of} months that are due by today ${count === 1 ? 'has' : 'have'} no value.`,
};

/** What repairs it: a field of the benefit, a link, the months, or another record. */
const REPAIRS: Record<DoamLack, { field: string } | 'link' | 'values' | 'path' | 'record'> = {
  type: { field: 'type' },
  nature: { field: 'nature' },
  owner: { field: 'ownerEmail' },
  org_unit: { field: 'orgUnitCode' },
  unit: { field: 'unit' },
  baseline: { field: 'baseline' },
  outcome_measure: 'record',
  no_outcome: 'link',
  no_investment: 'path',
  assumed_shares: 'path',
  plan: 'values',
  conversion: { field: 'conversion' },
  overdue: 'values',
};

interface CompletenessProps {
  data: BenefitSummary;
  rights: Rights;
  seesChain: boolean;
}

/** The four tests of a benefit: met, or what it lacks with a way to repair it. */
export function Completeness({ data, rights, seesChain }: CompletenessProps) {
  const { completeness, code } = data;
  return (
    <div className="benefit-tests">
      <h3>Is it complete?</h3>
      <ul>
        {completeness.map(({ test, lacks }) => (
          <li key={test} data-test={test} data-met={lacks.length === 0}>
            <p>
              <span className={lacks.length === 0 ? '' : 'gap-flag'}>
                <span aria-hidden="true">{lacks.length === 0 ? '✓' : '▲'} </span>
                <strong>{TESTS[test].name}</strong>
                {lacks.length === 0 ? ': yes' : ': not yet'}
              </span>{' '}
              <span className="caption">{TESTS[test].asks}</span>
            </p>
            {lacks.length > 0 && (
              <ul>
                {lacks.map((lack) => (
                  <li key={lack.id}>
                    {SENTENCES[lack.id](lack)} <Repair {...{ lack, code, rights, seesChain }} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface RepairProps {
  lack: Lack;
  code: string;
  rights: Rights;
  seesChain: boolean;
}

function Repair({ lack, code, rights, seesChain }: RepairProps) {
  const repair = REPAIRS[lack.id];
  const path = recordPath('benefit', code);
  if (repair === 'path')
    return seesChain ? (
      <Link to="/chain/$type/$ref" params={{ type: 'benefit', ref: code }}>
        See the chain
      </Link>
    ) : null;
  if (repair === 'record')
    return lack.record === null || !seesChain ? null : (
      <RecordLink type="outcome" code={lack.record.ref}>
        Open {lack.record.ref}
      </RecordLink>
    );
  if (repair === 'link')
    return rights.mayLinkTo ? (
      <Link to="/links/new" search={{ to: `benefit:${code}`, return: path }}>
        Add a link from an outcome
      </Link>
    ) : null;
  if (!rights.mayWrite) return null;
  if (repair === 'values')
    return (
      <Link to="/enter" search={{ q: code, show: 'all' }}>
        {lack.id === 'plan' ? 'Plan its months' : 'Enter the values'}
      </Link>
    );
  return (
    <Link to="/benefits/$ref/edit" params={{ ref: code }} search={{ field: repair.field, return: path }}>
      State it
    </Link>
  );
}
