import { useContext, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox, ComboBoxStateContext } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { FieldLabel, FieldNotes } from './form-field';
import './reference-field.css';

export interface ReferenceChoice {
  /** What is stored: a code, or `type:code`. */
  value: string;
  code: string;
  name: string;
  /** Of which kind it is, where several are offered. */
  kind?: string;
}

interface ReferenceFieldProps {
  label: string;
  id: string;
  help?: string | undefined;
  error?: string | undefined;
  isRequired?: boolean;
  isReadOnly?: boolean;
  value: string;
  onChange: (value: string) => void;
  /** What was found for the words that `onSearch` told last; null while looking. */
  choices: readonly ReferenceChoice[] | null;
  onSearch: (words: string) => void;
  /** The name of what is chosen. */
  note?: string | null | undefined;
}

const codeIn = (value: string): string => value.slice(value.indexOf(':') + 1);

/** One record of another register, found by code or name. Text that names none is kept as it was typed, for the server to judge. */
export function ReferenceField(props: ReferenceFieldProps) {
  const { label, id, help, error, isRequired = false, isReadOnly = false, value, onChange, choices, onSearch } = props;
  const [kept, setKept] = useState({ value, text: codeIn(value) });
  // Set from outside: a draft that was taken over, a conflict that was settled.
  if (kept.value !== value) setKept({ value, text: codeIn(value) });
  const take = (text: string) => {
    const same = (choices ?? []).filter(({ code }) => code.toLowerCase() === text.trim().toLowerCase());
    const known = same.find((choice) => choice.value === kept.value) ?? same[0];
    const next = known?.value ?? text.trim();
    setKept({ value: next, text });
    if (next !== value) onChange(next);
    onSearch(text.trim());
  };
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <FieldLabel {...{ label, isRequired }} htmlFor={id} />
      <FieldNotes name={id} {...{ help, error }} />
      <ComboBox
        aria-label={label}
        allowsCustomValue
        allowsEmptyCollection
        menuTrigger="input"
        items={choices ?? []}
        inputValue={kept.text}
        onInputChange={take}
        onSelectionChange={(key) => {
          const chosen = choices?.find((choice) => choice.value === key);
          if (!chosen) return;
          setKept({ value: chosen.value, text: chosen.code });
          onChange(chosen.value);
        }}
        // Opened by its button it offers everything, whatever is chosen now.
        onOpenChange={(isOpen, trigger) => isOpen && trigger !== 'input' && onSearch('')}
        isReadOnly={isReadOnly}
        isInvalid={error !== undefined}
        isRequired={isRequired}
        validationBehavior="aria"
      >
        <div className="reference">
          <Input id={id} className="input" aria-describedby={described || undefined} autoComplete="off" />
          <Button className="button reference-open" aria-label={`Show choices for ${label}`}>
            <span aria-hidden="true">▾</span>
          </Button>
        </div>
        <Choices>
          <ListBox
            className="menu"
            renderEmptyState={() => (
              <p className="reference-none">
                {choices === null ? 'Looking' : 'Nothing found. The code is kept as typed.'}
              </p>
            )}
          >
            {(choice: ReferenceChoice) => (
              <ListBoxItem id={choice.value} textValue={choice.code} className="menu-item reference-item">
                <span>
                  <b>{choice.code}</b> {choice.name}
                </span>
                {choice.kind && <span className="caption">{choice.kind}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </Choices>
      </ComboBox>
      {props.note && <p className="field-help">{props.note}</p>}
    </div>
  );
}

/**
 * The choices stay open while the page scrolls: a browser scrolls a field into view, and a page that is still loading grows above it. Closed
 * by that, they would not come back when something is found.
 */
export function Choices({ children }: { children: ReactNode }) {
  const state = useContext(ComboBoxStateContext);
  return (
    <Popover
      className="menu-popover reference-popover"
      isOpen={state?.isOpen ?? false}
      onOpenChange={(isOpen) => {
        if (!isOpen && window.event?.type !== 'scroll') state?.close();
      }}
    >
      {children}
    </Popover>
  );
}
