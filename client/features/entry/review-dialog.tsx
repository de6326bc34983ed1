import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';
import { localised } from '../../../server/contract/locale-number.js';
import { counted } from '../../../server/contract/format.js';
import type { Review } from './model';
import { CODES, placeOf, shownValue } from './words';

const MOST = 200;

/** Everything that would be saved, from what to what. */
export function ReviewDialog({ review, isOpen, onClose }: { review: Review; isOpen: boolean; onClose: () => void }) {
  const shown = (value: string | null) => (value === null ? 'empty' : shownValue(value, 0));
  return (
    <ConfirmDialog title={`${counted(review.edits.length, 'change')}, not saved yet`} isOpen={isOpen} onClose={onClose}>
      <div className="table-region entry-review" tabIndex={0} role="region" aria-label="Changes">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Was</th>
              <th scope="col">Becomes</th>
              <th scope="col">Unit</th>
            </tr>
          </thead>
          <tbody>
            {review.edits.slice(0, MOST).map(({ key, edit, number }) => (
              <tr key={key}>
                <th scope="row">
                  {placeOf(edit, number)} {CODES[edit.field]}
                </th>
                <td className="numeric">{shown(edit.base.value)}</td>
                <td className="numeric">{edit.problem === null ? shown(edit.value) : `! ${edit.text}`}</td>
                <td>{edit.unit}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {review.edits.length > MOST && (
          <p>
            {MOST} of {localised(String(review.edits.length))} shown.
          </p>
        )}
      </div>
      <div className="actions">
        <Button onClick={onClose}>Close</Button>
      </div>
    </ConfirmDialog>
  );
}
