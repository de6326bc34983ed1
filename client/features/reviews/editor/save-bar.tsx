import { counted } from '../../../../server/contract/format.js';
import { ApiError } from '../../../lib/http';
import { Button } from '../../../ui/button';
import { isFrozenRefusal, refusalWords } from '../words';
import type { Editing } from './use-editing';

/** What is edited and not saved, with the way to save it; what went wrong with it. */
export function SaveBar({ editing, version, onReload }: { editing: Editing; version: number; onReload: () => void }) {
  const { edits, isEdited, saving } = editing;
  const { error } = saving;
  // A conflict is asked about in a dialog.
  const isConflict = error instanceof ApiError && error.status === 412;
  if (!isEdited)
    return (
      <p className="visually-hidden" role="status">
        {saving.isSuccess ? 'Saved' : ''}
      </p>
    );
  const sections = Object.keys(edits.narrative).length;
  const isCover = Object.values(edits.cover).some((each) => each !== undefined);
  const parts = [isCover ? 'the cover' : '', sections > 0 ? counted(sections, 'section') : ''].filter(Boolean);
  return (
    <div className="foot-bar" role="region" aria-label="Edits that are not saved">
      <p role="status">
        Not saved: {parts.join(' and ')}. Kept in this browser.
        {edits.version !== version && ' Somebody saved meanwhile; saving asks you which to keep.'}
      </p>
      {error && !isConflict && (
        <p role="alert" className="review-broken">
          ▲ {refusalWords(error)}
        </p>
      )}
      <div className="actions">
        {isFrozenRefusal(error) ? (
          <Button look="primary" onClick={onReload}>
            Read the frozen review
          </Button>
        ) : (
          <Button look="primary" busy={saving.isPending} onClick={editing.save}>
            {saving.isPending ? 'Saving' : 'Save'}
          </Button>
        )}
        <Button onClick={editing.dropAll}>Drop the edits</Button>
      </div>
    </div>
  );
}
