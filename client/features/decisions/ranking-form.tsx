import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { GridList, GridListItem } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { type PriorityOrder, priorityOrder } from '../../../server/contract/priority.js';
import { ApiError } from '../../lib/http';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { LeaveGuard } from '../records/leave-guard';
import { saveOrder } from './priorities-api';
import { asBefore, isChanged, moved, movedWord, rankedOf, type Ranked } from './ranking';

/** The ranking, by dragging, by keys or by buttons; each rank that differs from the quarter before says why. */
export function RankingForm({ order }: { order: PriorityOrder }) {
  const page = usePageScope();
  const queryClient = useQueryClient();
  const [ranked, setRanked] = useState<readonly Ranked[]>(() => rankedOf(order));
  const [isTried, setTried] = useState(false);
  const [said, setSaid] = useState('');
  const { wasRanked, mayWrite, period } = order;
  const label = (of: string) => periodLabel(of, page.fiscalYearStartMonth);
  const isDirty = () => JSON.stringify(ranked) !== JSON.stringify(rankedOf(order));
  const missing = ranked.filter((each, index) => isChanged(each, index, wasRanked) && each.rationale.trim() === '');
  const keep = (next: PriorityOrder) => queryClient.setQueryData(['priority-order', period], next);
  const saving = useMutation({
    mutationFn: () =>
      saveOrder(period, {
        version: order.version,
        items: ranked.map(({ code, rationale }) => ({ code, rationale: rationale.trim() === '' ? null : rationale })),
      }),
    onSuccess: async (next) => {
      keep(next);
      await queryClient.invalidateQueries();
    },
  });
  const place = (code: string, to: number) => {
    const next = moved(ranked, code, to);
    setRanked(next);
    const at = next.findIndex((each) => each.code === code);
    setSaid(`${next[at]!.name} is now ${at + 1} of ${next.length}.`);
  };
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => {
      const [code] = [...keys].map(String);
      if (code === undefined || code === target.key) return;
      const rest = ranked.filter((each) => each.code !== code);
      const at = rest.findIndex((each) => each.code === target.key);
      place(code, target.dropPosition === 'before' ? at : at + 1);
    },
    isDisabled: !mayWrite,
  });
  const submit = () => {
    setTried(true);
    if (missing.length === 0 && !saving.isPending) saving.mutate();
  };
  return (
    <section className="card" aria-labelledby="ranking-head">
      <LeaveGuard isDirty={() => !saving.isSuccess && isDirty()} />
      <div className="section-head">
        <h2 id="ranking-head">The ranking of {label(period)}</h2>
        {mayWrite && wasRanked && (
          <Button onClick={() => setRanked(asBefore(ranked))}>As in {label(order.previousPeriod)}</Button>
        )}
      </div>
      {!mayWrite && <p className="caption">The CIO ranks priorities; you can read them.</p>}
      <Conflict error={saving.error} onTake={keep} />
      {/* The rows render what is not in the collection: their words and their place. */}
      <GridList
        aria-label="Priorities in their order"
        className="ranking"
        items={ranked.map((each, index) => ({ ...each, id: each.code, index }))}
        dependencies={[ranked, isTried, mayWrite]}
        dragAndDropHooks={dragAndDropHooks}
        keyboardNavigationBehavior="tab"
        selectionMode="none"
      >
        {(each) => (
          <GridListItem id={each.code} textValue={each.name} className="ranking-row">
            {mayWrite ? (
              <AriaButton slot="drag" className="button ranking-grip" aria-label={`Move ${each.name}`}>
                <span aria-hidden="true">⠿</span>
              </AriaButton>
            ) : (
              <span />
            )}
            <span className="ranking-rank">{each.index + 1}</span>
            <span>{each.name}</span>
            <span className="caption ranking-moved">{movedWord(each, each.index, wasRanked)}</span>
            <Rationale
              {...{ each, mayWrite }}
              isRequired={isChanged(each, each.index, wasRanked)}
              isMissing={isTried && missing.some(({ code }) => code === each.code)}
              onChange={(rationale) =>
                setRanked(ranked.map((one) => (one.code === each.code ? { ...one, rationale } : one)))
              }
            />
            {mayWrite && (
              <span className="actions ranking-buttons">
                <Button
                  aria-label={`Move ${each.name} up`}
                  aria-disabled={each.index === 0}
                  onClick={() => each.index > 0 && place(each.code, each.index - 1)}
                >
                  <span aria-hidden="true">↑</span>
                </Button>
                <Button
                  aria-label={`Move ${each.name} down`}
                  aria-disabled={each.index === ranked.length - 1}
                  onClick={() => each.index < ranked.length - 1 && place(each.code, each.index + 1)}
                >
                  <span aria-hidden="true">↓</span>
                </Button>
              </span>
            )}
          </GridListItem>
        )}
      </GridList>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {mayWrite && (
        <>
          {isTried && missing.length > 0 && (
            <p role="alert" className="field-error">
              <span aria-hidden="true">▲ </span>
              Say why for {missing.map(({ name }) => name).join(', ')}: the rank is another than in{' '}
              {label(order.previousPeriod)}.
            </p>
          )}
          <div className="actions">
            <Button look="primary" busy={saving.isPending} onClick={submit}>
              {saving.isPending ? 'Saving' : 'Save the ranking'}
            </Button>
            {isDirty() && <Button onClick={() => setRanked(rankedOf(order))}>Undo changes</Button>}
          </div>
        </>
      )}
    </section>
  );
}

interface RationaleProps {
  each: Ranked;
  mayWrite: boolean;
  isRequired: boolean;
  isMissing: boolean;
  onChange: (text: string) => void;
}

function Rationale({ each, mayWrite, isRequired, isMissing, onChange }: RationaleProps) {
  if (!mayWrite) return <span className="ranking-why">{each.rationale}</span>;
  return (
    <input
      className="input ranking-why"
      aria-label={`Why ${each.name} stands here${isRequired ? ', required' : ''}`}
      placeholder={isRequired ? 'Why? Needed: the rank changed' : 'Why? Optional'}
      aria-invalid={isMissing || undefined}
      aria-required={isRequired || undefined}
      value={each.rationale}
      onChange={({ target }) => onChange(target.value)}
      autoComplete="off"
    />
  );
}

/** Somebody else saved meanwhile: theirs can be taken; one's own is then made again on top of it. */
function Conflict({ error, onTake }: { error: Error | null; onTake: (theirs: PriorityOrder) => void }) {
  if (error === null) return null;
  const body = error instanceof ApiError ? (error.body as { current?: unknown } | null) : null;
  const theirs = priorityOrder.safeParse(body?.current);
  return (
    <div className="notice" role="alert">
      <p>{error.message}</p>
      {theirs.success && (
        <>
          <p>
            Theirs: {theirs.data.items.map(({ name, rank }) => `${rank ?? '–'} ${name}`).join(', ')}. Nothing of yours
            is saved.
          </p>
          <Button onClick={() => onTake(theirs.data)}>Take theirs and begin again</Button>
        </>
      )}
    </div>
  );
}
