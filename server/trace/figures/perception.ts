import type { AddedFigure } from '../../contract/trace.js';
import { type Fraction, negated } from '../../core/exact-amounts.js';
import { lowestAnswer, promotes, type Question } from '../../core/metrics/stakeholder.js';
import { invalidField } from '../../http/problem.js';
import type { ExactSide, PerceivedExactly } from '../../metrics/stakeholder.service.js';
import type { TraceContext } from '../context.js';
import { COUNT, type FigureDefinition, type Input, type Listed, type Unit, whole, type Worked } from '../figure.js';

/** What IT says of itself, what the business says, and the gap between them. No record is a person: each is an answer with how often it was given. */

const FIVE: Unit = { name: 'of 5', decimals: 10, trimmed: true };
const POINTS: Unit = { name: 'points', decimals: 10, trimmed: true };

const QUESTIONS: Readonly<Record<Question, string>> = {
  satisfaction: 'Satisfaction',
  responsiveness: 'Responsiveness',
  effectiveness: 'Outcomes as agreed',
  trust: 'Trust',
  enabling: 'Enabling the business',
  recommend: 'Recommending',
};
type Who = 'it' | 'business';
const WHO: Readonly<Record<Who, string>> = { it: 'IT itself', business: 'the business' };

interface Asked {
  readonly question: Question;
  readonly unit: Unit;
  /** Null where no closed round of the period asked IT itself, or none of it answered. */
  readonly line: PerceivedExactly | null;
}

/** Which question is asked about. @throws Problem 422 */
const askedOf = async (context: TraceContext): Promise<Asked> => {
  const { question } = context.query;
  if (question === undefined)
    throw invalidField('question', 'field.required', 'Name the question of the survey, for example question=trust.');
  const { manager, reading, services } = context;
  const lines = await context.once(`perceived ${reading.end}`, () => services.stakeholders.perceived(manager, reading));
  const line = lines?.find((each) => each.question === question) ?? null;
  return { question, unit: question === 'recommend' ? POINTS : FIVE, line };
};

/** Scores are shown in points: hundredths. */
const inUnit = (question: Question, value: Fraction): Fraction =>
  question === 'recommend' ? { n: value.n * 100n, d: value.d } : value;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const nameOf = (question: Question, at: number): string => `answer ${lowestAnswer(question) + at}`;

const reasonOf = ({ line }: Asked, side: ExactSide | undefined): string => {
  if (line === null) return 'nobody_asked';
  return side?.nullReason === 'too_few_responses' ? 'too_few_responses' : 'nobody_answered';
};

/** How often each answer was given; none where it must not be told. */
const counted = (question: Question, who: Who, { counts, n }: ExactSide): Input[] =>
  counts === null
    ? []
    : [
        { label: `Answers of ${WHO[who]}`, value: whole(n), unit: COUNT, trace: null },
        ...counts.map((count, at) => ({
          ...{ label: capital(nameOf(question, at)), value: whole(count), unit: COUNT, trace: null },
        })),
      ];

/** Each answer with what it adds to the mean, or to the score. */
const listed = (question: Question, who: Who, { counts, n }: ExactSide): Listed[] =>
  (counts ?? []).map((count, at) => {
    const answer = lowestAnswer(question) + at;
    const weight = question === 'recommend' ? promotes(answer) : answer;
    return {
      type: 'answer',
      code: String(answer),
      name: `${capital(WHO[who])}: ${nameOf(question, at)}`,
      note: `given ${count} ${count === 1 ? 'time' : 'times'} in ${n} answers`,
      entered: String(count),
      enteredUnit: 'times',
      amount: inUnit(question, { n: BigInt(count * weight), d: BigInt(n) }),
    };
  });

const qualityOf = ({ line }: Asked): string[] =>
  line === null
    ? []
    : ['Areas are IT as a closed round of the quarter marks them; answers that name no area count as the business’s.'];

const HIDDEN = 'Told of 5 answers or more only, and never where fewer could be worked out from it.';
const RECOMMENDING =
  'Recommending counts in points: the share of answers 9 and 10 less the share of answers 0 to 6, times 100.';

const side = (id: AddedFigure, who: Who, text: string, expression: string): FigureDefinition => ({
  id,
  formula: { text: `${text} ${RECOMMENDING} ${HIDDEN}`, expression },
  forStakeholders: false,
  isOfEnterprise: true,
  history: ['survey', 'import'],
  async work(context): Promise<Worked> {
    const asked = await askedOf(context);
    const { question, unit, line } = asked;
    const found = line?.[who];
    const value = found?.value ?? null;
    return {
      title: `${QUESTIONS[question]}, ${WHO[who]}`,
      unit,
      value: value && inUnit(question, value),
      nullReason: reasonOf(asked, found),
      inputs: found ? counted(question, who, found) : [],
      quality: qualityOf(asked),
    };
  },
  async records(context) {
    const { question, unit, line } = await askedOf(context);
    const title = `${QUESTIONS[question]}, ${WHO[who]}: each answer × how often it was given ÷ all answers`;
    return { of: 'list', title, unit, items: line ? listed(question, who, line[who]) : [] };
  },
});

/** Question: where does IT see itself as others do not? In the unit of its sides; null where one of them may not be told. */
const gap: FigureDefinition = {
  id: 'perception.gap',
  formula: { text: `What IT says of itself less what the business says. ${HIDDEN}`, expression: 'IT − business' },
  forStakeholders: false,
  isOfEnterprise: true,
  history: ['survey', 'import'],
  async work(context) {
    const asked = await askedOf(context);
    const { question, unit, line } = asked;
    const input = (who: Who): Input[] => {
      const value = line?.[who].value ?? null;
      if (value === null) return [];
      const trace = context.path(`perception.${who}`, { question });
      return [{ label: capital(WHO[who]), value: inUnit(question, value), unit, trace }];
    };
    return {
      title: `${QUESTIONS[question]}, IT itself less the business`,
      unit,
      value: line?.gap ? inUnit(question, line.gap) : null,
      nullReason: reasonOf(asked, line?.it.value === null ? line.it : line?.business),
      inputs: [...input('it'), ...input('business')],
      quality: qualityOf(asked),
    };
  },
  async records(context) {
    const { question, unit, line } = await askedOf(context);
    const items =
      line === null || line.gap === null
        ? []
        : [
            ...listed(question, 'it', line.it),
            ...listed(question, 'business', line.business).map((item) => ({ ...item, amount: negated(item.amount) })),
          ];
    return { of: 'list', title: `${QUESTIONS[question]}: answers of IT less those of the business`, unit, items };
  },
};

/** Question: what does one side say? A mean of 1 to 5, recommending in points; null where it may not be told. */
export const perceptionFigures: readonly FigureDefinition[] = [
  side(
    'perception.it',
    'it',
    'Mean answer from 1 to 5 of IT itself: of the areas that a closed round of the quarter marks as IT, with all below them.',
    'Σ answers of IT ÷ n(answers of IT)',
  ),
  side(
    'perception.business',
    'business',
    'Mean answer from 1 to 5 of all others: of the areas that are not IT, and of those who name no area.',
    'Σ other answers ÷ n(other answers)',
  ),
  gap,
];
