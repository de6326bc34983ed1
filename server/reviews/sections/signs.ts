import { type Sign, type SignTest, signs as signsAnswer } from '../../contract/sign.js';
import type { ReviewCell } from '../../contract/review.js';
import { NOTHING, periodName } from '../../core/review/printing.js';
import { words } from '../figures.js';
import {
  capitalised,
  figureCell,
  joined,
  knownChip,
  lowered,
  numberColumn,
  textColumn,
  tracePath,
  valueCell,
  wholeTable,
} from './blocks.js';
import type { Material, SectionRule, WrittenTable } from './section.js';

const STATES: Record<Sign['state'], string> = {
  present: 'Present',
  watch: 'To be watched',
  clear: 'Not present',
  unknown: 'Cannot be told',
};
const TESTS: Record<SignTest['state'], string> = { holds: 'Holds', clear: 'Does not hold', unknown: 'Cannot be told' };

const names = (signs: readonly Sign[], state: Sign['state']): string =>
  joined(signs.filter((sign) => sign.state === state).map(({ name }) => lowered(name)));

const titleOf = (signs: readonly Sign[]): string => {
  const [present, watch] = [names(signs, 'present'), names(signs, 'watch')];
  const watched = watch === '' ? '' : ` To be watched: ${watch}.`;
  if (present !== '') return `Activity and value drift apart: ${present}.${watched}`;
  if (signs.every(({ state }) => state === 'unknown'))
    return 'Too little is recorded to tell any sign of misalignment.';
  return `No sign of misalignment is present.${watched}`;
};

/** What is present, by which figures, and what helps. */
const sentenceOf = async (material: Material, { name, tests, advice }: Sign): Promise<string> => {
  const said: string[] = [];
  for (const test of tests) {
    const chip =
      test.state === 'holds' && test.figure !== null ? await knownChip(material, tracePath(test.figure)) : null;
    if (chip !== null) said.push(`${lowered(test.name)} ${chip}`);
  }
  return `${name}${said.length === 0 ? '' : `: ${joined(said)}`}. ${advice}`;
};

/** What a test judged; nothing where its figure is 0 only because nothing is recorded. */
const figureOf = async (material: Material, { figure, value }: SignTest): Promise<ReviewCell> => {
  const cell = figure === null ? words(NOTHING) : await figureCell(material, tracePath(figure));
  return value === null && cell.value !== null ? words(NOTHING) : cell;
};

/** Counts capabilities; its threshold counts the units of each. */
const OF_EACH = 'sign.shared_capabilities';
const thresholdOf = ({ figure, threshold, unit }: SignTest): ReviewCell =>
  figure === OF_EACH
    ? { ...valueCell(threshold, 'org units'), text: `${threshold} org units each` }
    : valueCell(threshold, unit);

const testTable = async (material: Material, signs: readonly Sign[]): Promise<WrittenTable> => {
  const rows: ReviewCell[][] = [];
  for (const sign of signs)
    for (const test of sign.tests)
      rows.push([
        words(sign.name),
        words(STATES[sign.state]),
        words(test.name),
        await figureOf(material, test),
        thresholdOf(test),
        words(capitalised(test.rule)),
        words(TESTS[test.state]),
        words(test.why),
      ]);
  return wholeTable({
    id: 'tests',
    title: 'The eight signs and their tests',
    columns: [
      ...['Sign', 'State', 'Test'].map(textColumn),
      ...['Figure', 'Threshold'].map(numberColumn),
      ...['Rule', 'Result', 'Why'].map(textColumn),
    ],
    rows,
  });
};

const stateTable = (signs: readonly Sign[], startMonth: number): WrittenTable =>
  wholeTable({
    id: 'states',
    title: 'Signs over the last quarters',
    columns: [
      textColumn('Sign'),
      ...signs[0]!.trend.map(({ period }) => textColumn(periodName(period, startMonth))),
      ...['What was said', 'Decision'].map(textColumn),
    ],
    rows: signs.map(({ name, trend, comment }) => [
      words(name),
      ...trend.map(({ state }) => words(STATES[state])),
      words(comment?.text ?? NOTHING),
      words(comment?.decision ? `${comment.decision} ${comment.decisionTitle ?? ''}`.trim() : NOTHING),
    ]),
  });

/** Where activity and value drift apart: the eight signs, each with its tests, figures and thresholds. */
export const signs: SectionRule = {
  id: 'signs',
  async write(material) {
    const { manager, reading, sources } = material;
    const { items } = signsAnswer.parse(JSON.parse(await sources.signs.signs(manager, reading)));
    const sentences = [];
    for (const sign of items.filter(({ state }) => state === 'present'))
      sentences.push({ id: `sign.${sign.id}`, text: await sentenceOf(material, sign) });
    const unknown = names(items, 'unknown');
    if (unknown !== '') sentences.push({ id: 'unknown', text: `Too little is recorded to tell: ${unknown}.` });
    return {
      title: titleOf(items),
      about: `All IT · signs of misalignment, by figures and thresholds · ${periodName(reading.period, reading.startMonth)}`,
      sentences,
      tables: [await testTable(material, items), stateTable(items, reading.startMonth)],
      drawings: [],
    };
  },
};
