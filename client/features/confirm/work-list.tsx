import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { ConfirmationItem, JudgedValues } from '../../../server/contract/confirmation.js';
import { count, counted, instant } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { useShownPages } from '../../ui/shown-rows';
import { workListQuery } from './api';
import { Claims } from './claims';
import { ConfirmFilters, StateTabs } from './confirm-filters';
import { ConfirmAbout, ConfirmMessage } from './confirm-message';
import { JudgeDialog, receiptWords, type Met, type Verdict } from './judge-dialog';
import type { ConfirmSearch, readSearch } from './search';
import { between, changedSince, choose, isOther, keyOf, MOST_JUDGED, sumsOf, type Selection } from './selection';
import { chosenWords } from './words';

interface WorkListProps {
  search: ReturnType<typeof readSearch>;
  question: string;
  /** Who judges. */
  by: string;
}

/** As many as one call gives. */
const STEP = 50;
const NONE: Selection = new Map();

/** The values in one state: filtered, chosen, judged. What is chosen outlives the filters and each error. */
export function WorkList({ search, question, by }: WorkListProps) {
  const { portfolio, orgUnit, scopeName } = usePageScope();
  const queryClient = useQueryClient();
  const { state, why, q, sort } = search;
  const query = useInfiniteQuery(workListQuery({ state, why, q, sort, portfolio, orgUnit }));
  const { rows: items, hasMore, isFetchingMore, showMore } = useShownPages(query, STEP);
  const first = query.data?.pages[0];
  const [chosen, setChosen] = useState(NONE);
  const [met, setMet] = useState<readonly Met[]>([]);
  const [anchor, setAnchor] = useState<string | null>(null);
  const [judging, setJudging] = useState<Verdict | null>(null);
  const [receipt, setReceipt] = useState<string | null>(null);
  const changed = changedSince(chosen, items);
  // What changed since it was chosen is chosen no more: nobody confirms an amount unseen.
  const ready = choose(
    chosen,
    changed.map(({ seen }) => seen),
    false,
  );
  const readyItems = [...ready.values()];
  const seenOf = (item: ConfirmationItem): ConfirmationItem | undefined => {
    const refused = met.find(
      ({ value, why: reason }) => (reason === 'changed' || reason === 'currency') && keyOf(value) === keyOf(item),
    )?.value;
    const seen = changed.find(({ now }) => now === item)?.seen ?? refused;
    return seen !== undefined && isOther(seen, item) && !ready.has(keyOf(item)) ? seen : undefined;
  };
  const onChoose = (item: ConfirmationItem, isChosen: boolean, extend: boolean) => {
    setChosen(choose(ready, extend ? between(items, anchor, keyOf(item)) : [item], isChosen));
    setAnchor(keyOf(item));
    setReceipt(null);
  };
  const open = items.filter((item) => item.mayJudge);
  const isAll = open.length > 0 && open.every((item) => ready.has(keyOf(item)));
  const onDone = (done: JudgedValues, judged: readonly ConfirmationItem[]) => {
    setJudging(null);
    setChosen(choose(ready, judged, false));
    setMet([]);
    setReceipt(`${receiptWords(done, judged)}, by ${by} on ${instant(done.at)}.`);
    void queryClient.invalidateQueries();
  };
  const onRefused = (refused: readonly Met[]) => {
    setMet(refused);
    setChosen(
      choose(
        ready,
        refused.map(({ value }) => value),
        false,
      ),
    );
    void queryClient.invalidateQueries({ queryKey: ['confirmations'] });
  };
  const isFiltered = q !== undefined || why !== undefined;
  return (
    <>
      <PageHeader title="Confirm" question={question} message={first ? <ConfirmMessage list={first} /> : '\u00a0'}>
        {scopeName} · all months
        {first && <ConfirmAbout list={first} />}
      </PageHeader>
      <StateTabs />
      {receipt !== null && <Receipt text={receipt} onClose={() => setReceipt(null)} />}
      <section className="card" aria-label="Realised values">
        <ConfirmFilters search={search} />
        <p className="visually-hidden" role="status">
          {first
            ? `${counted(first.total, 'value')}${ready.size > 0 ? `, ${chosenWords(ready.size, sumsOf(readyItems))} chosen` : ''}`
            : ''}
        </p>
        <QueryState query={{ ...query, data: first }} what="the values" rows={10}>
          {({ total }) =>
            items.length === 0 ? (
              <Nothing {...{ state, isFiltered }} />
            ) : (
              <>
                <label className="confirm-all">
                  <input
                    type="checkbox"
                    checked={isAll}
                    disabled={open.length === 0}
                    ref={(box) => {
                      if (box) box.indeterminate = !isAll && open.some((item) => ready.has(keyOf(item)));
                    }}
                    onChange={({ target }) => {
                      setChosen(choose(ready, open, target.checked));
                      setReceipt(null);
                    }}
                  />
                  Choose all that are shown
                </label>
                <Claims
                  {...{ items, state, seenOf, onChoose }}
                  caption={`${count(items.length)} of ${count(total)} shown`}
                  isChosen={(item) => ready.has(keyOf(item))}
                />
                {hasMore && (
                  <p className="table-more">
                    <Button busy={isFetchingMore} onClick={showMore}>
                      Show more
                    </Button>
                  </p>
                )}
              </>
            )
          }
        </QueryState>
      </section>
      {ready.size > 0 && (
        <Bar
          {...{ state }}
          items={readyItems}
          hidden={readyItems.filter((item) => !items.some((each) => keyOf(each) === keyOf(item))).length}
          onJudge={setJudging}
          onClear={() => setChosen(NONE)}
        />
      )}
      {judging !== null && (
        <JudgeDialog verdict={judging} items={readyItems} onClose={() => setJudging(null)} {...{ onDone, onRefused }} />
      )}
    </>
  );
}

