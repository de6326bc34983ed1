import { useState } from 'react';
import { assessment, type Assessment } from '../../../server/contract/capability.js';
import { compare } from '../../lib/decimal';
import { readNumber, typedNumber } from '../../lib/read-number';
import { tryKeys } from '../proof/coded';
import { ProofForm, type FieldProblem, type ProofField, type Typed } from '../proof/proof-form';
import { today } from '../proof/words';
import { addAssessment, changeAssessment } from './api';
import '../proof/proof.css';

const FIELDS: readonly ProofField[] = [
  { name: 'assessedOn', label: 'Assessed on', kind: 'date', isRequired: true },
  {
    name: 'level',
    label: 'Level',
    kind: 'amount',
    isRequired: true,
    help: '0 to 5, one decimal: 1 by single people, 3 one way for all, 5 improved by itself.',
  },
  { name: 'evidence', label: 'Evidence', kind: 'long', isRequired: true, help: 'What the level rests on.' },
];

const typedOf = (stored: Assessment | null): Typed => ({
  assessedOn: stored?.assessedOn ?? today(),
  level: typedNumber(stored?.level ?? ''),
  evidence: stored?.evidence ?? '',
});

const problemsOf = ({ assessedOn = '', level = '' }: Typed): FieldProblem[] => {
  const read = readNumber(level);
  const isLevel = read !== null && compare(read, '0') >= 0 && compare(read, '5') <= 0 && !/\.\d\d*[1-9]/.test(read);
  return [
    ...(assessedOn > today()
      ? [{ name: 'assessedOn', message: 'This day is still to come. Name the day of the assessment.' }]
      : []),
    ...(isLevel
      ? []
      : [{ name: 'level', message: 'The level is a number from 0 to 5 with one decimal, such as 2.5.' }]),
  ];
};

const currentOf = (body: unknown): Assessment | null => {
  const read = assessment.safeParse((body as { current?: unknown } | null)?.current);
  return read.success ? read.data : null;
};

interface AssessmentFormProps {
  code: string;
  /** What is put right; null for a new one. */
  stored: Assessment | null;
  onClose: () => void;
}

/** A level with its day and its evidence; who is signed in is who assesses. */
export function AssessmentForm({ code, stored, onClose }: AssessmentFormProps) {
  const [keyOf] = useState(tryKeys);
  return (
    <ProofForm<Assessment>
      label={stored ? 'Correct the assessment' : 'Assess the capability'}
      fields={FIELDS}
      {...{ stored, typedOf, currentOf }}
      check={problemsOf}
      save={(typed, latest) => {
        const body = {
          assessedOn: typed['assessedOn'],
          level: readNumber(typed['level']!),
          evidence: typed['evidence'],
        };
        return latest ? changeAssessment(code, latest, body) : addAssessment(code, body, keyOf(JSON.stringify(body)));
      }}
      saveWord={stored ? 'Save' : 'Add assessment'}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}
