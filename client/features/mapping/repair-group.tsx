import { useId, useState } from 'react';
import type { ImportProblem, ProblemGroup } from '../../../server/contract/import.js';
import type { RecordType } from '../../../server/contract/columns.js';
import { count, counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ReferenceField } from '../../ui/reference-field';
import { useChoices } from '../records/search-choices';
import type { SheetDraft } from './drafts';
import { hasColumn } from './editing';
import { choicesOf, fieldLabel, fieldOf, tableOf } from './fields';
import { fillBlanks, leaveRows, rowList, rowsOf, takeAsBlank, writeInstead, type Place } from './repairs';

interface RepairGroupProps {
  group: ProblemGroup;
  problems: readonly ImportProblem[];
  draft: SheetDraft;
  onChange: (draft: SheetDraft) => void;
}

const SHOWN = 10;

/** Problems that one repair mends, and that repair. */
export function RepairGroup({ group, problems, draft, onChange }: RepairGroupProps) {
  const { table, column, repair, title, values } = group;
  const inRows = group.rowCount ?? group.count;
  const rows = rowsOf(group, problems);
  const isOut = rows.every((row) => draft.leaveOut.includes(row));
  const place = column === null ? null : { table, field: column };
  const named = values.filter(({ value }) => value.trim() !== '');
  return (
    <div className="problem-group">
      <h3>
        <span aria-hidden="true" className="variance-bad">
          ▲{' '}
        </span>
        {counted(inRows, 'row')}: {title}
        {inRows < group.count && <span className="caption"> ({count(group.count)} cells)</span>}
      </h3>
      <p className="caption">
        {tableOf(table).label}
        {column !== null && `, ${fieldLabel(table, column)}`} · row{' '}
        {rowList(rows.slice(0, SHOWN), rows.length < SHOWN ? rows.length : inRows)}
      </p>
      {place && (repair === 'choose' || repair === 'rewrite') && named.length > 0 && (
        <ul className="repair-values">
          {named.map(({ value, count }) => (
            <RepairValue key={value} {...{ value, count, place, draft, onChange }} canBeBlank={repair === 'rewrite'} />
          ))}
        </ul>
      )}
      {place && repair === 'fill' && <FillBlanks {...{ place, draft, onChange }} />}
      <p className="actions">
        {isOut ? (
          <Button look="plain" onClick={() => onChange(leaveRows(draft, rows, false))}>
            Take {rows.length === 1 ? 'this row' : `these ${counted(rows.length, 'row')}`} in again
          </Button>
        ) : (
          <Button look="plain" onClick={() => onChange(leaveRows(draft, rows, true))}>
            Leave {rows.length === 1 ? 'this row' : `these ${counted(rows.length, 'row')}`} out
          </Button>
        )}
      </p>
    </div>
  );
}

interface RepairValueProps {
  value: string;
  count: number;
  place: Place;
  canBeBlank: boolean;
  draft: SheetDraft;
  onChange: (draft: SheetDraft) => void;
}

function RepairValue({ value, count, place, canBeBlank, draft, onChange }: RepairValueProps) {
  const id = useId();
  const field = fieldOf(place.table, place.field);
  const choices = field === undefined ? null : choicesOf(field);
  const target = draft.mapping.targets.find((one) => one.table === place.table);
  const source = target?.fields.find(({ to }) => to === place.field);
  const isColumn = hasColumn(source);
  const inMonths = target?.wide?.months.some(({ to }) => to === place.field) ?? false;
  const written = source?.values.find(({ from }) => from.toLowerCase() === value.toLowerCase())?.to ?? '';
  const isBlank = [...(source?.blanks ?? []), ...(inMonths ? target!.wide!.blanks : [])].some(
    (one) => one.toLowerCase() === value.toLowerCase(),
  );
  // A field that brings its own label needs none here.
  const Name = field?.kind.kind === 'ref' || !isColumn ? 'span' : 'label';
  const write = (text: string) => onChange(writeInstead(draft, place, value, text === '' ? null : text));
  return (
    <li>
      <Name {...(Name === 'label' ? { htmlFor: id } : {})}>
        <span className="odd-text">“{value}”</span> <span className="caption">{counted(count, 'row')}</span>
      </Name>
      {isColumn && choices !== null && (
        <select id={id} className="input" value={written} onChange={({ target: input }) => write(input.value)}>
          <option value="">Choose</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      )}
      {isColumn && field?.kind.kind === 'ref' && (
        <OtherRecord type={field.kind.to} label={`Instead of “${value}”`} id={id} value={written} onChange={write} />
      )}
      {isColumn && choices === null && field?.kind.kind !== 'ref' && (
        <input
          id={id}
          className="input"
          placeholder="Write instead"
          value={written}
          onChange={({ target: input }) => write(input.value)}
        />
      )}
      {(canBeBlank || choices !== null) && (isColumn || inMonths) && (
        <Button
          look="plain"
          aria-pressed={isBlank}
          onClick={() => !isBlank && onChange(takeAsBlank(draft, place, value))}
        >
          {isBlank ? '✓ Read as blank' : 'Read as blank'}
          <span className="visually-hidden"> “{value}”</span>
        </Button>
      )}
    </li>
  );
}

/** One of the records that there are, for a code that names none. */
function OtherRecord({
  type,
  ...field
}: {
  type: RecordType;
  label: string;
  id: string;
  value: string;
  onChange: (code: string) => void;
}) {
  const { choices, search } = useChoices([type], false);
  return <ReferenceField {...field} choices={choices} onSearch={search} />;
}

function FillBlanks({ place, draft, onChange }: Omit<RepairValueProps, 'value' | 'count' | 'canBeBlank'>) {
  const id = useId();
  const [value, setValue] = useState('');
  const field = fieldOf(place.table, place.field);
  const choices = field === undefined ? null : choicesOf(field);
  return (
    <div className="field">
      <label htmlFor={id}>Where {fieldLabel(place.table, place.field)} is blank, write</label>
      <span className="actions">
        {choices ? (
          <select id={id} className="input" value={value} onChange={({ target }) => setValue(target.value)}>
            <option value="">Choose</option>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        ) : (
          <input id={id} className="input" value={value} onChange={({ target }) => setValue(target.value)} />
        )}
        <Button onClick={() => value !== '' && onChange(fillBlanks(draft, place, value))}>Fill the blanks</Button>
      </span>
    </div>
  );
}
