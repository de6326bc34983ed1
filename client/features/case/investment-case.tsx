import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { InvestmentCase as CaseData } from '../../../server/contract/case.js';
import { day, scaleFor, type Scale } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { caseQuery } from './api';
import { CaseChart } from './case-chart';
import { CaseForecasts } from './case-forecasts';
import { CaseTable } from './case-table';
import { Figure } from './figure';
import { RateForm } from './rate-form';
import { rateWords } from './rates';
import { Tornado } from './tornado';
import './case.css';

/** Is this investment worth its money: as planned, as expected now, and as far as it has come? */
export function InvestmentCase({ code }: { code: string }) {
  const page = usePageScope();
  const { rate } = useSearch({ strict: false }) as { rate?: string };
  const query = useQuery(caseQuery(code, page, rate));
  return (
    <section className="card case" id="case" aria-labelledby="case-head">
      <h2 id="case-head">Investment case</h2>
      <p className="caption">
        {page.scopeName} · as known at the end of {periodLabel(page.period, page.fiscalYearStartMonth)}
      </p>
      <QueryState query={query} what="the investment case" rows={8}>
        {(data) =>
          data.firstCostMonth === null ? (
            <Empty action={<a href="#costs">See the costs by month</a>}>No case: no cost is recorded.</Empty>
          ) : (
            <Contents data={data} />
          )
        }
      </QueryState>
    </section>
  );
}

function Contents({ data }: { data: CaseData }) {
  const scale = scaleOf(data);
  return (
    <div className="case-parts">
      <p className="panel-message">
        <Message {...{ data, scale }} />
      </p>
      <RateForm key={data.rate} rate={data.rate} settingsRate={data.settingsRate} />
      <CaseTable {...{ data, scale }} />
      <p className="about">Counted from {day(data.firstCostMonth!)}, the month of the first cost.</p>
      {data.months.length > 0 && <CaseChart {...{ data, scale }} />}
      <h3>Forecast of later months: claimed, and calibrated</h3>
      <CaseForecasts {...{ data, scale }} />
      <h3>What moves the expected NPV most</h3>
      <p className="about">
        One thing changed at a time. What has happened stays: values and costs vary in the months after the period only.
      </p>
      <Tornado {...{ data, scale }} />
      {data.notes.length > 0 && (
        <ul className="notes">
          {data.notes.map((note) => (
            <li key={note}>
              <span aria-hidden="true">⚠ </span>
              {note}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Made by rule. */
function Message({ data, scale }: { data: CaseData; scale: Scale }) {
  const { currency, cases, rate } = data;
  const [planned, expected] = [cases.find(({ id }) => id === 'planned'), cases.find(({ id }) => id === 'expected')];
  if (!expected || expected.npv.value === null) return 'No cost is recorded to date or planned for later months';
  return (
    <>
      Expected to be worth{' '}
      <Figure figure={expected.npv} name="Expected NPV" form="money" withUnit {...{ scale, currency }} /> today, at{' '}
      {rateWords(rate)} a year
      {planned && planned.npv.value !== null && (
        <>
          ; planned was{' '}
          <Figure figure={planned.npv} name="Planned NPV" form="money" withUnit {...{ scale, currency }} />
        </>
      )}
      .
    </>
  );
}

/** One scale for all money of the section. */
const scaleOf = ({ cases, drivers, months, forecast }: CaseData): Scale =>
  scaleFor(
    [
      ...cases.flatMap(({ npv, value, cost }) => [npv.value, value.value, cost.value]),
      ...drivers.flatMap(({ low, high }) => [low.value, high.value]),
      ...months.flatMap(({ planned, expected }) => [planned.value, expected.value]),
      forecast.claimed.value,
      forecast.calibrated.value,
    ].filter((amount) => amount !== null),
  );
