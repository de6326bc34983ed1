import { useState } from 'react';
import type { DecisionPage } from '../../../server/contract/decision.js';
import { DECISION_OUTCOMES } from '../../../server/contract/decision.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import { ProofForm, type ProofField, type Typed } from '../proof/proof-form';
import { addOption, changeDecision, changeOption, escalate, reopen } from './api';
import { bodyOf, forumChoices, KIND_CHOICES, LEVEL_CHOICES, NOT_STATED } from './new-page';
import { INVOLVED_WORDS, instantOn, OUTCOME_WORDS } from './words';

type Decision = DecisionPage['decision'];

export const FORMS = ['close', 'change', 'escalate', 'reopen', 'option'] as const;
export type Form = (typeof FORMS)[number];

interface DecisionFormProps {
  form: Form;
  page: DecisionPage;
  forums: readonly AnyRecord[];
  today: string;
  onClose: () => void;
}

interface Shape {
  label: string;
  word: string;
  fields: readonly ProofField[];
  typed: Typed;
  save: (typed: Typed) => Promise<unknown>;
}

const text = (value: string | number | null): string => (value === null ? '' : String(value));
const INVOLVED = [NOT_STATED, ...Object.entries(INVOLVED_WORDS).map(([value, label]) => ({ value, label }))];
/** An hour of a day that is only named: on the day on which it was raised not before it. An earlier day is refused by the server. */
const placed = (at: string, since: string | null): string =>
  since !== null && at < since && at.slice(0, 10) === since.slice(0, 10) ? since : at;

/** Closing, changing, escalating, reopening, and a further option: one form at a time, in its place on the page. */
export function DecisionForm({ form, page, forums, today, onClose }: DecisionFormProps) {
  // As it was when the form was opened: what somebody else saves meanwhile is met by a refusal, not overwritten.
  const [opened] = useState(page);
  const { label, word, fields, typed, save } = shapeOf(form, opened, forums, today);
  return (
    <section className="card proof decision-tools">
      <ProofForm<null>
        key={form}
        label={label}
        fields={fields}
        stored={null}
        typedOf={() => typed}
        save={save}
        saveWord={word}
        onDone={onClose}
        onCancel={onClose}
      />
    </section>
  );
}

function shapeOf(form: Form, page: DecisionPage, forums: readonly AnyRecord[], today: string): Shape {
  const { decision } = page;
  switch (form) {
    case 'close':
      return closing(page, today);
    case 'change':
      return changing(decision, forums);
    case 'escalate':
      return {
        label: 'Take it to a higher level',
        word: 'Escalate',
        fields: [
          { name: 'toLevel', label: 'To level', kind: 'choice', choices: LEVEL_CHOICES, isRequired: true },
          { name: 'on', label: 'On', kind: 'date', isRequired: true },
          { name: 'reason', label: 'Why', kind: 'long', isRequired: true },
        ],
        typed: { toLevel: '', on: today, reason: '' },
        save: ({ toLevel = '', on = '', reason = '' }) =>
          escalate({
            decisionCode: decision.code,
            at: placed(instantOn(on, '09'), decision.raisedAt),
            fromLevel: page.escalations.at(-1)?.toLevel ?? decision.intendedLevel,
            ...bodyOf({ toLevel, reason }),
          }),
      };
    case 'reopen':
      return {
        label: 'Open it again',
        word: 'Open it again',
        fields: [
          {
            name: 'reason',
            label: 'Why',
            kind: 'long',
            isRequired: true,
            help: 'What it had been stays in its history; the count of reopenings grows by one.',
          },
        ],
        typed: { reason: '' },
        save: ({ reason = '' }) => reopen(decision, reason),
      };
    case 'option':
      return {
        label: 'Add an option',
        word: 'Add the option',
        fields: [
          { name: 'name', label: 'Option', kind: 'text', isRequired: true },
          { name: 'consequence', label: 'Consequences', kind: 'long', help: 'What it would bring, cost and rule out.' },
        ],
        typed: { name: '', consequence: '' },
        save: (typed) => addOption({ decisionCode: decision.code, ...bodyOf(typed) }),
      };
  }
}

