import { useQuery } from '@tanstack/react-query';
import { type SurveyRound, WHY_WE_ASK } from '../../../server/contract/survey.js';
import { orgUnitsQuery } from '../../app/scope-api';
import { shiftPeriod } from '../../lib/period';
import { usePageScope } from '../../ui/page-scope';
import { type ProofField, ProofForm, type Typed } from '../proof/proof-form';
import { quarterProblem } from '../proof/quarter-problem';
import '../proof/proof.css';
import { changeRound, createRound, currentRound } from '../surveys/api';

interface RoundFormProps {
  /** What is changed: a draft, or of an open round what leaves those asked as they are. Without it, a new draft is made. */
  round?: SurveyRound;
  onClose: () => void;
}

/** Codes as the values of one field, which commas part. */
const asValues = (codes: readonly string[]): string => codes.map(encodeURIComponent).join(',');
const codesIn = (values = ''): string[] => values.split(',').filter(Boolean).map(decodeURIComponent);

const ABOUT: readonly ProofField[] = [
  {
    ...{ name: 'why', label: 'Why we ask', kind: 'long' },
    help: `Stands above the first question. Left empty, it says there: “${WHY_WE_ASK}”`,
  },
  { name: 'contact', label: 'Whom to ask about the survey', kind: 'text' },
];
const LAST_DAY: ProofField = {
  name: 'closesOn',
  label: 'Last day for answers',
  kind: 'date',
  help: 'After that day links lead nowhere. Leave it empty to take answers until you close the round.',
};

type Choices = readonly { value: string; label: string }[];

const fieldsOf =
  (isOpen: boolean, choices: Choices) =>
  ({ areas }: Typed): readonly ProofField[] => {
    if (isOpen) return [...ABOUT, LAST_DAY];
    const asked = areas?.split(',') ?? [];
    const own = choices.filter(({ value }) => asked.includes(value));
    const help = 'Their answers are held against those of the business.';
    return [
      { name: 'name', label: 'Name', kind: 'text', isRequired: true },
      {
        name: 'period',
        label: 'Quarter',
        kind: 'text',
        isRequired: true,
        help: 'As 2026-Q4. A quarter has one survey.',
      },
      ...ABOUT,
      { name: 'opensOn', label: 'Opens on', kind: 'date' },
      LAST_DAY,
      { name: 'areas', label: 'Areas to ask', kind: 'several', isRequired: true, choices },
      ...(own.length > 0
        ? [{ name: 'itAreas', label: 'Which of them are IT itself?', kind: 'several' as const, help, choices: own }]
        : []),
    ];
  };

/** Of an open round only what may be changed is sent. */
const save = (typed: Typed, round: SurveyRound | null, reason: string): Promise<SurveyRound> => {
  const text = (name: string): string | null => typed[name]?.trim() || null;
  const about = { why: text('why'), contact: text('contact'), closesOn: text('closesOn') };
  if (round?.state === 'open') return changeRound(round, about, reason);
  const areas = codesIn(typed['areas']);
  const whole = {
    ...about,
    period: text('period') ?? '',
    name: text('name') ?? '',
    opensOn: text('opensOn'),
    areas,
    itAreas: codesIn(typed['itAreas']).filter((code) => areas.includes(code)),
  };
  return round ? changeRound(round, whole, reason) : createRound(whole);
};

/** Prepares a round, or changes one. */
export function RoundForm({ round, onClose }: RoundFormProps) {
  const page = usePageScope();
  const { data: units } = useQuery(orgUnitsQuery);
  const choices = (units?.items ?? []).map(({ code, name }) => ({ value: encodeURIComponent(code), label: name }));
  return (
    <section className="card">
      <ProofForm<SurveyRound>
        label={round ? `Change “${round.name}”` : 'New round'}
        fields={fieldsOf(round?.state === 'open', choices)}
        stored={round ?? null}
        typedOf={(stored) => ({
          name: stored?.name ?? 'How are we doing?',
          period: stored?.period ?? shiftPeriod(page.period, 1),
          why: stored ? (stored.why ?? '') : WHY_WE_ASK,
          contact: stored?.contact ?? '',
          opensOn: stored?.opensOn ?? '',
          closesOn: stored?.closesOn ?? '',
          areas: asValues(stored?.areas.map(({ code }) => code) ?? []),
          itAreas: asValues(stored?.areas.filter(({ isIt }) => isIt).map(({ code }) => code) ?? []),
        })}
        check={(typed) => quarterProblem('period', typed)}
        save={save}
        // Of a draft nobody was asked yet: no figure rests on it.
        asksReason={round?.state === 'open'}
        saveWord={round ? 'Save' : 'Save as a draft'}
        currentOf={currentRound}
        onDone={onClose}
        onCancel={onClose}
      />
    </section>
  );
}
