import { expect, test } from '@jest/globals';
import type { ReviewTable } from '../../contract/review.js';
import { TABLE_IDS, type TableId, tableSentence } from './table-sentences.js';

/** `12 EUR` is a number, `Open` a word, `#-3 −3` has the value -3. */
const cell = (text: string) => {
  const [, value = null, printed = text] = /^#(\S+) (.*)$/.exec(text) ?? [];
  return { text: printed, value, unit: null, figure: null, impact: null };
};
const table = (
  id: string,
  columns: string,
  lines: readonly string[],
  more: Partial<ReviewTable> = {},
): ReviewTable => ({
  id,
  title: 'What is open',
  columns: columns.split('|').map((title) => ({
    title: title.replace('#', ''),
    kind: title.startsWith('#') ? 'number' : 'text',
    unit: null,
  })),
  rows: lines.map((line) => line.split('|').map(cell)),
  total: lines.length,
  note: null,
  ...more,
});
const METRICS = 'Metric|#2026 Q3|Against target';
const [FAST, SLOW, BLANK] = ['Flow|#3 3 days|met', 'Rework|#9 9 %|missed', 'Trust|–|–'];

/** Of each table: its columns, and what its rows are told as. */
const EXAMPLES: Record<
  TableId,
  readonly [columns: string, ...(readonly [lines: readonly string[], said: string, more?: Partial<ReviewTable>])[]]
