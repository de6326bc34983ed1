import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { MappingTarget, SourceSheet } from '../../../server/contract/mapping.js';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { sheetQuery } from './api';
import { ColumnTable } from './column-table';
import { Constants } from './constants';
import { setLayout } from './editing';
import { tableOf, wideFields } from './fields';
import { MonthColumns } from './month-columns';
import { neededForNew } from './open-points';
import { Preview } from './preview';
import { RowFilter } from './row-filter';
import { sureness } from './words';
import './columns.css';

interface TargetSectionProps {
  sourceId: string;
  sheet: SourceSheet;
  target: MappingTarget;
  at: number;
  /** The how-manieth of the same table it is: its rows come from several places of a row of the file. */
  again: number;
  /** The name of the saved mapping that it came from. */
  saved: string | null;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onChange: (target: MappingTarget) => void;
  onRemove: () => void;
}

/** One of the tables that the rows fill: folded to a line, or open to be matched. */
export function TargetSection(props: TargetSectionProps) {
  const { sheet, target, at, isOpen, onOpen, onRemove } = props;
  const id = useId();
  const table = tableOf(target.table);
  const label = props.again === 1 ? table.label : `${table.label} ${props.again}`;
  const why = sheet.tables.find((one) => one.table === target.table);
  const columns = new Set(target.fields.flatMap(({ column }) => (column === null ? [] : [column.index])));
  const months = target.wide?.months.length ?? 0;
  return (
    <section className="card import-form target" aria-labelledby={`${id}-title`}>
      <div className="target-head">
        <h2 id={`${id}-title`}>{label}</h2>
        <p className="field-help">
          {table.help}
          {why && at === 0 && ` ${sureness(why)}.`}
        </p>
        <div className="actions">
          <span className="caption">
            {counted(columns.size + months, 'column')} used
            {target.onlyWhere.length > 0 && ', some of the rows'}
          </span>
          <Button aria-expanded={isOpen} aria-controls={`${id}-body`} onClick={() => onOpen(!isOpen)}>
            {isOpen ? 'Fold' : 'Match'}
            <span className="visually-hidden"> {label}</span>
          </Button>
          <Button look="plain" onClick={onRemove} aria-label={`Remove ${label}`}>
            Remove
          </Button>
        </div>
      </div>
      <div id={`${id}-body`} hidden={!isOpen} className="import-form">
        {isOpen && <TargetBody {...props} />}
      </div>
    </section>
  );
}

function TargetBody({ sourceId, sheet, target, at, saved, onChange }: TargetSectionProps) {
  const isFirst = sheet.suggestion?.mapping.targets.some(({ table }) => table === target.table) ?? false;
  // Why a column seems to be one of the fields of this table; not needed to go on.
  const other = useQuery({
    ...sheetQuery(sourceId, sheet.sheet, { headerRow: sheet.headerRow, table: target.table }),
    enabled: !isFirst,
  });
  const suggestion = isFirst ? sheet.suggestion : (other.data?.suggestion ?? null);
  const table = tableOf(target.table);
  const figures = wideFields(table);
  const names = neededForNew(target);
  const suggested = suggestion?.mapping.targets.find((one) => one.table === target.table);
  return (
    <>
      {target.fields.length === 0 && suggested !== undefined && suggested.fields.length > 0 && (
        <p className="actions">
          <Button onClick={() => onChange({ ...suggested, onlyWhere: target.onlyWhere })}>
            Match what looks alike
          </Button>
          <span className="caption">{counted(suggested.fields.length, 'field')} would be filled.</span>
        </p>
      )}
      {figures.length > 0 && (
        <fieldset className="choices layout-choice">
          <legend>How are the months written?</legend>
          {(['long', 'wide'] as const).map((layout) => (
            <label key={layout} className="choice">
              <input
                type="radio"
                name={`layout-${at}`}
                checked={target.layout === layout}
                onChange={() => onChange(setLayout(target, layout, sheet.columns))}
              />
              {layout === 'long' ? 'A row for each month' : 'A column for each month'}
            </label>
          ))}
        </fieldset>
      )}
      {target.layout === 'wide' && <MonthColumns {...{ sheet, target, at, figures, onChange }} />}
      <ColumnTable {...{ sheet, target, at, saved, onChange }} reasons={suggestion?.columns ?? []} />
      <Constants {...{ target, at, onChange }} />
      {names.length > 0 && (
        <p className="field-help">
          <span aria-hidden="true">⚠ </span>
          {names.map(({ label }) => label).join(', ')} is filled by nothing: new records need it, those that exist keep
          theirs.
        </p>
      )}
      <RowFilter {...{ sheet, target, at, onChange }} />
      <Preview sourceId={sourceId} sheet={sheet} target={target} />
    </>
  );
}
