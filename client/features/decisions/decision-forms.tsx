import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DecisionPage } from '../../../server/contract/decision.js';
import { DECISION_OUTCOMES } from '../../../server/contract/decision.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import { day } from '../../../server/contract/format.js';
import { changedFrom } from '../proof/changed';
import { ProofForm, type ProofField, type Typed } from '../proof/proof-form';
import { addOption, changeDecision, closeDecision, escalate, reopen } from './api';
import { type Days, nextDays } from './days';
import { besidesOf, readCurrent, sharedOf, type Stored, storedOfPage, text } from './decision-stored';
import { ABOUT, bodyOf, forumChoices, KIND_CHOICES, LEVEL_CHOICES, NOT_STATED } from './new-page';
import { INVOLVED_WORDS, levelWord, OUTCOME_WORDS } from './words';

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
  /** Of what is changed and not added. */
  stored?: Stored;
  currentOf?: (body: unknown) => Stored | null;
  besides?: (opened: Stored, theirs: Stored) => readonly string[];
  /** What has a “Why” of its own asks for no other reason. */
  asksReason?: boolean;
  save: (typed: Typed, stored: Stored | null, reason: string) => Promise<unknown>;
}

/** The level at which it lies: of the last escalation, or the intended one; 0 where nobody has said. */
export const levelOf = ({ decision, escalations }: DecisionPage): number =>
  escalations.at(-1)?.toLevel ?? decision.intendedLevel ?? 0;

const INVOLVED = [NOT_STATED, ...Object.entries(INVOLVED_WORDS).map(([value, label]) => ({ value, label }))];

/** Closing, changing, escalating, reopening, and a further option: one form at a time, in its place on the page. */
export function DecisionForm({ form, page, forums, today, onClose }: DecisionFormProps) {
  // As it was when the form was opened: what somebody else saves meanwhile is met by a refusal, not overwritten.
  const [opened] = useState(page);
  const queryClient = useQueryClient();
  // Whoever was refused sees next what somebody else saved.
  const cancel = () => {
    void queryClient.invalidateQueries({ queryKey: ['decisions'] });
    onClose();
  };
  const {
    label,
    word,
    fields,
    typed,
    stored = null,
    currentOf,
    besides,
    asksReason = false,
    save,
  } = shapeOf(form, opened, forums, today);
  return (
    <section className="card proof decision-tools">
      <ProofForm<Stored>
        key={form}
        {...{ label, fields, stored, asksReason, save }}
        typedOf={(now) => now?.typed ?? typed}
        {...(currentOf && { currentOf })}
        {...(besides && { besides })}
        saveWord={word}
        onDone={onClose}
        onCancel={cancel}
      />
    </section>
  );
}

function shapeOf(form: Form, page: DecisionPage, forums: readonly AnyRecord[], today: string): Shape {
  const { decision } = page;
  const level = levelOf(page);
  switch (form) {
    case 'close':
      return closing(page, forums, today);
    case 'change':
      return changing(decision, forums);
    case 'escalate':
      return {
        label: 'Take it to a higher level',
        word: 'Escalate',
        fields: [
          {
            name: 'toLevel',
            label: 'To level',
            kind: 'choice',
            choices: [NOT_STATED, ...LEVEL_CHOICES.filter(({ value }) => Number(value) > level)],
            isRequired: true,
            help: level === 0 ? undefined : `It lies at level ${levelWord(level)}.`,
          },
          dayField('on', 'On', nextDays(page, today)),
          { name: 'reason', label: 'Why', kind: 'long', isRequired: true },
        ],
        ...heldBy(decision, forums, { toLevel: '', on: nextDays(page, today).to, reason: '' }),
        save: (typed, stored) => escalate(stored ?? decision, bodyOf(typed)),
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
        ...heldBy(decision, forums, { reason: '' }),
        save: ({ reason = '' }, stored) => reopen(stored ?? decision, reason),
      };
    case 'option':
      return {
        label: 'Add an option',
        word: 'Add the option',
        fields: [
          { name: 'name', label: 'Option', kind: 'text', isRequired: true },
          { name: 'consequence', label: 'Consequences', kind: 'long', help: 'What it would bring, cost and rule out.' },
        ],
        ...heldBy(decision, forums, { name: '', consequence: '' }),
        save: (typed, stored) => addOption(stored ?? decision, bodyOf(typed)),
      };
  }
}

const OUTCOME_CHOICES = [NOT_STATED, ...DECISION_OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }))];