> = {
  ledger: [
    'From money to proof|Actual',
    [
      ['Invested|#9 9 m EUR', 'Benefit realised|#5 5 m EUR', 'of which evidenced|#2 2 m EUR'],
      '9 m EUR were invested and 5 m EUR realised to date, of which 2 m EUR rest on evidence.',
    ],
    [['Invested|#9 9 m EUR', 'Benefit realised|–'], '9 m EUR were invested to date, and no benefit is realised.'],
    [[], 'Neither spend nor a realised benefit is recorded to date.'],
  ],
  deviations: [
    'Difference|Difference to baseline plan|What is done about it',
    [[], 'Every benefit that is measured lies on its plan to date.'],
    [['#-1 −1|–|No corrective action'], 'The benefit furthest from plan lies below it, without a corrective action.'],
    [
      ['#-1 −1|–|ACT', '#1 +1|#-1 −1|No corrective action', '#2 +2|#2 +2|No corrective action'],
      '2 of the 3 benefits furthest from plan lie below it, 1 of them without a corrective action.',
    ],
    [['#1 +1|–|ACT', '#2 +2|–|ACT'], 'None of the 2 benefits furthest from plan lies below it.'],
  ],
  'corrective-actions': [
    'Due',
    [[], 'No corrective action is open.'],
    [['2026-09-18, overdue'], '1 corrective action is open, and it is overdue.'],
    [['2026-09-18, overdue', 'No date'], '2 corrective actions are open, 1 of them overdue.'],
  ],
  gaps: [
    'What is missing|#Records',
    [[], 'The chain from money to benefit breaks nowhere.'],
    [['No owner|#1 1'], 'The chain from money to benefit breaks in 1 way: “No owner” (1 record).'],
    [
      ['No owner|#1 1', 'No measure|#3 3'],
      'The chain from money to benefit breaks in 2 ways, most often by “No measure” (3 records).',
    ],
  ],
  'worked-trace': [
    'Record|Spend along this way',
    [
      ['INV-1 Cloud|#2 2 m EUR', 'BEN-1 Speed|–'],
      'The way that carries most money to a benefit leads 2 m EUR from INV-1 Cloud to BEN-1 Speed.',
    ],
  ],
  decided: [
    'Trade-off',
    [[], 'No decision was taken in the quarter.'],
    [['Not stated'], '1 decision was taken in the quarter, and its trade-off is not stated.'],
    [['Speed', 'Not stated'], '2 decisions were taken in the quarter; 1 of them states its trade-off.'],
    [['Speed', 'Cost'], '2 decisions were taken in the quarter, each with its trade-off stated.'],
    [['Speed', 'Cost'], '57 decisions were taken in the quarter, of which the latest 2 are listed.', { total: 57 }],
  ],
  open: [
    'Due',
    [[], 'No decision waits to be taken.'],
    [['Overdue'], '1 decision waits to be taken, and it is overdue.'],
    [['Overdue', 'Not due yet'], '2 decisions wait to be taken, 1 of them overdue.'],
    [
      ['Overdue', 'Overdue'],
      '9 decisions wait to be taken; of the 2 that have been open longest 2 are overdue.',
      { total: 9 },
    ],
  ],
  'decision-and-flow': [
    METRICS,
    [[FAST], 'Of 1 metric of decision and flow, 1 has a value and none misses its target.'],
  ],
  ageing: [
    'Items',
    [['#1 1', '#0 0', '#0 0'], '1 item is in progress; none of them is older than 95 of 100 delivered items took.'],
    [['#9 9', '–', '–'], '9 items are in progress; too little was delivered to say what is old.'],
  ],
  oldest: [
    'Item|In progress for',
    [['WI-1 Export|#9 9 days', 'WI-2|#1 1'], 'WI-1 Export has been in progress longest: 9 days.'],
  ],
  moves: [
    'Capability|#2026 Q2|#2026 Q3',
    [[], 'No capability moved in the quarter.'],
    [['A|#1 1|#2 2'], '1 capability rose in the quarter.'],
    [
      ['A|#1 1|#2 2', 'B|#3 3|#2 2', 'C|#3 3|#1 1', 'D|–|#1 1'],
      '1 capability rose, 2 fell and 1 was assessed for the first time in the quarter.',
    ],
  ],
  'stakeholder-metrics': [METRICS, [[], 'No metric of what the business says is defined.']],
  areas: [
    'Area|Satisfaction',
    [['Claims|#3 3.00'], '1 area has answered.'],
    [
      ['Claims|#3 3.00', 'Sales|#2.5 2.50', 'HR|kept back'],
      '3 areas have answered; Sales is satisfied least, at 2.50.',
    ],
  ],
  perception: [
    'Question|IT less the business',
    [['Trust|–'], 'What IT and the business say cannot be compared.'],
    [
      ['Trust|#-0.5 −0.500 of 5', 'Speed|#0.2 +0.200 of 5'],
      'IT and the business lie furthest apart on “Trust”: IT rates it 0.500 of 5 lower than the business does.',
    ],
  ],
  heard: [
    'State',
    [['Done'], '1 thing that people said has an answer, which is done.'],
    [['Done', 'Open'], '2 things that people said have an answer; 1 of these is done.'],
  ],
  tests: [
    'Sign|State',
    [
      ['A|Present', 'A|Present', 'B|Cannot be told'],
      '1 of 2 signs of misalignment is present by the tests, and 1 cannot be told.',
    ],
    [['A|Not present', 'B|To be watched'], 'None of the 2 signs of misalignment is present by the tests.'],
  ],
  states: [
    'Sign|2026 Q2|2026 Q3|What was said',
    [
      ['A|Present|Not present|–', 'B|Present|Present|–'],
      'Since 2026 Q2 no sign of misalignment has appeared and 1 has gone.',
    ],
    [
      ['A|Not present|Present|–', 'B|To be watched|Present|–'],
      'Since 2026 Q2 2 signs of misalignment have appeared and none has gone.',
    ],
  ],
  kept: [
    'Outcome|Decisions and actions',
    [['Kept|#1 1', 'Not kept|#0 0', 'Open|#0 0'], 'The one thing that was agreed is kept.'],
    [['Kept|#0 0', 'Not kept|#1 1', 'Open|#2 2'], 'None of the 3 things that were agreed is kept.'],
  ],
  agreed: [
    'Kept?',
    [['Open'], 'The one thing that was agreed is still open.'],
    [['Open', 'Kept', 'Open'], '2 of the 3 things that were agreed are still open.'],
  ],
  'in-full': ['Figure', [['Spend', 'Plan'], 'These are the 2 figures of the headline with every digit.']],
  restated: [
    'Figure',
    [
      [],
      'No figure of 2026 Q2 is another now than when VR-2026-Q2 was frozen.',
      { title: 'Figures of 2026 Q2 that are others now than when VR-2026-Q2 was frozen' },
    ],
    [['Spend'], '1 figure is another now than when it was frozen.'],
    [['Spend', 'Plan'], '2 figures are others now than when they were frozen.'],
  ],
  benefits: [
    'Status',
    [[], 'No benefit is recorded.'],
    [['Off track'], 'The one benefit is off track.'],
    [['Off track', 'At risk', 'Off track'], 'Of 3 benefits, 2 are off track and 1 is at risk.'],
    [['Off track', 'On track'], 'Of the first 2 of 9 benefits, 1 is off track and none is at risk.', { total: 9 }],
  ],
  metrics: [
    METRICS,
    [[], 'No metric is defined.'],
    [[FAST, SLOW], 'Of 2 metrics, all have a value and 1 misses its target.'],
    [[BLANK, BLANK, SLOW, SLOW], 'Of 4 metrics, 2 have a value and 2 miss their target.'],
    [[BLANK], 'Of 1 metric, none has a value.'],
  ],
  unmeasured: [
    'Metrics',
    [['#2 2', '#1 1'], '3 metrics are not measured in 2026 Q3, for 2 reasons.', { title: 'Not measured in 2026 Q3' }],
    [['#1 1'], '1 metric is not measured in the quarter, for 1 reason.'],
  ],
  definitions: [
    'Metric',
    [['A'], '1 metric is defined, by its formula.'],
    [['A', 'B'], '2 metrics are defined, each by its formula.'],
  ],
  'headline-figures': ['Figure', [['A', 'B'], 'These are the 2 figures of the ledger, to the last digit.']],
};

