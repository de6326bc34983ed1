import { useId } from 'react';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { REASON } from '../../ui/reason';
import type { Review } from './model';
import type { Sheet, SheetState } from './sheet';
import { changeTotals } from './totals';
import { changeWords } from './words';

interface ChangeBarProps {
  sheet: Sheet;
  state: SheetState;
  review: Review;
  isSaving: boolean;
  /** A save was refused for want of a reason. */
  lacksReason: boolean;
  onSave: () => void;
  onReview: () => void;
  onDiscard: () => void;
}

export const REASON_ID = 'entry-reason';

/** What is staged, in one line that stays in sight, and what can be done with it. */
export function ChangeBar({
  sheet,
  state,
  review,
  isSaving,
  lacksReason,
  onSave,
  onReview,
  onDiscard,
}: ChangeBarProps) {
  const note = useId();
  const { edits, valid, problems, warnings, conflicts, unreasoned, rows } = review;
  if (edits.length === 0) return null;
  const isRequired = unreasoned.length > 0 || lacksReason;
  return (
    <section className="foot-bar entry-bar" aria-label="Changes that are not saved">
      <p className="entry-bar-words">
        {changeWords(edits.length, rows, changeTotals(state.staged.edits), problems.length, warnings.length)}
        {conflicts.length > 0 && ` · ${counted(conflicts.length, 'conflict')}`}
      </p>
      <label className="entry-reason">
        <span>{isRequired ? 'Reason (required)' : REASON.label}</span>
        <input
          id={REASON_ID}
          className="input"
          value={state.reason}
          maxLength={1000}
          required={isRequired}
          aria-invalid={lacksReason && state.reason.trim() === '' ? true : undefined}
          aria-describedby={isRequired ? note : undefined}
          onChange={({ target }) => sheet.setReason(target.value)}
        />
        {isRequired && (
          <small id={note}>
            {unreasoned.length > 0
              ? `${counted(unreasoned.length, 'saved or locked value changes', 'saved or locked values change')}: say why.`
              : 'What is saved, planned or locked changes only with a reason.'}
          </small>
        )}
      </label>
      <div className="actions">
        <Button look="primary" busy={isSaving} onClick={onSave} aria-keyshortcuts="Control+S">
          {isSaving
            ? 'Saving'
            : conflicts.length > 0 && valid.length === 0
              ? 'Settle conflicts'
              : `Save ${valid.length}${problems.length > 0 ? ' valid' : ''}`}
        </Button>
        <Button onClick={onReview}>Review changes</Button>
        <Button look="danger" onClick={onDiscard}>
          Discard
        </Button>
      </div>
    </section>
  );
}
