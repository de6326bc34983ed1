import { useState } from 'react';
import { assessment, type Assessment } from '../../../server/contract/capability.js';
import { criteriaOf, isBetween, MATURITY_LEVELS } from '../../../server/contract/maturity.js';
import { currentIn } from '../../lib/current';
import { round } from '../../../server/contract/decimal.js';
import { tryKeys } from '../proof/coded';
import { ProofForm, type FieldProblem, type ProofField, type Typed } from '../proof/proof-form';
import { today } from '../proof/words';
import { addAssessment, changeAssessment } from './api';
import '../proof/proof.css';

const TENTHS = Array.from({ length: 10 }, (_, tenths) => ({
  value: String(tenths),
  label: tenths === 0 ? 'none of it' : `${tenths} of 10 parts`,
}));

const FIELDS: readonly ProofField[] = [
  {
    name: 'reached',
    label: 'Level',
    kind: 'one',
    isRequired: true,
    help: 'The highest whose criteria are met, with those of all levels below it.',
    choices: MATURITY_LEVELS.map(({ level, name, criteria }) => ({
      value: String(level),
      label: `${level} ${name}.`,
      help: criteria,
    })),
  },
  { name: 'tenths', label: 'Met of the next level', kind: 'choice', choices: TENTHS },
  { name: 'assessedOn', label: 'Assessed on', kind: 'date', isRequired: true },
  { name: 'evidence', label: 'Evidence', kind: 'long', isRequired: true, help: 'What the level rests on.' },
  {
    name: 'note',
    label: 'Which criteria are met',
    kind: 'long',
    help: 'In words; needed where a part of the next level is met.',
  },
];

const typedOf = (stored: Assessment | null): Typed => {
  const level = stored?.level ?? null;
  return {
    reached: level === null ? '' : String(criteriaOf(level).level),
    tenths: level === null ? '0' : (round(level, 1).split('.')[1] ?? '0'),
    assessedOn: stored?.assessedOn ?? today(),
    evidence: stored?.evidence ?? '',
    note: stored?.note ?? '',
  };
};

/** `2` and `5` are level 2.5. */
const levelIn = ({ reached = '', tenths = '0' }: Typed): string => (tenths === '0' ? reached : `${reached}.${tenths}`);

const problemsOf = (typed: Typed): FieldProblem[] => {
  const { assessedOn = '', reached = '', tenths = '0', note = '' } = typed;
  return [
    ...(assessedOn > today()
      ? [{ name: 'assessedOn', message: 'This day is still to come. Name the day of the assessment.' }]
      : []),
    ...(reached === '5' && tenths !== '0' ? [{ name: 'tenths', message: 'There is no level above 5.' }] : []),
    ...(reached !== '' && reached !== '5' && isBetween(levelIn(typed)) && note.trim() === ''
      ? [{ name: 'note', message: `Say which criteria of level ${Number(reached) + 1} are met.` }]
      : []),
  ];
};

const currentOf = (body: unknown): Assessment | null => currentIn(assessment, body);

interface AssessmentFormProps {
  code: string;
  /** What is put right; null for a new one. */
  stored: Assessment | null;
  onClose: () => void;
}

/** A level by its criteria, with its day, its evidence and a word on what is met; who is signed in is who assesses. */
export function AssessmentForm({ code, stored, onClose }: AssessmentFormProps) {
  const [keyOf] = useState(tryKeys);
  return (
    <ProofForm<Assessment>
      label={stored ? 'Correct the assessment' : 'Assess the capability'}
      fields={FIELDS}
      {...{ stored, typedOf, currentOf }}
      check={problemsOf}
      asksReason
      save={(typed, latest, reason) => {
        const body = {
          assessedOn: typed['assessedOn'],
          level: levelIn(typed),
          evidence: typed['evidence'],
          note: typed['note']!.trim() || null,
        };
        return latest
          ? changeAssessment(code, latest, body, reason)
          : addAssessment(code, body, keyOf(JSON.stringify([body, reason])), reason);
      }}
      saveWord={stored ? 'Save' : 'Add assessment'}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}
