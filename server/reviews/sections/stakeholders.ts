import { stakeholders as stakeholdersAnswer, type Stakeholders, type Voice } from '../../contract/stakeholder.js';
import type { ReviewCell } from '../../contract/review.js';
import { NOTHING, periodName } from '../../core/review/printing.js';
import { words } from '../figures.js';
import {
  figureCell,
  isSayable,
  KEPT_BACK,
  knownChip,
  lowered,
  numberColumn,
  said,
  textColumn,
  tracePath,
  valueCell,
  wholeTable,
} from './blocks.js';
import { familyOf, metricTable } from './scorecard.js';
import type { Material, SectionRule, WrittenTable } from './section.js';

type Question = Voice['question'];
const QUESTIONS: Record<Question, string> = {
  satisfaction: 'Satisfaction',
  responsiveness: 'Responsiveness',
  effectiveness: 'Effectiveness',
  trust: 'Trust in delivery',
  enabling: 'Enabling the business',
  recommend: 'Net promoter score',
};
const ACTIONS: Record<Stakeholders['actions'][number]['status'], string> = {
  done: 'Done',
  doing: 'Being done',
  open: 'Open',
  refused: 'Not done',
};
const DONE_FIRST = Object.keys(ACTIONS);

const unitOf = (question: Question): string => (question === 'recommend' ? 'net_share' : 'score');

/** A value of a group, or why there is none; what is kept back says only that. */
const voiceCell = ({ question, value, nullReason }: Voice): ReviewCell =>
  valueCell(value, unitOf(question), { missing: nullReason === 'too_few_responses' ? KEPT_BACK : NOTHING });

/** What each area says. Values of areas are no figures of their own: they follow the rules by which small groups are kept back. */
const areaTable = ({ areas }: Stakeholders): WrittenTable =>
  wholeTable({
    id: 'areas',
    title: 'What each area says, mean answers from 1 to 5',
    columns: [
      textColumn('Area'),
      numberColumn('Answers'),
      ...areas[0]!.voices.map(({ question }) => numberColumn(QUESTIONS[question])),
    ],
    rows: areas.map(({ code, name, answers, voices }) => [
      words(`${code} ${name}`),
      valueCell(answers, 'count'),
      ...voices.map(voiceCell),
    ]),
    note: 'Values of fewer than five answers are kept back, and so are those from which such a value could be worked out.',
  });

/** What IT says of itself beside what the business says. */
const perceptionTable = async (
  material: Material,
  perception: NonNullable<Stakeholders['perception']>,
): Promise<WrittenTable> => {
  const rows: ReviewCell[][] = [];
  for (const { question } of perception)
    rows.push([
      words(QUESTIONS[question]),
      await figureCell(material, tracePath('perception.it', { question })),
      await figureCell(material, tracePath('perception.business', { question })),
      await figureCell(material, tracePath('perception.gap', { question })),
    ]);
  return wholeTable({
    id: 'perception',
    title: 'What IT says of itself, and what the business says',
    columns: [textColumn('Question'), ...['IT itself', 'The business', 'IT less the business'].map(numberColumn)],
    rows,
  });
};

const actionTable = (actions: Stakeholders['actions']): WrittenTable =>
  wholeTable({
    id: 'heard',
    title: 'What we did about what people said',
    columns: ['What people said', 'What is done about it', 'Area', 'State'].map(textColumn),
    rows: [...actions]
      .sort((a, b) => DONE_FIRST.indexOf(a.status) - DONE_FIRST.indexOf(b.status))
      .map(({ theme, action, area, status }) => [
        words(theme),
        words(action),
        words(area === null ? 'All' : `${area.code} ${area.name}`),
        words(ACTIONS[status]),
      ]),
  });

/** The question on which the two sides lie furthest apart, of those with answers from one to five. */
const furthestApart = ({ perception }: Stakeholders) =>
  (perception ?? [])
    .filter(({ question, gap }) => gap !== null && gap !== 0 && question !== 'recommend')
    .sort((a, b) => Math.abs(b.gap!) - Math.abs(a.gap!))[0];

