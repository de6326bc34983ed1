import { useNavigate } from '@tanstack/react-router';
import { type DecisionBoard, ENOUGH_DECIDED } from '../../../server/contract/decision.js';
import { ChartFigure } from '../../charts/chart-figure';
import { DecisionDots } from '../../charts/decision-dots';
import { keepScope } from '../../lib/address';
import { brief, counted, day } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { DecisionLink } from './decision-link';
import { LevelTable } from './level-table';
import { OpenBars } from './open-bars';
import { daysWord } from './words';

/** Three panels: how long decisions took, at what level they were taken, and what is open. */
export function Board({ board }: { board: DecisionBoard }) {
  return (
    <div className="decision-board">
      <TimePanel board={board} />
      <LevelTable board={board} />
      <OpenBars board={board} />
    </div>
  );
}

function TimePanel({ board }: { board: DecisionBoard }) {
  const page = usePageScope();
  const navigate = useNavigate();
  const { points, pointCount, since, percentiles } = board;
  const label = (period: string) => periodLabel(period, page.fiscalYearStartMonth);
  const about = `${page.scopeName} · days from raised to decided, priority decisions · ${label(since)} to ${label(board.period)}`;
  if (points.length === 0)
    return (
      <section className="card" aria-labelledby="time-head">
        <h2 id="time-head">Time to decide</h2>
        <Empty>
          No priority decision was taken in these four quarters. Governance shows up as friction when it is invisible.
        </Empty>
      </section>
    );
  const slowest = points.reduce((most, point) => (point.days > most.days ? point : most));
  const lines =
    percentiles === null
      ? []
      : [
          { at: percentiles.p50, label: `50 %: ${brief(percentiles.p50)}` },
          ...(percentiles.p85 === percentiles.p50
            ? []
            : [{ at: percentiles.p85, label: `85 %: ${brief(percentiles.p85)}` }]),
        ];
  return (
    <ChartFigure
      name="time-to-decide"
      className="decision-time"
      message={`The slowest took ${daysWord(slowest.days)}: ${slowest.code}`}
      about={about}
      legend={`One dot a decision; strong: decided in ${label(board.period)}.${lines.length > 0 ? ' Lines: half, and 85 %, of all four quarters’ took no longer.' : ` Lines for half and 85 % are drawn from ${ENOUGH_DECIDED} decisions on.`}`}
      source={pointCount > points.length ? `the latest ${points.length} of ${pointCount}` : undefined}
      twin={{
        columns: ['Decision', 'Question', 'Decided', 'Days'],
        rows: points.map(({ code, title, decidedOn, days }) => [
          { text: code, shown: <DecisionLink code={code}>{code}</DecisionLink> },
          { text: title },
          { text: decidedOn },
          { number: String(days), printed: brief(days) },
        ]),
      }}
    >
      <DecisionDots
        points={points.map(({ code, title, decidedOn, days, inPeriod }) => ({
          key: code,
          on: decidedOn,
          amount: days,
          isStrong: inPeriod,
          title: `${code} ${title}: ${daysWord(days)}, decided ${day(decidedOn)}`,
        }))}
        lines={lines}
        description={`${counted(points.length, 'decision')}; the slowest, ${slowest.code}, took ${daysWord(slowest.days)}.`}
        onOpen={(code) =>
          void navigate({ to: '/decisions/$ref', params: { ref: code }, search: (now: object) => keepScope(now) })
        }
      />
    </ChartFigure>
  );
}
