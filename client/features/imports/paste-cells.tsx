import { useId, useState } from 'react';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { pastedFile } from './pasted';

interface PasteCellsProps {
  /** How many pastes there are already. */
  pasted: number;
  onPaste: (file: File) => void;
  isDisabled: boolean;
}

/** Cells copied in a spreadsheet, in place of a file. What is no table stays as it was pasted. */
export function PasteCells({ pasted, onPaste, isDisabled }: PasteCellsProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [isRefused, setRefused] = useState(false);
  const table = pastedFile(text, pasted + 1);
  const take = () => {
    if (table === null) return setRefused(true);
    setText('');
    setRefused(false);
    onPaste(table.file);
  };
  return (
    <details className="paste-cells">
      <summary>Or paste cells from a spreadsheet</summary>
      <div className="field">
        <label htmlFor={id}>Cells with their column names in the first row</label>
        {isRefused && table === null && (
          <p className="field-error" id={`${id}-error`} role="alert">
            <span aria-hidden="true">▲ </span>A row of column names and at least one row below are needed.
          </p>
        )}
        <textarea
          id={id}
          className="input"
          rows={5}
          spellCheck={false}
          value={text}
          aria-invalid={(isRefused && table === null) || undefined}
          aria-describedby={isRefused && table === null ? `${id}-error` : undefined}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <p className="actions">
        <Button onClick={take} busy={isDisabled}>
          Use these cells
        </Button>
        <span className="caption" role="status">
          {table !== null && `${counted(table.rows, 'row')} below the names, ${counted(table.columns, 'column')}`}
        </span>
      </p>
    </details>
  );
}
