import { recordChange } from '../audit/write.js';
import type { LongConnection } from '../imports/connection.js';
import { shiftCell, type Shift } from './shift.js';
import { shiftTable, type StoryTable } from './tables.js';

/**
 * Plans of the story that were made smaller after their approval. The tables hold them as they are now; the import brings them as they were
 * first, and each is then planned anew with its reason, in the product's way.
 */
interface Replan {
  readonly benefit: string;
  /** First month that was planned anew. */
  readonly from: string;
  /** What was planned first, in percent of what is planned now. */
  readonly firstPercent: bigint;
  readonly decidedOn: string;
  readonly reason: string;
}

const REPLANS: readonly Replan[] = [
  {
    benefit: 'EX-BEN-04',
    from: '2026-01',
    firstPercent: 130n,
    decidedOn: '2025-12-11',
    reason: 'Competitors cut prices: fewer quotes are won than the business case assumed.',
  },
  {
    benefit: 'EX-BEN-07',
    from: '2026-01',
    firstPercent: 125n,
    decidedOn: '2026-02-12',
    reason: 'The retention campaign starts later, because the data of two regions had to be cleaned first.',
  },
  {
    benefit: 'EX-BEN-10',
    from: '2026-04',
    firstPercent: 140n,
    decidedOn: '2026-04-16',
    reason: 'One of two policy systems stays a year longer; its rework does not end yet.',
  },
];

const TABLE = 'benefit_values';

/** The lines of a table with where they hold the benefit, the month and the plan. */
const plansOf = ({ lines }: StoryTable) => {
  const [header = [], ...rows] = lines;
  const [code, month, planned] = ['benefit_code', 'month', 'planned'].map((name) => header.indexOf(name)) as [
    number,
    number,
    number,
  ];
  return { header, rows, code, month, planned };
};

const isReplanned = (replan: Replan, row: readonly string[], code: number, month: number, planned: number): boolean =>
  row[code] === replan.benefit && row[month]! >= replan.from && row[planned] !== '';

/** A table of the story with its plans as they were approved; plans that shrank are whole amounts. */
export const asFirstPlanned = (table: StoryTable): StoryTable => {
  if (table.name !== TABLE) return table;
  const { header, rows, code, month, planned } = plansOf(table);
  const first = rows.map((row) => {
    const replan = REPLANS.find((each) => isReplanned(each, row, code, month, planned));
    return replan ? row.with(planned, String((BigInt(row[planned]!) * replan.firstPercent) / 100n)) : row;
  });
  return { ...table, lines: [header, ...first] };
};

/** Plans anew what the story planned anew, after the import has brought the first plans; each with its audit event. */
export const replan = async (
  connection: LongConnection,
  tables: readonly StoryTable[],
  shift: Shift,
  by: { actor: string; at: string },
): Promise<void> => {
  const table = tables.find(({ name }) => name === TABLE)!;
  const now = plansOf(shiftTable(table, shift));
  const told = plansOf(table);
  for (const each of REPLANS) {
    const changed = now.rows.filter((_row, at) =>
      isReplanned(each, told.rows[at]!, told.code, told.month, told.planned),
    );
    const reason = `Portfolio board, ${shiftCell('date', each.decidedOn, shift)}: ${each.reason}`;
    const rows = await connection.query<{ id: string; month: string; before: string; after: string }>(
      `update benefit_values v set version = v.version + 1, updated_at = greatest($4::timestamptz, v.updated_at + interval '1 millisecond'),
         planned = n.planned, changed_by = $5, reason = $6, import_id = null
       from unnest($2::date[], $3::numeric[]) as n (month, planned), benefits b, benefit_values o
       where b.code = $1 and v.benefit_id = b.id and v.month = n.month and o.id = v.id
       returning b.id, to_char(v.month, 'YYYY-MM') as month, o.planned as before, v.planned as after`,
      [
        each.benefit,
        changed.map((row) => `${row[now.month]!}-01`),
        changed.map((row) => row[now.planned]!),
        by.at,
        by.actor,
        reason,
      ],
    );
    if (rows.length !== changed.length || rows.length === 0)
      throw new Error(`The plan of ${each.benefit} in the example is not as the story tells it.`);
    const items = (which: 'before' | 'after') => rows.map((row) => ({ month: row.month, planned: row[which] }));
    await recordChange(connection.manager, {
      ...by,
      action: 'changed',
      objectType: 'benefit_value',
      objectId: rows[0]!.id,
      objectCode: each.benefit,
      before: { items: items('before') },
      after: { items: items('after'), reason },
    });
  }
};
