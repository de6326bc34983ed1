import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ImportSource, SourceSheet } from '../../../server/contract/mapping.js';
import { count, counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import type { WizardSearch } from './address';

interface SheetChoiceProps {
  source: ImportSource;
  sheet: SourceSheet;
  onHeaderRow: (row: number) => Promise<void>;
}

/** Which sheet, where there are several, and in which of its rows the columns are named. */
export function SheetChoice({ source, sheet, onHeaderRow }: SheetChoiceProps) {
  const navigate = useNavigate();
  const [row, setRow] = useState(String(sheet.headerRow));
  const look = useMutation({ mutationFn: onHeaderRow });
  const isOther = row !== String(sheet.headerRow) && /^[1-9]\d{0,2}$/.test(row);
  return (
    <section className="card sheet-choice" aria-label="Sheet">
      {source.sheets.length > 1 && (
        <div className="field">
          <label htmlFor="sheet">Sheet</label>
          <select
            id="sheet"
            className="input"
            value={sheet.sheet}
            onChange={({ target }) =>
              void navigate({
                to: '/import',
                search: (now: WizardSearch) => ({ ...now, step: 'match', sheet: target.value }),
                resetScroll: false,
              })
            }
          >
            {source.sheets.map((one) => (
              <option key={one.sheet} value={one.sheet}>
                {one.sheet} ({counted(one.rows, 'row')})
              </option>
            ))}
          </select>
        </div>
      )}
      <div className="field">
        <label htmlFor="header-row">Row with the column names</label>
        <span className="actions">
          <input
            id="header-row"
            className="input header-row"
            inputMode="numeric"
            value={row}
            onChange={({ target }) => setRow(target.value)}
          />
          {isOther && (
            <Button busy={look.isPending} onClick={() => look.mutate(Number(row))}>
              Read again from row {row}
            </Button>
          )}
        </span>
        {look.error && <p className="field-error">{look.error.message}</p>}
      </div>
      <p className="field-help">
        {counted(sheet.columns.length, 'column')}, {counted(sheet.rows, 'row')} below
        {sheet.above.length > 0 &&
          `; ${count(sheet.headerRow - 1)} above ${sheet.headerRow === 2 ? 'is' : 'are'} not read`}
      </p>
    </section>
  );
}
