import { useQuery } from '@tanstack/react-query';
import { money } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { traceQuery } from '../../ui/trace-api';

/** What is spent on the skills of the people behind a capability, to date: beside how many there are, whether somebody invests in them. */
export function SkillsSpend({ code }: { code: string }) {
  const page = usePageScope();
  const step = { figure: 'maturity.skills_spend', type: 'capability', ref: code } as const;
  const { data } = useQuery(traceQuery(step, page));
  if (!data || data.value === null) return null;
  const text = money(data.value, page.currency);
  return (
    <p>
      Spend on skills that reaches it, to the end of {periodLabel(page.period, page.fiscalYearStartMonth)}:{' '}
      <Num trace={step} label={`Spend on skills that reaches it ${text}`}>
        {text}
      </Num>
      {data.records.count === 0 && <span className="caption"> No cost of kind skills reaches it.</span>}
    </p>
  );
}
