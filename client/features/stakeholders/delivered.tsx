import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Value } from '../../../server/contract/benefit.js';
import type { Stakeholders } from '../../../server/contract/stakeholder.js';
import { brief, day, inFull, money, scaleFor } from '../../lib/format';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { Status } from '../../ui/status';
import { valueQuery } from '../overview/api';

type Outcome = Stakeholders['outcomes'][number];
type Benefit = Value['benefits'][number];

/** More than these are in the register. */
const MOST = 8;

/** What came, in plain sentences: benefits against their plan to date, outcomes whose day has come. */
export function Delivered({ outcomes }: { outcomes: readonly Outcome[] }) {
  const page = usePageScope();
  const value = useQuery(valueQuery({ ...page, portfolio: undefined }));
  const due = outcomes.filter(({ isDue }) => isDue);
  return (
    <section className="card" aria-labelledby="got-head">
      <h2 id="got-head">What you got</h2>
      <QueryState query={value} what="the benefits">
        {({ benefits }) => <Benefits benefits={benefits.filter(({ status }) => status !== 'not_due')} />}
      </QueryState>
      {due.length > 0 && (
        <>
          <h3>Outcomes that were due</h3>
          <OutcomeList outcomes={due} />
        </>
      )}
    </section>
  );
}

function Benefits({ benefits }: { benefits: readonly Benefit[] }) {
  const { currency } = usePageScope();
  if (benefits.length === 0) return <Empty>No benefit is due here yet.</Empty>;
  const shown = benefits.slice(0, MOST);
  const amount = ({ money: isMoney, unit }: Benefit, text: string): string =>
    isMoney ? money(text, currency, scaleFor([text])) : [brief(text), unit].filter(Boolean).join(' ');
  return (
    <>
      <ul className="delivered">
        {shown.map((benefit) => (
          <li key={benefit.code}>
            <Link to="/benefits/$ref" params={{ ref: benefit.code }}>
              {benefit.name}
            </Link>
            <span>
              {benefit.status === 'unmeasured'
                ? `nothing measured of ${amount(benefit, benefit.planned)} planned`
                : `${amount(benefit, benefit.realised)} of ${amount(benefit, benefit.planned)} planned to date`}
            </span>
            <Status status={benefit.status} />
          </li>
        ))}
      </ul>
      {benefits.length > shown.length && (
        <p className="caption">
          {shown.length} of {benefits.length} shown; <Link to="/benefits">see all benefits</Link>.
        </p>
      )}
    </>
  );
}

/** What is promised, with its day. */
export function Coming({ outcomes, next }: Pick<Stakeholders, 'outcomes' | 'next'>) {
  const ahead = outcomes.filter(({ isDue }) => !isDue);
  return (
    <section className="card" aria-labelledby="coming-head">
      <h2 id="coming-head">What is coming</h2>
      {ahead.length === 0 ? (
        <Empty>No outcome with a target lies ahead here.</Empty>
      ) : (
        <OutcomeList outcomes={ahead.slice(0, MOST)} />
      )}
      {ahead.length > MOST && (
        <p className="caption">
          {MOST} of {ahead.length} shown; <Link to="/outcomes">see all outcomes</Link>.
        </p>
      )}
      <p className="next-survey">{nextWords(next)}</p>
    </section>
  );
}

function OutcomeList({ outcomes }: { outcomes: readonly Outcome[] }) {
  return (
    <ul className="delivered">
      {outcomes.map(({ code, name, unit, target, targetDate, latest, latestOn }) => (
        <li key={code}>
          <Link to="/outcomes/$ref" params={{ ref: code }}>
            {name}
          </Link>
          <span>
            {latest === null ? 'not measured yet' : `${inFull(latest, unit ?? '')} on ${day(latestOn!)}`}; target{' '}
            {inFull(target, unit ?? '')}
            {targetDate !== null && ` by ${day(targetDate)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

const nextWords = (next: Stakeholders['next']): string => {
  if (next === null) return 'No date is set for the next survey.';
  if (next.state === 'open') return `“${next.name}” is open${next.closesOn ? ` until ${day(next.closesOn)}` : ''}.`;
  return `The next survey, “${next.name}”, opens on ${day(next.opensOn!)}.`;
};
