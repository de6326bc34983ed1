import { useState } from 'react';
import type { SourceSheet } from '../../../server/contract/mapping.js';
import { Button } from '../../ui/button';
import { MAPPED_TABLES, tableOf } from './fields';
import { sureness } from './words';

interface TableSelectProps {
  id: string;
  label: string;
  suggested: SourceSheet['tables'];
  onChoose: (table: string) => Promise<void>;
}

/** One of our tables, with a word about what it holds; what the columns look like stands first. */
export function TableSelect({ id, label, suggested, onChoose }: TableSelectProps) {
  const [table, setTable] = useState('');
  const [isBusy, setBusy] = useState(false);
  const names = new Set(suggested.map((one) => one.table));
  const why = suggested.find((one) => one.table === table);
  return (
    <div className="table-select">
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <select
          id={id}
          className="input"
          value={table}
          aria-describedby={`${id}-help`}
          onChange={({ target }) => setTable(target.value)}
        >
          <option value="">Choose a table</option>
          {suggested.length > 0 && (
            <optgroup label="By its columns">
              {suggested.map((one) => (
                <option key={one.table} value={one.table}>
                  {tableOf(one.table).label}
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label="All tables">
            {MAPPED_TABLES.filter((one) => !names.has(one.table)).map((one) => (
              <option key={one.table} value={one.table}>
                {one.label}
              </option>
            ))}
          </optgroup>
        </select>
      </div>
      <Button
        busy={isBusy}
        onClick={() => {
          if (table === '') return document.getElementById(id)?.focus();
          setBusy(true);
          void onChoose(table).finally(() => {
            setBusy(false);
            setTable('');
          });
        }}
      >
        Add this table
      </Button>
      <p className="field-help" id={`${id}-help`}>
        {table === '' ? 'One row may fill several tables: a project, its costs, its benefit.' : tableOf(table).help}
        {why && ` ${sureness(why)}.`}
      </p>
    </div>
  );
}
