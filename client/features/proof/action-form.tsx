import { useState } from 'react';
import { readSchema, RECORDS, type AnyRecord } from '../../../server/contract/records.js';
import { currentIn } from '../../lib/current';
import { readNumber, typedNumber } from '../../lib/read-number';
import { changeOf, createOf } from './api';
import { createCoded, tryKeys } from './coded';
import { ProofForm, type FieldProblem, type ProofField, type Typed } from './proof-form';
import { today } from './words';

const schema = readSchema(RECORDS.corrective_action);
const currentOf = (body: unknown): AnyRecord | null => currentIn(schema, body);
const textOf = (record: AnyRecord | null, field: string): string => String(record?.[field] ?? '');
const nullIfBlank = (text: string): string | null => (text.trim() === '' ? null : text);

/** In the locale of the person. */
const amountOf = (typed: string): string | null => (typed.trim() === '' ? null : readNumber(typed));
const amountProblems = (typed: Typed): FieldProblem[] =>
  typed['effectAmount']!.trim() !== '' && readNumber(typed['effectAmount']!) === null
    ? [{ name: 'effectAmount', message: 'The expected effect is not a number. Write for example 120000.' }]
    : [];

interface ActionFormProps {
  benefitCode: string;
  /** The benefit's currency or unit. */
  unit: string;
  action: AnyRecord | null;
  /** Codes that are in use. */
  taken: readonly string[];
  onClose: () => void;
}

const typedOf = (action: AnyRecord | null): Typed => ({
  title: textOf(action, 'title'),
  ownerEmail: textOf(action, 'ownerEmail'),
  dueOn: textOf(action, 'dueOn'),
  effectAmount: typedNumber(textOf(action, 'effectAmount')),
  effect: textOf(action, 'effect'),
});

/** What is to be done about a shortfall, by whom, until when, and what it is to bring. */
export function ActionForm({ benefitCode, unit, action, taken, onClose }: ActionFormProps) {
  const [keyOf] = useState(tryKeys);
  const fields: ProofField[] = [
    { name: 'title', label: 'What is to be done', kind: 'text', isRequired: true },
    { name: 'ownerEmail', label: 'Owner', kind: 'email', isRequired: true, help: 'E-mail of who sees to it.' },
    { name: 'dueOn', label: 'Due on', kind: 'date', isRequired: true },
    { name: 'effectAmount', label: `Expected effect${unit === '' ? '' : `, ${unit}`}`, kind: 'amount' },
    { name: 'effect', label: 'Why, and what it is to bring', kind: 'long', help: 'What it answers, in a sentence.' },
  ];
  const save = (typed: Typed, stored: AnyRecord | null, reason: string) => {
    const body = {
      ...Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, nullIfBlank(text)])),
      effectAmount: amountOf(typed['effectAmount']!),
    };
    if (stored) return changeOf('corrective_action', stored, body, reason);
    return createCoded(benefitCode, 'A', taken, (code) => {
      const made = { ...body, code, benefitCode };
      return createOf('corrective_action', made, keyOf(JSON.stringify(made)));
    });
  };
  return (
    <ProofForm<AnyRecord>
      label={action ? 'Change the action' : 'Add a corrective action'}
      {...{ fields, typedOf, save, currentOf }}
      asksReason={action !== null}
      check={amountProblems}
      stored={action}
      saveWord={action ? 'Save' : 'Add action'}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}

const DONE: readonly ProofField[] = [
  { name: 'doneOn', label: 'Done on', kind: 'date', isRequired: true },
  {
    name: 'result',
    label: 'What came of it',
    kind: 'long',
    isRequired: true,
    help: 'Also where it brought less than expected.',
  },
];

const notAhead = ({ doneOn = '' }: Typed): FieldProblem[] =>
  doneOn > today()
    ? [{ name: 'doneOn', message: 'This day is still to come. Name the day on which it was done.' }]
    : [];

/** An action is done with its day and its result; both can be put right later. */
export function DoneForm({ action, onClose }: { action: AnyRecord; onClose: () => void }) {
  return (
    <ProofForm<AnyRecord>
      label={`Done: ${textOf(action, 'title') || textOf(action, 'code')}`}
      fields={DONE}
      stored={action}
      typedOf={(record) => ({ doneOn: textOf(record, 'doneOn') || today(), result: textOf(record, 'result') })}
      check={notAhead}
      save={({ doneOn, result }, stored) => changeOf('corrective_action', stored!, { doneOn, result })}
      currentOf={currentOf}
      saveWord="Mark as done"
      onDone={onClose}
      onCancel={onClose}
    />
  );
}
