import type { ImportSource } from '../../../server/contract/mapping.js';
import { Button } from '../../ui/button';

interface MixedSheetsProps {
  source: ImportSource;
  onCheck: () => void;
  onMatch: (sheet: string) => void;
}

/** A workbook with tables of ours and sheets that are none. */
export function MixedSheets({ source, onCheck, onMatch }: MixedSheetsProps) {
  const own = source.sheets.filter((sheet) => sheet.own).map(({ sheet }) => sheet);
  const foreign = source.sheets.filter((sheet) => !sheet.own).map(({ sheet }) => sheet);
  return (
    <section className="card import-form" aria-labelledby="mixed-title">
      <h2 id="mixed-title">Some sheets are tables of ours</h2>
      <p>
        {own.join(', ')} {own.length === 1 ? 'is a table' : 'are tables'} of ours. The columns of {foreign.join(', ')}{' '}
        are not ours: they would not be read without being matched.
      </p>
      <p className="actions">
        <Button look="primary" onClick={onCheck}>
          Check what is ours
        </Button>
        {foreign.map((sheet) => (
          <Button key={sheet} onClick={() => onMatch(sheet)}>
            Match {sheet}
          </Button>
        ))}
      </p>
    </section>
  );
}
