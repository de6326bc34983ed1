import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { EntryGrid as Grid, EntryReceipt } from '../../../server/contract/entry.js';
import { counted, day, instant } from '../../../server/contract/format.js';
import { useShortcuts } from '../../lib/shortcuts';
import { Button } from '../../ui/button';
import { useWide } from '../chain/use-wide';
import { LeaveGuard } from '../records/leave-guard';
import { ChangeBar, REASON_ID } from './change-bar';
import { ConflictDialog } from './conflict-dialog';
import type { EntrySearch } from './controls';
import { EntryGrid, type GridHandle } from './entry-grid';
import { modelOf, reviewOf, type Finding } from './model';
import type { PlacedPaste } from './place-paste';
import { PhoneList } from './phone-list';
import { Problems } from './problems';
import { QuestionDialog, type Question } from './questions';
import { Receipt } from './receipt';
import { ReviewDialog } from './review-dialog';
import { useSheet, type Sheet } from './sheet';
import type { Field } from './staged';
import { useSave } from './use-save';
import { CODES, pasteWords } from './words';

interface EntrySheetProps {
  grid: Grid;
  search: EntrySearch;
  field: Field;
  sheet: Sheet;
  reread: () => Promise<Grid | undefined>;
  /** For the live region. */
  say: (message: string) => void;
  empty: ReactNode;
}

const KEPT =
  'What you entered is not saved yet. It is kept in this browser as a draft, and is here again when you come back.';

/** The grid, or on a small screen the list; what is wrong and odd; and what to do with what was entered. */
export function EntrySheet({ grid, search, field, sheet, reread, say, empty }: EntrySheetProps) {
  const state = useSheet(sheet);
  const isWide = useWide();
  const navigate = useNavigate();
  const handle = useRef<GridHandle>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const [opened, setOpened] = useState<'review' | 'conflicts' | null>(null);
  const [receipt, setReceipt] = useState<EntryReceipt | null>(null);
  const [pasted, setPasted] = useState<string[]>([]);
  const [calls, setCalls] = useState(0);
  const scale = search.scale === 'hint' ? 'hint' : 'full';
  const model = useMemo(() => modelOf(grid, field, scale), [grid, field, scale]);
  const review = useMemo(() => reviewOf(model, state), [model, state]);
  const callSummary = () => setCalls((count) => count + 1);
  const { save, isSaving, refusals, lacksReason, forget } = useSave({
    model,
    sheet,
    reread,
    onSaved: (saved) => {
      setReceipt(saved);
      setPasted([]);
      say(`${counted(saved.cells, 'value')} saved`);
    },
    onConflict: () => setOpened('conflicts'),
    onRefused: callSummary,
  });
  useShortcuts({ 'Mod+s': { label: 'Save what was entered', run: save } });

  const goTo = ({ key, edit }: Finding) => {
    const [row, col] = [model.rowOf.get(edit.benefit), model.columnOf.get(edit.month)];
    const as = edit.field === 'realised' ? undefined : CODES[edit.field];
    if (row === undefined || col === undefined) {
      // It is not among these rows: shown by its code, it is.
      void navigate({
        to: '.',
        search: (now: EntrySearch) => ({ ...now, as, show: 'all', q: edit.benefit, due: undefined }),
      });
      return;
    }
    if (edit.field !== field)
      void navigate({ to: '.', search: (now: EntrySearch) => ({ ...now, as }), resetScroll: false });
    handle.current?.goTo(row, col);
    // On a small screen it is a field of the measure that is open.
    if (!isWide) document.getElementById(`entry-${key}`)?.focus();
  };
  const onPasted = (placed: PlacedPaste, problems: number) => {
    const { cells, overflow, skipped, hasHeader } = placed;
    const words = pasteWords(cells.length, problems, overflow.length, skipped.length);
    setPasted([
      `${words}.`,
      ...(hasHeader ? ['The first row named the months and was left out.'] : []),
      ...(overflow.length > 0 ? [`${counted(overflow.length, 'cell')} did not fit: ${some(overflow)}.`] : []),
      ...(skipped.length > 0
        ? [
            `Skipped: ${some(
              skipped.map(
                ({ row, col, why }) => `${grid.rows[row]!.benefit.code}, ${day(grid.months[col]!.month)} ${why}`,
              ),
            )}.`,
          ]
        : []),
    ]);
    say(words);
    forget();
    if (problems > 0) callSummary();
  };
  const askToRestate = (code: string, month: string, then: () => void) =>
    setQuestion({
      kind: 'locked',
      month,
      code,
      restate: () => {
        sheet.restate(month);
        then();
      },
    });
  const isDirty = () => Object.keys(sheet.get().staged.edits).length > 0;
  return (
    <div className="entry-work">
      <LeaveGuard isDirty={isDirty} kept={KEPT} />
      {state.restoredAt !== null && (
        <div className="notice entry-notice" role="status">
          <p>
            {counted(review.edits.length, 'change')} of {instant(state.restoredAt)} restored. Nothing of it is saved
            yet.
          </p>
          <Button look="plain" onClick={sheet.forgetNotice}>
            Close
          </Button>
        </div>
      )}
      {receipt && <Receipt receipt={receipt} onUndone={setReceipt} onClose={() => setReceipt(null)} />}
      {pasted.length > 0 && review.edits.length > 0 && (
        <p className="entry-pasted" data-testid="entry-pasted">
          {pasted.join(' ')} <kbd>Ctrl</kbd> <kbd>Z</kbd> takes it back.
        </p>
      )}
      <Problems
        {...{ review, refusals, calls }}
        onGo={goTo}
        onReason={() => document.getElementById(REASON_ID)?.focus()}
      />
      {grid.rows.length === 0 ? (
        empty
      ) : isWide ? (
        <EntryGrid
          key={`${grid.from} ${grid.to}`}
          {...{ model, sheet, state, handle, onPasted }}
          onAmbiguous={(example, choose) => setQuestion({ kind: 'reading', example, choose })}
          onClosed={({ row, col }, why) => {
            const [measure, month] = [grid.rows[row]!, grid.months[col]!.month];
            if (measure.mayWrite) askToRestate(measure.benefit.code, month, () => handle.current?.goTo(row, col));
            else say(`${measure.benefit.code} ${why}`);
          }}
          onSkipped={(skipped) =>
            say(`${counted(skipped, 'cell')} cannot be written and ${skipped === 1 ? 'was' : 'were'} left`)
          }
        />
      ) : (
        <PhoneList
          {...{ model, sheet, state }}
          onLocked={(row, month) => askToRestate(row.benefit.code, month, () => {})}
        />
      )}
      {grid.total > grid.rows.length && (
        <p className="caption">
          {grid.rows.length} of {grid.total} measures shown. Filter by ID or name to see others.
        </p>
      )}
      <ChangeBar
        {...{ sheet, state, review, isSaving, lacksReason }}
        onSave={save}
        onReview={() => setOpened('review')}
        onDiscard={() => setQuestion({ kind: 'discard', changes: review.edits.length, discard: sheet.discard })}
      />
      <QuestionDialog question={question} onClose={() => setQuestion(null)} />
      <ReviewDialog review={review} isOpen={opened === 'review'} onClose={() => setOpened(null)} />
      <ConflictDialog
        {...{ model, sheet }}
        conflicts={review.conflicts}
        isOpen={opened === 'conflicts'}
        onClose={() => setOpened(null)}
      />
    </div>
  );
}

const some = (texts: readonly string[]): string =>
  texts.length <= 10 ? texts.join(', ') : `${texts.slice(0, 10).join(', ')} and ${texts.length - 10} more`;
