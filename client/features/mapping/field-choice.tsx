import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Choices } from '../../ui/reference-field';
import type { OurField } from './fields';

interface FieldChoiceProps {
  id: string;
  label: string;
  fields: readonly OurField[];
  /** null: the column is not used. */
  value: string | null;
  onChange: (field: string | null) => void;
  /** Headers of the columns that fill fields already. */
  takenBy: ReadonlyMap<string, string>;
}

const NONE = '(none)';

/** One of our fields for a column of the file, found by typing a part of its name. */
export function FieldChoice({ id, label, fields, value, onChange, takenBy }: FieldChoiceProps) {
  const items = [
    { id: NONE, label: 'Not used', note: '' },
    ...fields.map((field) => {
      const taken = field.id === value ? undefined : takenBy.get(field.id);
      const note = taken === undefined ? (field.isKey ? 'identifies the row' : '') : `now filled by ${taken}`;
      return { id: field.id, label: field.label, note };
    }),
  ];
  return (
    <ComboBox
      aria-label={label}
      defaultItems={items}
      selectedKey={value ?? NONE}
      onSelectionChange={(key) => {
        if (key !== null) onChange(key === NONE ? null : String(key));
      }}
      menuTrigger="input"
      className={value === null ? 'field-choice field-choice-none' : 'field-choice'}
    >
      <div className="reference">
        <Input id={id} className="input" autoComplete="off" />
        <Button className="button reference-open" aria-label={`Show choices for ${label}`}>
          <span aria-hidden="true">▾</span>
        </Button>
      </div>
      <Choices>
        <ListBox className="menu">
          {(item: (typeof items)[number]) => (
            <ListBoxItem id={item.id} textValue={item.label} className="menu-item reference-item">
              <span>{item.label}</span>
              {item.note !== '' && <span className="caption">{item.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Choices>
    </ComboBox>
  );
}
