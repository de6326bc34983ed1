import { Link } from '@tanstack/react-router';
import {
  SERVICE_FIGURES,
  type ServiceFigureName,
  type ServiceHistory,
} from '../../../server/contract/service-level.js';
import { ChartFigure } from '../../charts/chart-figure';
import { LIMIT_COLUMNS, limitCells } from '../../charts/limit-cells';
import { MonthTrend } from '../../charts/month-trend';
import type { TwinTable } from '../../charts/twin';
import { limitKey } from '../../charts/xmr';
import { day } from '../../../server/contract/format.js';
import { Empty } from '../../ui/query-state';
import { ruleWords, variationWord } from '../../ui/variation';
import { FIGURE_WORDS, figureText } from './figures';

/** One figure of a service, month by month; which one can be chosen. */
export function MonthFigure({ service, name }: { service: ServiceHistory; name: ServiceFigureName }) {
  const { trend, signal } = service.byMonth[name];
  const { name: label, formula } = FIGURE_WORDS[name];
  const known = trend.filter(({ value }) => value !== null);
  const message = messageOf(service, name, known.length);
  return (
    <ChartFigure
      message={message}
      about={`${service.name} · ${label}: ${formula} · ${day(trend[0]?.period ?? service.period)} to ${day(trend.at(-1)?.period ?? service.period)}, by month`}
      name={`service-${name}`}
      twin={twinOf(service, name)}
      legend={
        <>
          <span className="legend-item">● a month</span>
          {signal.limits && (
            <span className="service-limits">
              — mean {figureText(name, signal.limits.centre)} · {limitKey(signal)}:{' '}
              {figureText(name, signal.limits.lower)} to {figureText(name, signal.limits.upper)}, over the last{' '}
              {signal.points} months
            </span>
          )}
        </>
      }
      controls={
        <nav className="service-choice" aria-label="Figure by month">
          {SERVICE_FIGURES.map((each) => (
            <Link
              key={each}
              to="."
              search={(current: Record<string, unknown>) => ({ ...current, figure: each })}
              replace
              resetScroll={false}
              className="service-choice-link"
              activeProps={{ 'aria-current': 'true' }}
              aria-current={each === name ? 'true' : undefined}
            >
              {FIGURE_WORDS[each].name}
            </Link>
          ))}
        </nav>
      }
    >
      {known.length === 0 ? (
        <Empty>No month of the last 24 states what {FIGURE_WORDS[name].short} needs.</Empty>
      ) : (
        <MonthTrend
          trend={trend}
          signal={signal}
          description={`${message} ${known.length} of ${trend.length} months are known; the lowest is ${figureText(name, Math.min(...known.map(({ value }) => value!)))}, the highest ${figureText(name, Math.max(...known.map(({ value }) => value!)))}.`}
          axisLabel={(value) => figureText(name, value)}
        />
      )}
    </ChartFigure>
  );
}

function messageOf(service: ServiceHistory, name: ServiceFigureName, known: number): string {
  const { signal, trend } = service.byMonth[name];
  const label = FIGURE_WORDS[name].name;
  if (known === 0) return `${label}: nothing is recorded`;
  const last = trend.findLast(({ value }) => value !== null)!;
  const figure = `${label} ${figureText(name, last.value!)} in ${day(last.period)}`;
  if (signal.state === 'insufficient') return `${figure}; too few months to tell a change from chance`;
  if (signal.state === 'noise') return `${figure}: within its usual range`;
  return `${figure}, ${variationWord(signal)}: ${ruleWords(signal)}`;
}

const twinOf = (service: ServiceHistory, name: ServiceFigureName): TwinTable => {
  const { trend, signal } = service.byMonth[name];
  const print = (value: number) => figureText(name, value);
  return {
    columns: ['Month', FIGURE_WORDS[name].name, ...LIMIT_COLUMNS],
    rows: trend.map(({ period, value }) => [
      { text: day(period) },
      value === null ? null : { number: String(value), printed: print(value) },
      ...limitCells(signal, print),
    ]),
  };
};
