import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { DecisionBoard } from '../../../server/contract/decision.js';
import type { Metric, MetricId } from '../../../server/contract/metric.js';
import { keepScope } from '../../lib/address';
import { count, day } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { useShortcuts } from '../../lib/shortcuts';
import { MetricNum } from '../../ui/metric-num';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery } from '../access/api';
import { boardQuery, decisionMetricsQuery } from './api';
import { Board } from './board';
import { focusedDecision } from './decision-link';
import { Log } from './log';
import { only, readSearch, type LogSearch } from './search';
import { changeWord } from './words';
import './decisions.css';

export const QUESTION = 'How fast do we decide, at what level, and do decisions stick?';

/** The log of decisions: how long they take, where they are taken, and what is open. */
export function DecisionsPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return session.reads.includes('decision') ? (
    <Readable mayWrite={session.writes.includes('decision')} mayRank={session.reads.includes('priority_ranking')} />
  ) : (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Decisions" question={QUESTION} message="Not for your role." />
      <Empty action={<Link to="/benefits">See benefits</Link>}>
        Your role does not read the log of decisions. What they come to stands on the benefits of your units.
      </Empty>
    </main>
  );
}

function Readable({ mayWrite, mayRank }: { mayWrite: boolean; mayRank: boolean }) {
  const page = usePageScope();
  const navigate = useNavigate();
  const search = readSearch(useSearch({ strict: false }) as LogSearch);
  const board = useQuery(boardQuery(page));
  const add = () => void navigate({ to: '/decisions/new' });
  useShortcuts({
    n: mayWrite ? { label: 'Add a decision', run: add } : undefined,
    c: mayWrite
      ? { label: 'Close the open decision in focus with its outcome', run: () => closeFocused(navigate) }
      : undefined,
  });
  return (
    <main id="content" className="page decisions-page" tabIndex={-1}>
      <PageHeader
        title="Decisions"
        question={QUESTION}
        message={<Message board={board.data} />}
        actions={
          <>
            {mayWrite && (
              <Link className="button button-primary" to="/decisions/new">
                Add a decision
              </Link>
            )}
            <Link className="button" to="/decisions/rights">
              Decision rights
            </Link>
            {mayRank && (
              <Link className="button" to="/priorities">
                Priorities
              </Link>
            )}
          </>
        }
      >
        {page.scopeName} · decisions of {periodLabel(page.period, page.fiscalYearStartMonth)}
        {board.data && ` · open ones as of ${day(board.data.asOf)}`}
      </PageHeader>
      <QueryState query={board} what="the decisions" rows={8}>
        {(data) => <Board board={data} />}
      </QueryState>
      <Log search={search} mayWrite={mayWrite} />
    </main>
  );
}

/** To the closing form of the decision in focus; where none has it, the first open one takes it. */
function closeFocused(navigate: ReturnType<typeof useNavigate>): void {
  const code = focusedDecision();
  if (code === null) document.querySelector<HTMLElement>('.open-list [data-decision]')?.focus();
  else
    void navigate({
      to: '/decisions/$ref',
      params: { ref: code },
      search: (now: object) => ({ ...keepScope(now), form: 'close' }),
    });
}

/** By rule: how long, whether that is a change, at what level, and what is late. Each number is the metric itself. */
function Message({ board }: { board: DecisionBoard | undefined }) {
  const page = usePageScope();
  const metrics = useQuery(decisionMetricsQuery(page)).data;
  const of = (id: MetricId) => metrics?.find((metric) => metric.id === id);
  const [time, level] = [of('decision.time_to_decide'), of('decision.at_intended_level_share')];
  const late = of('decision.overdue_open');
  if (!time || !level || !late || !board) return '\u00a0';
  const change = changeWord(time);
  return (
    <>
      {time.value === null ? (
        'No priority decision was taken in the quarter'
      ) : (
        <>
          Half of the priority decisions took <MetricNum metric={time} withUnit /> or less
          {change && `, ${change}`}
        </>
      )}
      {level.value !== null && (
        <>
          ; <MetricNum metric={level} /> were decided at the intended level
        </>
      )}
      ; <Late late={late} board={board} />.
    </>
  );
}

/** At the end of a quarter what was needed in it and is open is late; before that end only what is past its day today. */
function Late({ late, board: { isOver, lateCount } }: { late: Metric; board: DecisionBoard }) {
  const isOne = late.value === 1;
  if (isOver)
    return (
      <>
        <MetricNum metric={late} /> {isOne ? 'is' : 'are'} open past {isOne ? 'its' : 'their'} date
      </>
    );
  return (
    <>
      <MetricNum metric={late} /> open {isOne ? 'one is' : 'ones are'} needed by the end of the quarter,{' '}
      {lateCount === 0 ? (
        'none of them late today'
      ) : (
        <Link to="." hash="log" search={only({ show: 'late', sort: 'needed' })}>
          {count(lateCount)} late today
        </Link>
      )}
    </>
  );
}
