import { day } from '../../contract/format.js';
import type { ReviewAction, Rewording } from '../../contract/review-after.js';
import { NOTHING, periodName } from '../../core/review/printing.js';
import { number, words } from '../figures.js';
import { actionsUpTo, rewordingsOf } from '../actions.queries.js';
import type { Material, SectionRule, WrittenTable } from './section.js';

const OUTCOMES = { open: 'Open', kept: 'Kept', not_kept: 'Not kept' } as const;
const KINDS = { decision: 'Decision', action: 'Action' } as const;

/** What was agreed, and where its words are others than what was published, those. */
const wordsOf = ({ id, text }: ReviewAction, rewordings: readonly Rewording[]): string => {
  const [first] = rewordings.filter(({ action }) => action === id);
  return first === undefined
    ? text
    : `${text} (reworded ${day(first.at)} by ${first.by}; published as “${first.text}”)`;
};

const agreedTable = (
  { people, reading: { startMonth } }: Material,
  rows: readonly ReviewAction[],
  rewordings: readonly Rewording[],
): WrittenTable => ({
  id: 'agreed',
  title: 'What the last review agreed, and what is open of earlier ones',
  columns: ['Agreed in', 'Kind', 'What', 'Owner', 'Due', 'Kept?', 'What came of it'].map((title) => ({
    title,
    kind: 'text' as const,
    unit: null,
  })),
  rows: rows.map((row) =>
    [
      periodName(row.period, startMonth),
      KINDS[row.kind],
      wordsOf(row, rewordings),
      people.owner(row.owner),
      row.dueOn ?? NOTHING,
      OUTCOMES[row.outcome],
      row.note ?? NOTHING,
    ].map(words),
  ),
  total: rows.length,
  note: null,
});

/** Decisions and actions of the last review, and whether they were kept. */
export const actions: SectionRule = {
  id: 'actions',
  async write(material) {
    const { manager, previous } = material;
    if (previous === null)
      return {
        title: 'This is the first review: nothing was agreed before.',
        about: 'Decisions and actions of the last review',
        sentences: [],
        tables: [],
        drawings: [],
      };
    const rows = await actionsUpTo(manager, previous.period);
    const rewordings = await rewordingsOf(
      manager,
      rows.map(({ id }) => id),
    );
    const title =
      rows.length === 0
        ? `The last review (${previous.code}) recorded no decision and no action.`
        : rows.every(({ outcome }) => outcome === 'kept')
          ? `All that the last review (${previous.code}) agreed was kept.`
          : `Not all that the last review (${previous.code}) agreed is kept yet.`;
    const counts: WrittenTable = {
      id: 'kept',
      title: 'Kept or not',
      columns: [
        { title: 'Outcome', kind: 'text', unit: null },
        { title: 'Decisions and actions', kind: 'number', unit: null },
      ],
      rows: (['kept', 'not_kept', 'open'] as const).map((outcome) => [
        words(OUTCOMES[outcome]),
        number(String(rows.filter((row) => row.outcome === outcome).length), 'count'),
      ]),
      total: 3,
      note: null,
    };
    return {
      title,
      about: `Decisions and actions of ${previous.code}`,
      sentences: [],
      tables: rows.length === 0 ? [] : [counts, agreedTable(material, rows, rewordings)],
      drawings: [],
    };
  },
};
