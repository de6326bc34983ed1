import { instant } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';
import { exponentOf, unitText, type Model, type Review } from './model';
import type { Sheet } from './sheet';
import { FIELD_WORDS, placeOf, shownValue } from './words';

interface ConflictDialogProps {
  model: Model;
  conflicts: Review['conflicts'];
  sheet: Sheet;
  isOpen: boolean;
  onClose: () => void;
}

/** Somebody else saved meanwhile: both values, who and when, and a choice for each cell before anything is written over. */
export function ConflictDialog({ model, conflicts, sheet, isOpen, onClose }: ConflictDialogProps) {
  const settleAll = (mine: boolean) => {
    for (const { key, theirs } of conflicts)
      if (mine) sheet.keepMine(key, theirs);
      else sheet.takeTheirs(key);
  };
  return (
    <ConfirmDialog title="Saved by someone else meanwhile" isOpen={isOpen && conflicts.length > 0} onClose={onClose}>
      <p>Nothing is written over until you have chosen. Choose for each, then save again.</p>
      <ul className="entry-conflicts">
        {conflicts.map(({ key, edit, theirs, number }) => {
          const row = model.grid.rows[model.rowOf.get(edit.benefit) ?? -1];
          const exponent = row ? exponentOf(row, model.scale) : 0;
          const unit = row ? unitText(row, model.scale) : edit.unit;
          const shown = (value: string | null) => (value === null ? 'empty' : `${shownValue(value, exponent)} ${unit}`);
          const place = `${placeOf(edit, number)}, ${FIELD_WORDS[edit.field].toLowerCase()}`;
          return (
            <li key={key} role="group" aria-label={place}>
              <p>
                <strong>{place}</strong> {edit.name}
              </p>
              <dl>
                <div>
                  <dt>
                    {theirs.by ?? 'Someone else'}
                    {theirs.at === null ? '' : `, ${instant(theirs.at)}`}
                  </dt>
                  <dd className="figures">{shown(theirs.value)}</dd>
                </div>
                <div>
                  <dt>You, not saved</dt>
                  <dd className="figures">{shown(edit.value)}</dd>
                </div>
                <div>
                  <dt>Before both</dt>
                  <dd className="figures">{shown(edit.base.value)}</dd>
                </div>
              </dl>
              <div className="actions">
                <Button onClick={() => sheet.takeTheirs(key)}>Take theirs</Button>
                <Button onClick={() => sheet.keepMine(key, theirs)}>Keep mine</Button>
              </div>
            </li>
          );
        })}
      </ul>
      <div className="actions">
        {conflicts.length > 1 && (
          <>
            <Button onClick={() => settleAll(false)}>Take all of theirs</Button>
            <Button onClick={() => settleAll(true)}>Keep all of mine</Button>
          </>
        )}
        <Button onClick={onClose}>Decide later</Button>
      </div>
    </ConfirmDialog>
  );
}