test.each(TABLE_IDS.map((id) => [id]))('%s is told in a sentence, of none, of one and of many', (id) => {
  const [columns, ...cases] = EXAMPLES[id];
  expect(cases.map(([lines, , more]) => tableSentence(table(id, columns, lines, more)))).toEqual(
    cases.map(([, said]) => said),
  );
});

test('An amount has the unit of its header', () => {
  const { columns, ...ledger } = table('ledger', 'From money to proof|#Actual', [
    'Invested|#9 9.00',
    'Benefit realised|#5 5.00',
  ]);
  const told = tableSentence({
    ...ledger,
    columns: columns.map((column, at) => ({ ...column, unit: at === 0 ? null : 'm EUR' })),
  });
  expect(told).toBe('9.00 m EUR were invested and 5.00 m EUR realised to date.');
});

test('Gaps of capabilities are others than those of the chain', () => {
  const gaps = (lines: string[]) => tableSentence(table('gaps', 'Capability|Gap', lines));
  expect([gaps([]), gaps(['A|1.7']), gaps(['A|1.7', 'B|1'])]).toEqual([
    'No capability lies below its target.',
    '1 capability lies below its target; by importance the gap of A is the widest, at 1.7.',
    '2 capabilities lie below their targets; by importance the gap of A is the widest, at 1.7.',
  ]);
});

test('A table that no rule knows, or that has other columns, says how many rows it has', () => {
  const told = (id: string, lines: string[], total = lines.length) =>
    tableSentence(table(id, 'What', lines, { total }));
  expect([told('other', []), told('tests', ['A']), told('toString', ['A', 'B'], 9)]).toEqual([
    'Nothing is recorded under “What is open”.',
    '“What is open” lists 1 row.',
    '“What is open” lists 2 of 9 rows.',
  ]);
});
