import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DecisionPage } from '../../../server/contract/decision.js';
import { DECISION_OUTCOMES } from '../../../server/contract/decision.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import { changedFrom } from '../proof/changed';
import { ProofForm, type ProofField, type Typed } from '../proof/proof-form';
import { addOption, changeDecision, closeDecision, currentDecision, escalate, reopen } from './api';
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

/** What is changed: as it was when the form was opened, or as somebody else saved it meanwhile. */
interface Stored {
  code: string;
  version: number;
  typed: Typed;
}

interface Shape {
  label: string;
  word: string;
  fields: readonly ProofField[];
  typed: Typed;
  /** Of what is changed and not added. */
  stored?: Stored;
  currentOf?: (body: unknown) => Stored | null;
  save: (typed: Typed, stored: Stored | null) => Promise<unknown>;
}

/** The level at which it lies: of the last escalation, or the intended one; 0 where nobody has said. */
export const levelOf = ({ decision, escalations }: DecisionPage): number =>
  escalations.at(-1)?.toLevel ?? decision.intendedLevel ?? 0;

const text = (value: string | number | null): string => (value === null ? '' : String(value));
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
  const { label, word, fields, typed, stored = null, currentOf, save } = shapeOf(form, opened, forums, today);
  return (
    <section className="card proof decision-tools">
      <ProofForm<Stored>
        key={form}
        {...{ label, fields, stored, save }}
        typedOf={(now) => now?.typed ?? typed}
        {...(currentOf && { currentOf })}
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
      return closing(page, today);
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
          { name: 'on', label: 'On', kind: 'date', isRequired: true },
          { name: 'reason', label: 'Why', kind: 'long', isRequired: true },
        ],
        typed: { toLevel: '', on: today, reason: '' },
        save: (typed) => escalate(decision, bodyOf(typed)),
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
        ...heldBy(decision, { reason: '' }),
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
        typed: { name: '', consequence: '' },
        save: (typed) => addOption(decision, bodyOf(typed)),
      };
  }
}

const closing = (page: DecisionPage, today: string): Shape => ({
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
    { name: 'decidedOn', label: 'Decided on', kind: 'date', isRequired: true },
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
  ...heldBy(page.decision, {
    outcome: '',
    decidedLevel: text(levelOf(page) || null),
    decidedOn: today,
    decidedBy: text(page.decision.forum?.name ?? null),
    ...(page.options.length > 0 && { chosen: page.options.find(({ chosen }) => chosen === true)?.id ?? '' }),
    revisitOn: text(page.decision.revisitOn),
    givenUp: text(page.decision.givenUp),
    rationale: text(page.decision.rationale),
  }),
  save: (typed, stored) => closeDecision(stored ?? page.decision, bodyOf(typed)),
});

/** The fields of the form, as a page tells the decision or the register stores it. */
const FIELDS_CHANGED = [
  ...['title', 'kind', 'forumCode', 'intendedLevel', 'neededBy', 'itInvolved', 'aboutCode'],
  ...['decidedBy', 'revisitOn', 'tradeOff', 'givenUp', 'rationale'],
] as const;

const storedOf = (record: Readonly<Record<string, unknown>> & { version: number }): Stored => {
  const said = (name: string): string => text((record[name] ?? null) as string | number | null);
  const typed = Object.fromEntries(FIELDS_CHANGED.map((name) => [name, said(name)]));
  return {
    code: said('code'),
    version: record.version,
    typed: {
      ...typed,
      // A page calls a decision without a question by its code.
      title: said('title') || said('code'),
      aboutCode: said('aboutCode') === '' ? '' : `${said('aboutType')}:${said('aboutCode')}`,
    },
  };
};

/** A form that does something with a decision: what somebody else saves meanwhile is met, in the fields that it shares with the record. */
const heldBy = (
  { code, version }: Pick<Decision, 'code' | 'version'>,
  typed: Typed,
): Pick<Shape, 'typed' | 'stored' | 'currentOf'> => ({
  typed,
  stored: { code, version, typed },
  currentOf: (body) => {
    const current = readCurrent(body);
    if (current === null) return null;
    const shared = Object.entries(current.typed).filter(([name]) => name in typed && name !== 'decidedBy');
    return { ...current, typed: { ...typed, ...Object.fromEntries(shared) } };
  },
});

const readCurrent = (body: unknown): Stored | null => {
  const current = currentDecision(body);
  return current && storedOf(current);
};

const changing = (decision: Decision, forums: readonly AnyRecord[]): Shape => {
  const { about, forum, ...rest } = decision;
  const stored = storedOf({
    ...rest,
    forumCode: forum?.code ?? null,
    aboutType: about?.type ?? null,
    aboutCode: about?.code ?? null,
  });
  return { ...CHANGING, fields: changeable(forums), typed: stored.typed, stored };
};

/** What nobody touched is not sent: it stays what somebody else may have made of it. */
const CHANGING = {
  label: 'Change the decision',
  word: 'Save',
  currentOf: readCurrent,
  save: async (typed: Typed, stored: Stored | null): Promise<void> => {
    const changed = bodyOf(changedFrom(typed, stored!.typed));
    if (Object.keys(changed).length > 0) await changeDecision(stored!, changed);
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
