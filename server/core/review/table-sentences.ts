import { counted } from '../../contract/format.js';
import { absolute, compare, isNegative, isZero, negate } from '../../contract/decimal.js';
import type { ReviewTable } from '../../contract/review.js';
import {
  amountOf,
  be,
  capitalised,
  howMany,
  isWord,
  joined,
  LacksColumn,
  ofAll,
  placeOfMost,
  readOf,
  type Rule,
  some,
  textsOf,
} from './read-table.js';

/**
 * What a table says, in a sentence: the title of a slide that shows it. Made from the printed table alone, so that one that was frozen long ago has
 * a sentence, too; a table that has other columns than its rule knows says how many rows it has.
 */

/** Metrics with what they were: how many of them are known, and how many miss their target. */
const metricsOf =
  (which: string): Rule =>
  ({ rows, table, column }) => {
    const now = table.columns.findIndex(({ kind }) => kind === 'number');
    const [known, judged] = [column(now).filter(({ value }) => value !== null).length, column('Against target')];
    const [missed, isAny] = [howMany(judged, isWord('missed')), howMany(judged, (text) => text !== '–') > 0];
    if (rows === 0) return `No metric${which} is defined.`;
    const target = isAny
      ? ` and ${missed === 0 ? 'none misses its' : `${missed} ${missed === 1 ? 'misses its' : 'miss their'}`} target`
      : '';
    const has =
      known === 0 ? 'none has' : known === rows && rows > 1 ? 'all have' : `${known} ${known === 1 ? 'has' : 'have'}`;
    return `Of ${counted(rows, 'metric')}${which}, ${has} a value${target}.`;
  };

const gapsOfChain: Rule = ({ rows, column }) => {
  if (rows === 0) return 'The chain from money to benefit breaks nowhere.';
  const [records, kinds] = [column('Records'), column('What is missing')];
  const most = placeOfMost(records);
  const often = most < 0 ? '' : `“${kinds[most]!.text}” (${counted(Number(records[most]!.value), 'record')})`;
  const ways = `The chain from money to benefit breaks in ${counted(rows, 'way')}`;
  return often === '' ? `${ways}.` : `${ways}${rows === 1 ? `: ${often}` : `, most often by ${often}`}.`;
};

const gapsOfCapabilities: Rule = (read) => {
  const [capability, gap] = [read.column('Capability'), read.column('Gap')];
  const { total } = read.table;
  if (read.rows === 0) return 'No capability lies below its target.';
  const lie = total === 1 ? '1 capability lies below its target' : `${total} capabilities lie below their targets`;
  return `${lie}; by importance the gap of ${capability[0]!.text} is the widest, at ${gap[0]!.text}.`;
};

