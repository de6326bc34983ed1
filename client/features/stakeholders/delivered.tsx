import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BenefitLine } from '../../../server/contract/register.js';
import type { OutcomeList, Stakeholders } from '../../../server/contract/stakeholder.js';
import { Bar, domainOf } from '../../charts/bars';
import { day, inFull, unitOf } from '../../../server/contract/format.js';
import { EVIDENCE_FULL } from '../../ui/evidence';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { Status } from '../../ui/status';
import { TargetStatus } from '../../ui/target-status';
import { benefitListQuery } from '../benefits/api';
import { Calibrated } from '../benefits/calibrated';
import { LineAmount, printingOf, type Printing } from '../benefits/figures';

/** More than these are in the register. */
const MOST = 8;

const useBenefits = () => useQuery(benefitListQuery({ ...usePageScope(), portfolio: undefined }, {}));

/** What came, in plain sentences: benefits against their plan to date, outcomes whose day has come. */
export function Delivered({ outcomes: { due } }: Pick<Stakeholders, 'outcomes'>) {
  const benefits = useBenefits();
  return (
    <section className="card" aria-labelledby="got-head">
      <h2 id="got-head">What you got</h2>
      <QueryState query={benefits} what="the benefits">
        {({ items }) => <Benefits lines={items.filter(({ status }) => status !== 'not_due')} />}
      </QueryState>
      {due.total > 0 && (
        <>
          <h3>
            Outcomes that were due: {due.met} of {due.total} met
          </h3>
          <Outcomes list={due} isDue />
        </>
      )}
    </section>
  );
}

function Benefits({ lines }: { lines: readonly BenefitLine[] }) {
  const { currency } = usePageScope();
  if (lines.length === 0) return <Empty>No benefit is due here yet.</Empty>;
  const shown = lines.slice(0, MOST);
  const printing = inSentences(printingOf(shown, [], currency));
  const money = domainOf(shown.filter((line) => line.money).flatMap(({ planned, realised }) => [planned, realised]));
  return (
    <>
      <p className="caption">Realised, solid, against the plan to date, hollow.</p>
      <ul className="delivered">
        {shown.map((line) => (
          <li key={line.code}>
            <Link to="/benefits/$ref" params={{ ref: line.code }}>
              {line.name}
            </Link>
            <span>
              <Bar
                domain={line.money ? money : domainOf([line.planned, line.realised])}
                actual={line.realised}
                plan={line.planned}
              />
              {line.realised === null ? (
                'nothing measured'
              ) : (
                <span className="nowrap">
                  <LineAmount kind="realised" line={line} printing={printing} /> {moneyUnit(line, printing)}
                </span>
              )}{' '}
              of{' '}
              <span className="nowrap">
                <LineAmount kind="planned" line={line} printing={printing} /> {moneyUnit(line, printing)}
              </span>{' '}
              planned to date
            </span>
            <Status status={line.status} />
          </li>
        ))}
      </ul>
      <Rest shown={shown.length} total={lines.length} what="benefits" />
    </>
  );
}

/** Nothing is lined up on a decimal sign. */
const inSentences = (printing: Printing): Printing => ({
  ...printing,
  decimals: { planned: 0, realised: 0, variance: 0, approved: 0, expected: 0 },
});

const moneyUnit = (line: BenefitLine, { scale, currency }: Printing): string =>
  line.money ? unitOf(scale, currency) : '';

function Rest({ shown, total, what }: { shown: number; total: number; what: 'benefits' | 'outcomes' }) {
  if (total <= shown) return null;
  return (
    <p className="caption">
      {shown} of {total} shown; <Link to={`/${what}`}>see all {what}</Link>.
    </p>
  );
}

