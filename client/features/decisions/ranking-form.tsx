import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { GridList, GridListItem } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import type { PriorityOrder } from '../../../server/contract/priority.js';
import { periodLabel } from '../../lib/period';
import { pressKey } from '../../lib/shortcuts';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { LeaveGuard } from '../records/leave-guard';
import { saveOrder } from './priorities-api';
import {
  allRanked,
  asBefore,
  itemsOf,
  moved,
  movedWord,
  onTopOf,
  rankedCount,
  rankedOf,
  type Ranked,
  type Standing,
  standingsOf,
} from './ranking';
import { Conflict } from './ranking-conflict';

/**
 * The ranking, by dragging, by keys or by buttons; each rank that moved says why, and what is not ranked stands at the end and says nothing. What is begun stays whatever is fetched meanwhile: it is saved with the
 * version that it began with, so that what somebody else saved is met and not overwritten.
 */
export function RankingForm({ order }: { order: PriorityOrder }) {
  const page = usePageScope();
  const queryClient = useQueryClient();
  const [began, setBegan] = useState(order);
  const [fetched, setFetched] = useState(order);
  const [ranked, setRanked] = useState<readonly Ranked[]>(() => rankedOf(order));
  const [isTried, setTried] = useState(false);
  const [said, setSaid] = useState('');
  const head = useRef<HTMLHeadingElement>(null);
  const { wasRanked, mayWrite, period } = began;
  const label = (of: string) => periodLabel(of, page.fiscalYearStartMonth);
  const isDirty = () => JSON.stringify(ranked) !== JSON.stringify(rankedOf(began));
  const begin = (from: PriorityOrder, next: readonly Ranked[] = rankedOf(from)) => {
    setBegan(from);
    setRanked(next);
    setTried(false);
  };
  // Whoever has not begun anything reads on: what was fetched anew is shown.
  if (fetched !== order) {
    setFetched(order);
    if (!isDirty()) begin(order);
  }
  const standings = standingsOf(ranked, wasRanked);
  const missing = ranked.filter(({ code }) => standings.get(code)?.isMissing);
  const again = missing.filter(({ code }) => standings.get(code)?.need === 'again');
  const keep = (next: PriorityOrder) => queryClient.setQueryData(['priority-order', period], next);
  const saving = useMutation({
    mutationFn: () => saveOrder(period, { version: began.version, items: itemsOf(ranked, wasRanked) }),
    onSuccess: async (next) => {
      keep(next);
      begin(next);
      setSaid('The ranking is saved.');
      await queryClient.invalidateQueries();
    },
  });
  /** After a conflict: on with theirs, or with one's own on top of it. */
  const goOn = (theirs: PriorityOrder, next: readonly Ranked[], words: string) => {
    begin(theirs, next);
    saving.reset();
    keep(theirs);
    setSaid(words);
    head.current?.focus();
  };
  const count = rankedCount(ranked);
  const place = (code: string, to: number, part: 'ranked' | 'unranked') => {
    const next = moved(ranked, code, to, part);
    setRanked(next);
    const { name, rank } = next.find((each) => each.code === code)!;
    setSaid(rank === null ? `${name} is not ranked now.` : `${name} is now ${rank} of ${rankedCount(next)}.`);
  };
  /** A step up or down; across the end of what is ranked it changes only the part. */
  const step = (code: string, at: number, by: 1 | -1) => {
    if (by === -1) place(code, at === count ? count : at - 1, at <= count ? 'ranked' : 'unranked');
    else place(code, at === count - 1 ? at : at + 1, at < count - 1 ? 'ranked' : 'unranked');
  };
  const isFirst = ({ rank, index }: Line) => index === 0 && rank !== null;
  const isLast = ({ rank, index }: Line) => index === ranked.length - 1 && rank === null;
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => {
      const [code] = [...keys].map(String);
      if (code === undefined || code === target.key) return;
      const rest = ranked.filter((each) => each.code !== code);
      const at = rest.findIndex((each) => each.code === target.key);
      const to = target.dropPosition === 'before' ? at : at + 1;
      // Right behind the last that is ranked it is ranked, too.
      place(code, to, to <= rankedCount(rest) ? 'ranked' : 'unranked');
    },
  });
  const submit = () => {
    setTried(true);
    if (missing.length === 0 && !saving.isPending) saving.mutate();
  };
  return (
    <section className="card" aria-labelledby="ranking-head">
      <LeaveGuard isDirty={isDirty} isOfPeriod />
      <div className="section-head">
        <h2 id="ranking-head" ref={head} tabIndex={-1}>
          The ranking of {label(period)}
        </h2>
        {mayWrite && (
          <span className="actions">
            {wasRanked && (
              <Button onClick={() => setRanked(asBefore(ranked))}>As in {label(began.previousPeriod)}</Button>
            )}
            {count < ranked.length && <Button onClick={() => setRanked(allRanked(ranked))}>Rank all as listed</Button>}
          </span>
        )}
      </div>
      {!began.isRanked && (
        <p className="caption">
          Not ranked yet{wasRanked && `; the latest ranking is that of ${label(began.previousPeriod)}`}.
        </p>
      )}
      {!mayWrite && <p className="caption">The CIO ranks priorities; you can read them.</p>}
      <Conflict
        error={saving.error}
        mine={ranked}
        onTheirs={(theirs) => goOn(theirs, rankedOf(theirs), 'Their ranking is shown.')}
        onMine={(theirs) =>
          goOn(theirs, onTopOf(theirs, ranked, began), 'Your order is kept. Save it to put it in the place of theirs.')
        }
      />
      {/* The rows render what is not in the collection: their words and their place. */}
      <div className="ranking-keys" onKeyDownCapture={passOn}>
        <GridList
          aria-label="Priorities in their order"
          className="ranking"
          items={ranked.map((each, index) => ({ ...each, id: each.code, index }))}
          dependencies={[ranked, began, isTried, mayWrite]}
          {...(mayWrite && { dragAndDropHooks })}
          keyboardNavigationBehavior="tab"
          selectionMode="none"
        >
          {(each) => (
            <GridListItem
              id={each.code}
              textValue={each.name}
              className={`ranking-row${each.rank === null ? ' ranking-unranked' : ''}`}
            >
              {mayWrite ? (
                <AriaButton slot="drag" className="button ranking-grip" aria-label={`Move ${each.name}`}>
                  <span aria-hidden="true">⠿</span>
                </AriaButton>
              ) : (
                <span />
              )}
              <span className="ranking-rank">{each.rank ?? '\u2013'}</span>
              <span>{each.name}</span>
              <span className="caption ranking-moved">{movedWord(each, wasRanked)}</span>
              <Rationale
                {...{ each, mayWrite }}
                need={standings.get(each.code)?.need ?? null}
                isMissing={isTried && standings.get(each.code)?.isMissing === true}
                onChange={(rationale) =>
                  setRanked(ranked.map((one) => (one.code === each.code ? { ...one, rationale } : one)))
                }
              />
              {mayWrite && (
                <span className="actions ranking-buttons">
                  <Button
                    aria-label={`Move ${each.name} up`}
                    aria-disabled={isFirst(each)}
                    onClick={() => !isFirst(each) && step(each.code, each.index, -1)}
                  >
                    <span aria-hidden="true">↑</span>
                  </Button>
                  <Button
                    aria-label={`Move ${each.name} down`}
                    aria-disabled={isLast(each)}
                    onClick={() => !isLast(each) && step(each.code, each.index, 1)}
                  >
                    <span aria-hidden="true">↓</span>
                  </Button>
                </span>
              )}
            </GridListItem>
          )}
        </GridList>
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {mayWrite && (
        <>
          {isTried && missing.length > 0 && (
            <p role="alert" className="field-error">
              <span aria-hidden="true">▲ </span>
              {namesOf(
                missing.filter((each) => !again.includes(each)),
                (names) => (
                  <>
                    Say why for {names}: the rank is another than in {label(began.previousPeriod)}.{' '}
                  </>
                ),
              )}
              {namesOf(again, (names) => (
                <>Say why the rank changed again for {names}: what is stored was told of another rank.</>
              ))}
            </p>
          )}
          <div className="actions">
            <Button look="primary" busy={saving.isPending} onClick={submit}>
              {saving.isPending ? 'Saving' : 'Save the ranking'}
            </Button>
            {isDirty() && <Button onClick={() => begin(began)}>Undo changes</Button>}
          </div>
        </>
      )}
    </section>
  );
}