const closing = ({ decision, options }: DecisionPage, today: string): Shape => ({
  label: 'Close it with its outcome',
  word: 'Close the decision',
  fields: [
    {
      name: 'outcome',
      label: 'Outcome',
      kind: 'choice',
      isRequired: true,
      choices: [NOT_STATED, ...DECISION_OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }))],
    },
    { name: 'decidedLevel', label: 'Decided at level', kind: 'choice', choices: LEVEL_CHOICES, isRequired: true },
    { name: 'on', label: 'Decided on', kind: 'date', isRequired: true },
    { name: 'decidedBy', label: 'Who decided', kind: 'text' },
    ...(options.length === 0
      ? []
      : [
          {
            name: 'chosen',
            label: 'Option chosen',
            kind: 'choice' as const,
            choices: [
              { value: '', label: 'none of them' },
              ...options.map(({ id, name }) => ({ value: id, label: name })),
            ],
          },
        ]),
    { name: 'revisitOn', label: 'Look at it again on', kind: 'date' },
    { name: 'givenUp', label: 'What is given up', kind: 'long' },
    { name: 'rationale', label: 'Why', kind: 'long' },
  ],
  typed: {
    outcome: '',
    decidedLevel: text(decision.intendedLevel),
    on: today,
    decidedBy: text(decision.forum?.name ?? null),
    chosen: options.find(({ chosen }) => chosen === true)?.id ?? '',
    revisitOn: text(decision.revisitOn),
    givenUp: text(decision.givenUp),
    rationale: text(decision.rationale),
  },
  save: async ({ on = '', chosen = '', ...typed }) => {
    await changeDecision(decision, {
      ...bodyOf(typed),
      decidedAt: placed(instantOn(on, '17'), decision.raisedAt),
    });
    for (const option of options)
      if ((option.chosen === true) !== (option.id === chosen))
        await changeOption(option, { chosen: option.id === chosen });
  },
});

const changing = (decision: Decision, forums: readonly AnyRecord[]): Shape => ({
  label: 'Change the decision',
  word: 'Save',
  fields: [
    { name: 'title', label: 'The question to decide', kind: 'text', isRequired: true },
    { name: 'kind', label: 'Kind', kind: 'choice', choices: KIND_CHOICES },
    { name: 'forumCode', label: 'Forum', kind: 'choice', choices: forumChoices(forums) },
    { name: 'intendedLevel', label: 'Intended level', kind: 'choice', choices: LEVEL_CHOICES },
    { name: 'neededBy', label: 'Needed by', kind: 'date' },
    { name: 'itInvolved', label: 'IT was involved', kind: 'choice', choices: INVOLVED },
    { name: 'aboutCode', label: 'About', kind: 'text', help: 'Code of the record of the chain.' },
    { name: 'decidedBy', label: 'Who decided', kind: 'text' },
    { name: 'revisitOn', label: 'Look at it again on', kind: 'date' },
    { name: 'tradeOff', label: 'Trade-off', kind: 'long' },
    { name: 'givenUp', label: 'What is given up', kind: 'long' },
    { name: 'rationale', label: 'Why', kind: 'long' },
  ],
  typed: {
    title: decision.title,
    kind: text(decision.kind),
    forumCode: text(decision.forum?.code ?? null),
    intendedLevel: text(decision.intendedLevel),
    neededBy: text(decision.neededBy),
    itInvolved: text(decision.itInvolved),
    aboutCode: decision.about === null ? '' : `${decision.about.type}:${decision.about.code}`,
    decidedBy: text(decision.decidedBy),
    revisitOn: text(decision.revisitOn),
    tradeOff: text(decision.tradeOff),
    givenUp: text(decision.givenUp),
    rationale: text(decision.rationale),
  },
  save: (typed) => changeDecision(decision, bodyOf(typed)),
});