/** The area that is least satisfied, where several may be told. */
const leastSatisfied = ({ areas }: Stakeholders): string | null => {
  const told = areas.flatMap(({ name, voices }) => {
    const value = voices.find(({ question }) => question === 'satisfaction')?.value ?? null;
    return value === null ? [] : [{ name, value }];
  });
  const least = Math.min(...told.map(({ value }) => value));
  const lowest = told.filter(({ value }) => value === least);
  return told.length > 1 && lowest.length === 1 && isSayable(lowest[0]!.name) ? lowest[0]!.name : null;
};

const titleOf = (satisfaction: string | null, trust: string | null, answers: number): string => {
  if (satisfaction !== null && trust !== null)
    return `On a scale from one to five, the business rates its satisfaction with IT at ${satisfaction} and its trust in delivery at ${trust}.`;
  if (satisfaction !== null)
    return `On a scale from one to five, the business rates its satisfaction with IT at ${satisfaction}.`;
  return answers === 0
    ? 'The business was not heard in the quarter: no survey has answers.'
    : 'Too few answered in the quarter for what they said to be told.';
};

/** What the business says, and what was done about it. Nothing that is kept back from a screen is told here. */
export const stakeholders: SectionRule = {
  id: 'stakeholders',
  async write(material) {
    const { book, manager, reading, who } = material;
    const { stakeholders: service } = book.ground.context.services;
    const answer = stakeholdersAnswer.parse(JSON.parse(await service.body(manager, reading, who)));
    const { perception, areas, actions, whole } = answer;
    const metrics = await familyOf(material, 'stakeholder');
    const chip = (figure: string, more = {}): Promise<string | null> => knownChip(material, tracePath(figure, more));
    const [satisfaction, trust] = [await chip('stakeholder.satisfaction'), await chip('stakeholder.trust')];
    const [enabling, involved, rate] = [
      await chip('stakeholder.enabling'),
      await chip('stakeholder.strategic_involvement'),
      await chip('stakeholder.response_rate'),
    ];
    const apart = furthestApart(answer);
    const [own, other] = apart
      ? [
          await chip('perception.it', { question: apart.question }),
          await chip('perception.business', { question: apart.question }),
        ]
      : [null, null];
    const least = leastSatisfied(answer);
    return {
      title: titleOf(satisfaction, trust, whole.answers),
      about: `All IT · answers of the business in surveys that are over · ${periodName(reading.period, reading.startMonth)}`,
      sentences: said([
        { id: 'rate', text: rate === null ? null : `Of those who were asked, ${rate} answered.` },
        {
          id: 'enabling',
          text: enabling === null ? null : `How far IT enables their work, people rate at ${enabling}.`,
        },
        { id: 'least', text: least === null ? null : `The least satisfied area is ${least}.` },
        {
          id: 'perception',
          text:
            own === null || other === null
              ? null
              : `IT and the business see ${lowered(QUESTIONS[apart!.question])} least alike: IT itself says ${own}, the business ${other}.`,
        },
        {
          id: 'involved',
          text: involved === null ? null : `IT was involved before the decision in ${involved} of strategic decisions.`,
        },
        {
          id: 'heard',
          text:
            actions.length > 0
              ? 'What was done about what people said stands in the last table.'
              : whole.answers > 0
                ? 'Nothing is recorded of what was done about what people said.'
                : null,
        },
      ]),
      tables: [
        await metricTable(material, { id: 'stakeholder-metrics', title: 'What the business says of IT', of: metrics }),
        ...(areas.length > 0 ? [areaTable(answer)] : []),
        ...(perception === null ? [] : [await perceptionTable(material, perception)]),
        ...(actions.length > 0 ? [actionTable(actions)] : []),
      ],
      drawings: [],
    };
  },
};
