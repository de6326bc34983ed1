import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type {
  ConfirmationItem,
  JudgedValues,
  JudgeValues,
  RefusedValue,
} from '../../../server/contract/confirmation.js';
import { counted, day } from '../../../server/contract/format.js';
import { ApiError } from '../../lib/http';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';
import { tryKeys } from '../proof/coded';
import { judge, refusedOf } from './api';
import { keyOf, sumsOf } from './selection';
import { amountWords, chosenWords, placeWords, sumWords } from './words';

export type Verdict = JudgeValues['verdict'];
/** A value that was refused, as it was seen. */
export type Met = RefusedValue & { seen: string; value: ConfirmationItem };

interface JudgeDialogProps {
  verdict: Verdict;
  items: readonly ConfirmationItem[];
  onClose: () => void;
  onDone: (done: JudgedValues, items: readonly ConfirmationItem[]) => void;
  /** These cannot be judged: they are no longer chosen, and the list is read anew. */
  onRefused: (refused: readonly Met[]) => void;
}

/** Exactly what will be confirmed or rejected, the note that stays with it, and what was refused. Nothing is lost by an error. */
export function JudgeDialog({ verdict, items, onClose, onDone, onRefused }: JudgeDialogProps) {
  const noteId = useId();
  const [note, setNote] = useState('');
  const [lacksNote, setLacksNote] = useState(false);
  const [met, setMet] = useState<readonly Met[]>([]);
  const [tryKeyOf] = useState(tryKeys);
  const isRejection = verdict === 'reject';
  const send = useMutation({
    mutationFn: (sent: readonly ConfirmationItem[]) => {
      const body: JudgeValues = {
        verdict,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        items: sent.map(({ benefit: { code, currency }, ...seen }) => ({
          benefit: code,
          month: seen.month,
          version: seen.version,
          amount: seen.amount,
          currency,
        })),
      };
      return judge(body, tryKeyOf(JSON.stringify(body)));
    },
    onSuccess: (done, sent) => onDone(done, sent),
    onError: (error, sent) => {
      const refused = refusedOf(error).map((each): Met => ({ ...each, value: sent[each.item]! }));
      if (refused.length === 0) return;
      setMet(refused);
      onRefused(refused);
    },
  });
  const submit = () => {
    if (isRejection && note.trim() === '') {
      setLacksNote(true);
      document.getElementById(noteId)?.focus();
      return;
    }
    send.mutate(items);
  };
  const error = send.error && refusedOf(send.error).length === 0 ? send.error : null;
  const verb = isRejection ? 'Reject' : 'Confirm';
  return (
    <ConfirmDialog
      title={items.length === 0 ? 'Nothing is left to judge' : `${verb} ${counted(items.length, 'value')}`}
      isOpen
      onClose={onClose}
    >
      {met.length > 0 && <Refused met={met} left={items.length} verb={verb.toLowerCase()} />}
      {items.length > 0 && (
        <>
          <div
            className="table-region confirm-chosen"
            tabIndex={0}
            role="region"
            aria-label={`What you ${verb.toLowerCase()}`}
          >
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">Benefit</th>
                  <th scope="col">Month</th>
                  <th scope="col" className="numeric">
                    Realised
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={keyOf(item)}>
                    <th scope="row">
                      {item.benefit.code} {item.benefit.name}
                    </th>
                    <td className="nowrap">{day(item.month)}</td>
                    <td className="numeric">{amountWords(item, item.amount)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p>
            {isRejection
              ? 'Whoever reported them sees the note, and each value waits again once it is put right.'
              : 'Your name stays with these amounts. A value that is corrected later is confirmed no more.'}
          </p>
          <div className="field">
            <label htmlFor={noteId}>
              {isRejection ? 'What has to be put right' : 'Note'}
              {isRejection && <span className="field-required"> (required)</span>}
            </label>
            {lacksNote && note.trim() === '' && (
              <p className="field-error" id={`${noteId}-error`}>
                <span aria-hidden="true">▲ </span>
                Say what has to be put right before it can be confirmed.
              </p>
            )}
            <textarea
              id={noteId}
              className="input textarea confirm-note-field"
              rows={3}
              maxLength={1000}
              value={note}
              aria-invalid={lacksNote && note.trim() === '' ? true : undefined}
              aria-describedby={lacksNote && note.trim() === '' ? `${noteId}-error` : undefined}
              aria-required={isRejection || undefined}
              onChange={({ target }) => setNote(target.value)}
            />
          </div>
        </>
      )}
      {error && (
        <p role="alert" className="field-error">
          <span aria-hidden="true">▲ </span>
          {error.message} What you chose and wrote is kept; sent again, nothing is done twice.
          {error instanceof ApiError && error.requestId && (
            <>
              {' '}
              Reference <code>{error.requestId}</code>
            </>
          )}
        </p>
      )}
      <div className="actions">
        {items.length > 0 && (
          <Button look={isRejection ? 'danger' : 'primary'} busy={send.isPending} onClick={submit}>
            {send.isPending
              ? isRejection
                ? 'Rejecting'
                : 'Confirming'
              : `${verb} ${met.length > 0 ? 'the other ' : ''}${chosenWords(items.length, sumsOf(items))}`}
          </Button>
        )}
        <Button onClick={onClose}>{items.length === 0 ? 'Back to the list' : 'Cancel'}</Button>
      </div>
    </ConfirmDialog>
  );
}

/** Row by row what cannot be judged, and why; nothing of the verdict was stored. */
function Refused({ met, left, verb }: { met: readonly Met[]; left: number; verb: string }) {
  return (
    <div className="error-summary" role="alert">
      <p>
        {counted(met.length, 'value')} cannot be judged as you saw {met.length === 1 ? 'it' : 'them'}; nothing was done.
        {left > 0 && ` You can ${verb} the others.`}
      </p>
      <ul>
        {met.map((each) => (
          <li key={keyOf(each.value)}>
            {placeWords(each.value)}: {each.message}
            {each.why === 'changed' && each.now !== null && (
              <>
                {' '}
                You saw {amountWords(each.value, each.seen)}, it is {amountWords(each.value, each.now)} now.
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was done, by whom and when, in one line that takes the focus. */
export function receiptWords(done: JudgedValues, items: readonly ConfirmationItem[]): string {
  const sums = sumsOf(items);
  const verb = done.verdict === 'confirm' ? 'confirmed' : 'rejected';
  return `${counted(done.values, 'value')} of ${counted(done.benefits, 'benefit')} ${verb}${sums.length === 0 ? '' : `, ${sumWords(sums)}`}`;
}