type Line = Ranked & { index: number };

const OF_LIST = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'Tab', 'Enter', ' '];

/** Keys of the page and of the browser, Page Up and Down among them, which the list would keep to itself. */
const passOn = (event: KeyboardEvent): void => {
  if (OF_LIST.includes(event.key)) return;
  event.stopPropagation();
  pressKey(event.nativeEvent);
};

/** Names in words, where there are any; of many the first ones. */
const namesOf = (of: readonly Ranked[], words: (names: string) => ReactNode): ReactNode =>
  of.length === 0
    ? null
    : words(
        [
          ...of.slice(0, MOST_NAMED).map(({ name }) => name),
          ...(of.length > MOST_NAMED ? [`${of.length - MOST_NAMED} more`] : []),
        ].join(', '),
      );
const MOST_NAMED = 8;

const HINTS: Record<NonNullable<Standing['need']> | 'none', string> = {
  changed: 'Why? Needed: the rank changed',
  again: 'Why? Needed: the rank changed again',
  shifted: 'Why? Only shifted: left blank, that is what is said',
  none: 'Why? Optional',
};

interface RationaleProps {
  each: Ranked;
  mayWrite: boolean;
  need: Standing['need'];
  isMissing: boolean;
  onChange: (text: string) => void;
}

function Rationale({ each, mayWrite, need, isMissing, onChange }: RationaleProps) {
  const isRequired = need === 'changed' || need === 'again';
  if (!mayWrite) return <span className="ranking-why">{each.rationale}</span>;
  return (
    <input
      className="input ranking-why"
      aria-label={`Why ${each.name} stands here${isRequired ? ', required' : ''}`}
      placeholder={HINTS[need ?? 'none']}
      aria-invalid={isMissing || undefined}
      aria-required={isRequired || undefined}
      value={each.rationale}
      onChange={({ target }) => onChange(target.value)}
      autoComplete="off"
    />
  );
}
