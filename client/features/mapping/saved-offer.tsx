import type { SourceSheet } from '../../../server/contract/mapping.js';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import type { SheetDraft } from './drafts';

interface SavedOfferProps {
  sheet: SourceSheet;
  draft: SheetDraft;
  onChange: (draft: SheetDraft) => void;
}

/** Mappings that were saved for a sheet like this one, before anything is matched by hand. */
export function SavedOffer({ sheet, draft, onChange }: SavedOfferProps) {
  if (sheet.saved.length === 0) return null;
  return (
    <section className="card import-form saved-offer" aria-labelledby="saved-title">
      <h2 id="saved-title">Matched before</h2>
      <ul className="import-form">
        {sheet.saved.map(({ id, name, mapping, missing, added }) => (
          <li key={id} className="actions">
            {draft.saved?.id === id ? (
              <span role="status">
                <span aria-hidden="true">✓ </span>“{name}” is in use.
              </span>
            ) : (
              <Button
                look={draft.saved === null && missing.length === 0 ? 'primary' : 'normal'}
                onClick={() => onChange({ ...draft, mapping, saved: { id, name } })}
              >
                Use “{name}”
              </Button>
            )}
            <span className="caption">
              {missing.length === 0
                ? 'It knows all the columns that it needs.'
                : `${counted(missing.length, 'column')} of it ${missing.length === 1 ? 'is' : 'are'} not in this sheet: ${missing.join(', ')}.`}
              {added.length > 0 && ` New months: ${added.join(', ')}.`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
