import { useState } from 'react';
import type { z } from 'zod';
import type {
  columnSuggestion,
  FieldSource,
  MappingTarget,
  SourceColumn,
  SourceSheet,
} from '../../../server/contract/mapping.js';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { filledBy, refill } from './editing';
import { FieldChoice } from './field-choice';
import { tableOf } from './fields';
import { FieldReading } from './field-reading';
import { columnName, contentOf, sureness } from './words';

type Reason = z.output<typeof columnSuggestion>;

interface ColumnTableProps {
  sheet: SourceSheet;
  target: MappingTarget;
  at: number;
  saved: string | null;
  reasons: readonly Reason[];
  onChange: (target: MappingTarget) => void;
}

/** From this many columns on, those that nothing uses are folded away once some are used. */
const MANY = 12;

/** Each column of the file with some of its cells, and the field of ours that it fills. */
export function ColumnTable(props: ColumnTableProps) {
  const { sheet, target } = props;
  const months = new Set((target.wide?.months ?? []).map(({ column }) => column.index));
  const columns = sheet.columns.filter(
    ({ index, kind, header }) => !months.has(index) && (kind !== 'empty' || header !== ''),
  );
  const used = columns.filter(({ index }) => filledBy(target, index).length > 0);
  const [isAll, setAll] = useState(columns.length <= MANY || used.length === 0);
  // A column that was just taken out stays in sight.
  const [touched, setTouched] = useState<ReadonlySet<number>>(() => new Set(used.map(({ index }) => index)));
  const shown = isAll
    ? columns
    : columns.filter(({ index }) => touched.has(index) || used.some((one) => one.index === index));
  const hidden = columns.length - shown.length;
  return (
    <div>
      <table className="table match-table">
        <caption className="visually-hidden">Columns of the file and the fields that they fill</caption>
        <thead>
          <tr>
            <th scope="col">Column of the file</th>
            <th scope="col">Examples</th>
            <th scope="col">Our field</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((column) => (
            <ColumnRow
              key={column.index}
              column={column}
              {...props}
              onTouch={() => setTouched(new Set([...touched, column.index]))}
            />
          ))}
        </tbody>
      </table>
      {(hidden > 0 || (isAll && columns.length > MANY)) && (
        <p className="table-more">
          <Button look="plain" onClick={() => setAll(!isAll)}>
            {isAll ? 'Show only the columns in use' : `Show ${counted(hidden, 'more column')}`}
          </Button>
        </p>
      )}
    </div>
  );
}

const SAMPLES = 3;

function ColumnRow({
  column,
  sheet,
  target,
  at,
  saved,
  reasons,
  onChange,
  onTouch,
}: ColumnTableProps & { column: SourceColumn; onTouch: () => void }) {
  const [isAdding, setAdding] = useState(false);
  const filled = filledBy(target, column.index);
  const name = columnName(column);
  const choices: (FieldSource | null)[] = filled.length === 0 || isAdding ? [...filled, null] : [...filled];
  const takenBy = new Map(
    target.fields.flatMap(({ to, column: from }) => (from === null ? [] : [[to, from.header] as const])),
  );
  const fields = tableOf(target.table).fields.filter(({ id }) => target.layout === 'long' || id !== 'month');
  return (
    <tr>
      <th scope="row" className="match-column">
        <span className="match-header">{name}</span>
        <span className="caption">
          {column.header === '' ? '' : `${column.letter} · `}
          {contentOf(column, sheet.rows)}
        </span>
      </th>
      <td className="match-samples">
        {column.samples.length === 0 ? (
          <span className="caption">no cell is filled</span>
        ) : (
          <ul>
            {column.samples.slice(0, SAMPLES).map((sample) => (
              <li key={sample} title={sample.length > 80 ? sample : undefined}>
                {sample}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td className="match-fields">
        {choices.map((source, index) => (
          <div key={source?.to ?? 'new'} className="match-field">
            <FieldChoice
              id={`column-${at}-${column.index}-${index}`}
              label={`Field for ${name}`}
              fields={fields}
              value={source?.to ?? null}
              takenBy={takenBy}
              onChange={(to) => {
                onTouch();
                setAdding(false);
                onChange(refill(target, column, source?.to ?? null, to));
              }}
            />
            {source && (
              <>
                <span className="caption match-why">{whyOf(source, column, target, saved, reasons)}</span>
                <FieldReading {...{ column, source, target, at, onChange }} />
              </>
            )}
          </div>
        ))}
        {filled.length > 0 && !isAdding && (
          <Button
            look="plain"
            className="match-another"
            onClick={() => setAdding(true)}
            aria-label={`Another field, too, for ${name}`}
          >
            Another field, too
          </Button>
        )}
      </td>
    </tr>
  );
}

function whyOf(
  source: FieldSource,
  column: SourceColumn,
  target: MappingTarget,
  saved: string | null,
  reasons: readonly Reason[],
): string {
  if (saved !== null) return `Saved mapping “${saved}”`;
  const reason = reasons.find(
    (one) => one.column === column.index && one.table === target.table && one.field === source.to,
  );
  return reason ? sureness(reason) : 'Chosen by you';
}