/** What is forecast and what is promised, with the day and what it rests on. */
export function Coming({ outcomes: { ahead }, next }: Pick<Stakeholders, 'outcomes' | 'next'>) {
  const benefits = useBenefits();
  return (
    <section className="card" aria-labelledby="coming-head">
      <h2 id="coming-head">What is coming</h2>
      <QueryState query={benefits} what="the forecasts">
        {({ items }) => <Forecasts lines={items.filter(({ due, expected }) => due !== null && expected !== null)} />}
      </QueryState>
      <h3>Outcomes that lie ahead</h3>
      {ahead.total === 0 ? (
        <Empty>No outcome with a target lies ahead here.</Empty>
      ) : (
        <Outcomes list={ahead} isDue={false} />
      )}
      <p className="next-survey">{nextWords(next)}</p>
    </section>
  );
}

function Forecasts({ lines }: { lines: readonly BenefitLine[] }) {
  const { currency } = usePageScope();
  if (lines.length === 0) return <Empty>Nothing more is forecast of benefits here.</Empty>;
  const shown = [...lines]
    .sort((a, b) => (a.due!.month < b.due!.month ? -1 : a.due!.month > b.due!.month ? 1 : 0))
    .slice(0, MOST);
  const printing = inSentences(printingOf(shown, [], currency));
  return (
    <>
      <p className="caption">
        Expected over the whole life; <i>cal.</i>: as earlier forecasts of its like came true.
      </p>
      <ul className="delivered">
        {shown.map((line) => (
          <li key={line.code}>
            <Link to="/benefits/$ref" params={{ ref: line.code }}>
              {line.name}
            </Link>
            <span>
              <span className="nowrap">
                <LineAmount kind="expected" line={line} printing={printing} /> {moneyUnit(line, printing)}
              </span>{' '}
              <Calibrated line={line} printing={printing} />
            </span>
            <span className="caption">
              {line.due!.isOverdue
                ? `a value for ${day(line.due!.month)} is overdue`
                : `next value for ${day(line.due!.month)}`}
              {' · '}
              {EVIDENCE_FULL[line.evidenceLevel]}
            </span>
          </li>
        ))}
      </ul>
      <Rest shown={shown.length} total={lines.length} what="benefits" />
    </>
  );
}

function Outcomes({ list: { total, items }, isDue }: { list: OutcomeList; isDue: boolean }) {
  return (
    <>
      <ul className="delivered">
        {items.map(({ code, name, unit, target, targetDate, latest, latestOn, isMet }) => {
          const of = { type: 'outcome', ref: code } as const;
          return (
            <li key={code}>
              <Link to="/outcomes/$ref" params={{ ref: code }}>
                {name}
              </Link>
              <span>
                {latest === null || latestOn === null ? (
                  'not measured yet'
                ) : (
                  <>
                    <Num
                      trace={{ figure: 'measure.value', ...of, on: latestOn }}
                      label={`${name}, measured ${inFull(latest, unit ?? '')}`}
                    >
                      {inFull(latest, unit ?? '')}
                    </Num>{' '}
                    on {day(latestOn)}
                  </>
                )}
                ; target{' '}
                <Num
                  trace={{ figure: 'measure.target', ...of }}
                  label={`${name}, target ${inFull(target, unit ?? '')}`}
                >
                  {inFull(target, unit ?? '')}
                </Num>
                {targetDate !== null && ` by ${day(targetDate)}`}
              </span>
              {isMet || (isDue && latest !== null) ? (
                <TargetStatus status={isMet ? 'met' : 'missed'} />
              ) : (
                <span className="caption">{latest !== null && 'not met yet'}</span>
              )}
            </li>
          );
        })}
      </ul>
      <Rest shown={items.length} total={total} what="outcomes" />
    </>
  );
}

const nextWords = (next: Stakeholders['next']): string => {
  if (next === null) return 'No date is set for the next survey.';
  if (next.state === 'open') return `“${next.name}” is open${next.closesOn ? ` until ${day(next.closesOn)}` : ''}.`;
  return `The next survey, “${next.name}”, opens on ${day(next.opensOn!)}.`;
};
