import type { MetricId } from '../../contract/metric.js';
import { lowestAnswer, promotes, type Question, type SurveyFacts } from '../../core/metrics/stakeholder.js';
import { readSurveyFacts } from '../facts/surveys.js';
import { pageOf, type RecordColumn, type RecordItem, type RecordSource, type RecordSources } from '../records.js';

const readFrom = (
  columns: readonly RecordColumn[],
  itemsOf: (facts: SurveyFacts) => readonly RecordItem[],
): RecordSource => ({
  columns,
  read: async (manager, reading, [, asked], page) => {
    const [facts] = await readSurveyFacts(manager, reading, [asked]);
    return pageOf(itemsOf(facts!), page);
  },
});

/** One row is one answer that could be given, with how often it was: no row is a person. Nothing where the figure itself is not told. */
const answersTo = (question: Question, weigh: (answer: number) => number, weighed: RecordColumn): RecordSource =>
  readFrom(
    [{ id: 'answer', label: 'Answer', unit: 'count' }, { id: 'count', label: 'Times given', unit: 'count' }, weighed],
    ({ questions }) =>
      (questions[question].counts ?? []).map((count, index) => {
        const answer = lowestAnswer(question) + index;
        return {
          type: 'answer',
          code: String(answer),
          name: `Answer ${answer}`,
          cells: [answer, count, count * weigh(answer)].map(String),
        };
      }),
  );

const score = (question: Question): RecordSource =>
  answersTo(question, (answer) => answer, { id: 'score', label: 'Answer × times given', unit: 'count' });

const surveys = readFrom(
  [
    { id: 'answers', label: 'Answers', unit: 'count' },
    { id: 'invited', label: 'Invited', unit: 'count' },
  ],
  (facts) =>
    facts.surveys
      .filter(({ invited }) => invited !== null)
      .map(({ code, name, invited, answers }) => ({
        type: 'survey',
        code,
        name,
        cells: [String(answers), String(invited)],
      })),
);

/** The records behind the metrics of this family. */
export const stakeholderRecords: RecordSources = {
  'stakeholder.satisfaction': score('satisfaction'),
  'stakeholder.responsiveness': score('responsiveness'),
  'stakeholder.effectiveness': score('effectiveness'),
  'stakeholder.trust': score('trust'),
  'stakeholder.enabling': score('enabling'),
  'stakeholder.nps': answersTo('recommend', promotes, { id: 'net', label: 'Promoters less detractors', unit: 'count' }),
  'stakeholder.response_rate': surveys,
} satisfies Partial<Record<MetricId, RecordSource>>;