/** It takes the focus, which was on a button that is gone. */
function Receipt({ text, onClose }: { text: string; onClose: () => void }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => line.current?.focus(), [text]);
  return (
    <div ref={line} className="confirm-receipt" role="status" tabIndex={-1}>
      <p>
        <span aria-hidden="true">✓ </span>
        {text}
      </p>
      <Button look="plain" onClick={onClose}>
        Close
      </Button>
    </div>
  );
}

interface BarProps {
  state: WorkListProps['search']['state'];
  items: readonly ConfirmationItem[];
  /** Chosen, and not among the rows that are shown now. */
  hidden: number;
  onJudge: (verdict: Verdict) => void;
  onClear: () => void;
}

/** What is chosen, and what can be said of it; it stays in sight. */
function Bar({ state, items, hidden, onJudge, onClear }: BarProps) {
  const sums = sumsOf(items);
  const isTooMany = items.length > MOST_JUDGED;
  return (
    <section className="foot-bar confirm-bar" aria-label="What is chosen">
      <p>
        {counted(items.length, 'value')} of {counted(new Set(items.map(({ benefit }) => benefit.code)).size, 'benefit')}{' '}
        chosen{hidden > 0 && `, ${counted(hidden, 'of them is', 'of them are')} not shown now`}
        {isTooMany && `; at most ${count(MOST_JUDGED)} are judged at once`}
      </p>
      <div className="actions">
        {state !== 'confirmed' && (
          <Button look="primary" busy={isTooMany} onClick={() => onJudge('confirm')}>
            Confirm {chosenWords(items.length, sums)}
          </Button>
        )}
        {state !== 'rejected' && (
          <Button look="danger" busy={isTooMany} onClick={() => onJudge('reject')}>
            Reject with a note
          </Button>
        )}
        <Button look="plain" onClick={onClear}>
          Clear
        </Button>
      </div>
    </section>
  );
}

function Nothing({ state, isFiltered }: { state: string; isFiltered: boolean }) {
  const navigate = useNavigate();
  if (isFiltered)
    return (
      <Empty
        action={
          <Button
            onClick={() =>
              void navigate({
                to: '.',
                search: (current: ConfirmSearch) => ({ ...current, q: undefined, why: undefined }),
              })
            }
          >
            Clear filters
          </Button>
        }
      >
        None of the values matches these filters.
      </Empty>
    );
  return (
    <Empty>
      {state === 'waiting'
        ? 'Nothing waits for you. What is reported as realised stands here until it is confirmed or rejected.'
        : `No value of this scope is ${state}.`}
    </Empty>
  );
}