const closing = (page: DecisionPage, forums: readonly AnyRecord[], today: string): Shape => ({
  label: 'Close it with its outcome',
  word: 'Close the decision',
  fields: [
    {
      name: 'outcome',
      label: 'Outcome',
      kind: 'choice',
      isRequired: true,
      choices: OUTCOME_CHOICES,
    },
    { name: 'decidedLevel', label: 'Decided at level', kind: 'choice', choices: LEVEL_CHOICES, isRequired: true },
    dayField('decidedOn', 'Decided on', nextDays(page, today)),
    { name: 'decidedBy', label: 'Who decided', kind: 'text' },
    ...(page.options.length === 0
      ? []
      : [
          {
            name: 'chosen',
            label: 'Option chosen',
            kind: 'choice' as const,
            choices: [
              { value: '', label: 'none of them' },
              ...page.options.map(({ id, name }) => ({ value: id, label: name })),
            ],
          },
        ]),
    { name: 'revisitOn', label: 'Look at it again on', kind: 'date' },
    { name: 'givenUp', label: 'What is given up', kind: 'long' },
    { name: 'rationale', label: 'Why', kind: 'long' },
  ],
  ...heldBy(page.decision, forums, {
    outcome: '',
    decidedLevel: text(levelOf(page) || null),
    decidedOn: nextDays(page, today).to,
    decidedBy: text(page.decision.forum?.name ?? null),
    ...(page.options.length > 0 && { chosen: chosenOf(page) }),
    revisitOn: text(page.decision.revisitOn),
    givenUp: text(page.decision.givenUp),
    rationale: text(page.decision.rationale),
  }),
  // A choice that nobody touched here is not sent: a colleague may have made another one meanwhile.
  save: ({ chosen = '', ...typed }, stored) =>
    closeDecision(stored ?? page.decision, bodyOf(chosen === chosenOf(page) ? typed : { ...typed, chosen })),
});

/** Id of the option that is chosen; blank: none. */
const chosenOf = ({ options }: DecisionPage): string => options.find(({ chosen }) => chosen === true)?.id ?? '';

/** One day among those that can be. */
const dayField = (name: string, label: string, days: Days): ProofField => ({
  name,
  label,
  kind: 'date',
  isRequired: true,
  days,
  ...(days.from !== null && {
    help: `${day(days.from)} to ${day(days.to)}`,
  }),
});

/** A form that does something with a decision: what somebody else saves meanwhile is met in the fields that it shares with the record, and told of all others. */
const heldBy = (
  decision: Decision,
  forums: readonly AnyRecord[],
  typed: Typed,
): Pick<Shape, 'typed' | 'stored' | 'currentOf' | 'besides'> => ({
  typed,
  stored: { ...storedOfPage(decision), typed },
  currentOf: (body) => {
    const current = readCurrent(body);
    return current && { ...current, typed: { ...typed, ...sharedOf(current.told, typed) } };
  },
  besides: besidesOf([...changeable(forums), ...CLOSED], Object.keys(sharedOf(storedOfPage(decision).told, typed))),
});

const changing = (decision: Decision, forums: readonly AnyRecord[]): Shape => {
  const fields = changeable(forums);
  const stored = storedOfPage(decision);
  const besides = besidesOf([...fields, ...CLOSED], Object.keys(stored.typed));
  return { ...CHANGING, fields, typed: stored.typed, stored, besides };
};

/** What nobody touched is not sent: it stays what somebody else may have made of it. */
const CHANGING = {
  label: 'Change the decision',
  word: 'Save',
  currentOf: readCurrent,
  asksReason: true,
  save: async (typed: Typed, stored: Stored | null, reason: string): Promise<void> => {
    const changed = bodyOf(changedFrom(typed, stored!.typed));
    if (Object.keys(changed).length > 0) await changeDecision(stored!, changed, reason);
  },
};

const changeable = (forums: readonly AnyRecord[]): readonly ProofField[] => [
  { name: 'title', label: 'The question to decide', kind: 'text', isRequired: true },
  { name: 'kind', label: 'Kind', kind: 'choice', choices: KIND_CHOICES },
  { name: 'forumCode', label: 'Forum', kind: 'choice', choices: forumChoices(forums) },
  { name: 'intendedLevel', label: 'Intended level', kind: 'choice', choices: LEVEL_CHOICES },
  { name: 'neededBy', label: 'Needed by', kind: 'date' },
  { name: 'itInvolved', label: 'IT was involved', kind: 'choice', choices: INVOLVED },
  ABOUT,
  { name: 'decidedBy', label: 'Who decided', kind: 'text' },
  { name: 'revisitOn', label: 'Look at it again on', kind: 'date' },
  { name: 'tradeOff', label: 'Trade-off', kind: 'long' },
  { name: 'givenUp', label: 'What is given up', kind: 'long' },
  { name: 'rationale', label: 'Why', kind: 'long' },
];

/** What closing and reopening write: told where somebody else did one of them. */
const CLOSED: readonly ProofField[] = [
  { name: 'outcome', label: 'Outcome', kind: 'choice', choices: OUTCOME_CHOICES },
  { name: 'decidedLevel', label: 'Decided at level', kind: 'choice', choices: LEVEL_CHOICES },
];