/** By the id of the table: each that a section may hold. */
const RULES = {
  ledger: (read) => {
    const { column } = read;
    const [labels, actual] = [textsOf(column('From money to proof')), column('Actual')];
    const of = (label: string): string | null => {
      const cell = actual[labels.indexOf(label)];
      return cell === undefined || cell.value === null ? null : amountOf(read, 'Actual', cell);
    };
    const [invested, realised, evidenced] = ['Invested', 'Benefit realised', 'of which evidenced'].map(of);
    if (!realised)
      return invested
        ? `${invested} were invested to date, and no benefit is realised.`
        : 'Neither spend nor a realised benefit is recorded to date.';
    const proof = evidenced ? `, of which ${evidenced} rest on evidence` : '';
    return invested
      ? `${invested} were invested and ${realised} realised to date${proof}.`
      : `${realised} were realised to date${proof}.`;
  },
  deviations: ({ rows, column }) => {
    const [difference, baseline] = [column('Difference'), column('Difference to baseline plan')];
    const acted = textsOf(column('What is done about it'));
    const below = difference.flatMap((cell, at) =>
      [cell, baseline[at]!].some(({ value }) => value !== null && isNegative(value) && !isZero(value)) ? [at] : [],
    );
    if (rows === 0) return 'Every benefit that is measured lies on its plan to date.';
    const [count, idle] = [below.length, below.filter((at) => acted[at] === 'No corrective action').length];
    const of = rows === 1 ? 'The benefit furthest from plan' : `the ${rows} benefits furthest from plan`;
    if (count === 0) return rows === 1 ? `${of} does not lie below it.` : `None of ${of} lies below it.`;
    const action = idle === 0 ? 'with a corrective action' : count === 1 ? 'without a corrective action' : '';
    const where = rows === 1 ? `${of} lies below it` : `${count} of ${of} ${count === 1 ? 'lies' : 'lie'} below it`;
    return action !== ''
      ? `${where}, ${count === 1 ? '' : 'each '}${action}.`
      : `${where}, ${idle} of them without a corrective action.`;
  },
  'corrective-actions': ({ rows, column }) => {
    const late = howMany(column('Due'), (text) => text.endsWith(', overdue'));
    if (rows === 0) return 'No corrective action is open.';
    if (rows === 1) return `1 corrective action is open${late === 1 ? ', and it is overdue' : ''}.`;
    return `${rows} corrective actions are open, ${some(late)} of them overdue.`;
  },
  gaps: (read) => (read.table.columns[0]?.title === 'Capability' ? gapsOfCapabilities : gapsOfChain)(read),
  'worked-trace': (read) => {
    const { rows, column } = read;
    const [records, spent] = [textsOf(column('Record')), column('Spend along this way')];
    if (rows === 0) return 'No way leads from money to a benefit.';
    return `The way that carries most money to a benefit leads ${amountOf(read, 'Spend along this way', spent[0]!)} from ${records[0]} to ${records.at(-1)}.`;
  },
  decided: ({ table: { total }, rows, column }) => {
    const traded = howMany(column('Trade-off'), (text) => text !== 'Not stated');
    if (total === 0) return 'No decision was taken in the quarter.';
    const were = `${counted(total, 'decision')} ${total === 1 ? 'was' : 'were'} taken in the quarter`;
    if (total > rows) return `${were}, of which the latest ${rows} are listed.`;
    if (total === 1)
      return `${were}, ${traded === 1 ? 'and its trade-off is stated' : 'and its trade-off is not stated'}.`;
    if (traded === total) return `${were}, each with its trade-off stated.`;
    return `${were}; ${some(traded)} of them ${traded > 1 ? 'state their' : 'states its'} trade-off.`;
  },
  open: ({ table: { total }, rows, column }) => {
    const late = howMany(column('Due'), isWord('Overdue'));
    if (total === 0) return 'No decision waits to be taken.';
    const wait = `${counted(total, 'decision')} ${total === 1 ? 'waits' : 'wait'} to be taken`;
    if (total > rows) return `${wait}; of the ${rows} that have been open longest ${some(late)} ${be(late)} overdue.`;
    if (total === 1) return `${wait}${late === 1 ? ', and it is overdue' : ''}.`;
    return `${wait}, ${some(late)} of them overdue.`;
  },
  'decision-and-flow': metricsOf(' of decision and flow'),
  ageing: ({ column }) => {
    const [count, , old] = column('Items');
    if (count === undefined || count.value === null || isZero(count.value)) return 'No item is in progress.';
    const items = Number(count.value);
    const are = `${counted(items, 'item')} ${be(items)} in progress`;
    if (old === undefined || old.value === null) return `${are}; too little was delivered to say what is old.`;
    const late = Number(old.value);
    return `${are}; ${some(late)} of them ${be(late)} older than 95 of 100 delivered items took.`;
  },
  oldest: ({ rows, column }) =>
    rows === 0
      ? 'No item is in progress.'
      : `${column('Item')[0]!.text} has been in progress longest: ${column('In progress for')[0]!.text}.`,
  moves: ({ rows, table, column }) => {
    const first = table.columns.findIndex(({ kind }) => kind === 'number');
    const [before, now] = [column(first), column(first + 1)];
    if (rows === 0) return 'No capability moved in the quarter.';
    const sides = before.map(({ value }, at) =>
      value === null || now[at]!.value === null ? null : compare(now[at]!.value!, value),
    );
    const told = [
      [sides.filter((side) => side !== null && side > 0).length, 'rose', 'rose'],
      [sides.filter((side) => side !== null && side < 0).length, 'fell', 'fell'],
      [
        sides.filter((side) => side === null).length,
        'was assessed for the first time',
        'were assessed for the first time',
      ],
    ] as const;
    const parts = told.filter(([count]) => count > 0);
    return `${joined(parts.map(([count, one, many], at) => `${at === 0 ? counted(count, 'capability', 'capabilities') : count} ${count === 1 ? one : many}`))} in the quarter.`;
  },
  'stakeholder-metrics': metricsOf(' of what the business says'),
  areas: ({ rows, column }) => {
    const [areas, satisfaction] = [textsOf(column('Area')), column('Satisfaction')];
    if (rows === 0) return 'No area has answered.';
    const known = satisfaction.filter(({ value }) => value !== null);
    const answered = `${counted(rows, 'area')} ${rows === 1 ? 'has' : 'have'} answered`;
    if (known.length < 2) return `${answered}.`;
    const least = placeOfMost(satisfaction, negate);
    return `${answered}; ${areas[least]} is satisfied least, at ${satisfaction[least]!.text}.`;
  },
  perception: ({ column }) => {
    const [questions, gaps] = [textsOf(column('Question')), column('IT less the business')];
    // The net promoter score has another scale.
    const most = placeOfMost(
      gaps.map((cell) => (cell.unit === 'points' ? { ...cell, value: null } : cell)),
      absolute,
    );
    if (most < 0) return 'What IT and the business say cannot be compared.';
    if (isZero(gaps[most]!.value!)) return 'IT and the business see all of it alike.';
    const { text, value } = gaps[most]!;
    const by = `${text.replace(/^[+\u2212]/, '')} ${isNegative(value!) ? 'lower' : 'higher'}`;
    return `IT and the business lie furthest apart on “${questions[most]}”: IT rates it ${by} than the business does.`;
  },
  heard: ({ rows, column }) => {
    const done = howMany(column('State'), isWord('Done'));
    if (rows === 0) return 'Nothing is recorded of what was done about what people said.';
    if (rows === 1) return `1 thing that people said has an answer, which is ${done === 1 ? '' : 'not '}done.`;
    return `${rows} things that people said have an answer; ${some(done)} of these ${be(done)} done.`;
  },
  tests: ({ column }) => {
    const states = new Map(column('State').map(({ text }, at) => [column('Sign')[at]!.text, text]));
    const of = (state: string): number => [...states.values()].filter((each) => each === state).length;
    const [present, unknown] = [of('Present'), of('Cannot be told')];
    if (states.size === 0) return 'No sign of misalignment is tested.';
    const signs = present === 0 ? `None of the ${states.size}` : `${present} of ${states.size}`;
    const rest = unknown === 0 ? '' : `, and ${unknown} cannot be told`;
    return `${signs} signs of misalignment ${be(present)} present by the tests${rest}.`;
  },
  states: ({ rows, table: { columns }, column }) => {
    const last = columns.findIndex(({ title }) => title === 'What was said') - 1;
    if (rows === 0) return 'No sign of misalignment is followed.';
    if (last < 2) throw new LacksColumn();
    const [then, now] = [textsOf(column(last - 1)), textsOf(column(last))];
    const differing = (from: readonly string[], to: readonly string[]): number =>
      to.filter((state, at) => state === 'Present' && from[at] !== 'Present').length;
    const [came, went] = [differing(then, now), differing(now, then)];
    const has = (count: number): string => (count > 1 ? 'have' : 'has');
    const signs = came === 0 ? 'no sign' : counted(came, 'sign');
    return `Since ${columns[last - 1]!.title} ${signs} of misalignment ${has(came)} appeared and ${some(went)} ${has(went)} gone.`;
  },
  kept: ({ column }) => {
    const counts = column('Decisions and actions').map(({ value }) => Number(value ?? 0));
    const all = counts.reduce((sum, count) => sum + count, 0);
    const kept = counts[textsOf(column('Outcome')).indexOf('Kept')] ?? 0;
    if (all === 0) return 'No decision and no action was agreed.';
    if (all === 1)
      return `The one thing that was agreed is ${kept === 1 ? '' : 'not '}kept${kept === 1 ? '' : ' yet'}.`;
    return `${capitalised(some(kept))} of the ${all} things that were agreed ${be(kept)} kept.`;
  },
  agreed: ({ rows, column }) => {
    const open = howMany(column('Kept?'), isWord('Open'));
    if (rows === 0) return 'No decision and no action was agreed.';
    if (rows === 1) return `The one thing that was agreed is ${open === 1 ? 'still' : 'no longer'} open.`;
    return `${capitalised(some(open))} of the ${rows} things that were agreed ${be(open)} still open.`;
  },
  'in-full': ({ rows }) =>
    rows === 1
      ? 'This is the figure of the headline with every digit.'
      : `These are the ${rows} figures of the headline with every digit.`,
  restated: ({ rows, table: { title } }) => {
    const [, quarter, code] = /^Figures of (.+) that are others now than when (.+) was frozen$/.exec(title) ?? [];
    const than = quarter === undefined ? 'than when they were frozen' : `than when ${code} was frozen`;
    const of = quarter === undefined ? '' : ` of ${quarter}`;
    if (rows === 0) return `No figure${of} is another now ${than.replace('they were', 'it was')}.`;
    return `${counted(rows, 'figure')}${of} ${be(rows)} ${rows === 1 ? 'another' : 'others'} now ${than.replace('they were', rows === 1 ? 'it was' : 'they were')}.`;
  },
  benefits: (read) => {
    const status = read.column('Status');
    const [off, risk] = [howMany(status, isWord('Off track')), howMany(status, isWord('At risk'))];
    if (read.rows === 0) return 'No benefit is recorded.';
    if (read.rows === 1 && read.table.total === 1)
      return `The one benefit is ${off === 1 ? 'off track' : risk === 1 ? 'at risk' : 'neither off track nor at risk'}.`;
    const are = (count: number): string => `${some(count)} ${be(count)}`;
    return `Of ${ofAll(read)} benefits, ${are(off)} off track and ${are(risk)} at risk.`;
  },
  metrics: metricsOf(''),
  unmeasured: ({ rows, table: { title }, column }) => {
    const count = column('Metrics').reduce((sum, { value }) => sum + Number(value ?? 0), 0);
    const when = /^Not measured (in .+)$/.exec(title)?.[1] ?? 'in the quarter';
    if (count === 0) return `Every metric is measured ${when}.`;
    return `${counted(count, 'metric')} ${be(count)} not measured ${when}, for ${counted(rows, 'reason')}.`;
  },
  definitions: ({ rows }) =>
    rows === 0
      ? 'No metric is defined.'
      : `${counted(rows, 'metric')} ${be(rows)} defined, each by its formula.`.replace(
          /^(1 metric is defined), each/,
          '$1,',
        ),
  'headline-figures': ({ rows }) =>
    rows === 1
      ? 'This is the figure of the ledger, to the last digit.'
      : `These are the ${rows} figures of the ledger, to the last digit.`,
} as const satisfies Record<string, Rule>;

/** Tables that sections may hold: each has a sentence of its own. */
export type TableId = keyof typeof RULES;
export const TABLE_IDS = Object.keys(RULES) as readonly TableId[];

/** `“Benefits against plan” lists 12 of 61 rows.` */
const counting = ({ title, rows, total }: ReviewTable): string =>
  rows.length === 0
    ? `Nothing is recorded under “${title}”.`
    : `“${title}” lists ${total > rows.length ? `${rows.length} of ${counted(total, 'row')}` : counted(total, 'row')}.`;

/** What a table says, in a sentence. */
export function tableSentence(table: ReviewTable): string {
  if (!Object.hasOwn(RULES, table.id)) return counting(table);
  try {
    return RULES[table.id as TableId](readOf(table));
  } catch (cause) {
    if (cause instanceof LacksColumn) return counting(table);
    throw cause;
  }
}
