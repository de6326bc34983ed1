import { recordChange } from '../audit/write.js';
import type { LongConnection } from '../imports/connection.js';
import { shiftCell, type Shift } from './shift.js';
import type { StoryTable } from './tables.js';

/**
 * What finance said of some realised values of the story, and what came of it. The tables hold the values as they are now; the import
 * brings them as they were first reported, and each is then corrected, rejected or reported anew in the product's way.
 */
interface Told {
  readonly benefit: string;
  readonly month: string;
  readonly by: string;
  readonly why: string;
}
/** Confirmed with another amount, and corrected since. */
interface Correction extends Told {
  readonly first: string;
  readonly confirmedBy: string;
}
interface Rejection extends Told {
  /** It was reported without the evidence that it has now, which came as the answer. */
  readonly answeredBy?: string;
}

const TOM = 'tom.keller@meridian.example';
const AMIRA = 'amira.haddad@meridian.example';

const CORRECTIONS: readonly Correction[] = [
  {
    benefit: 'EX-BEN-02',
    month: '2026-08',
    first: '118400',
    confirmedBy: AMIRA,
    by: TOM,
    why: 'Two closed claims were counted twice in the sample.',
  },
  {
    benefit: 'EX-BEN-01',
    month: '2026-08',
    first: '191900',
    confirmedBy: AMIRA,
    by: TOM,
    why: 'Hours of temporary staff were missing from the ledger.',
  },
];

const REJECTIONS: readonly Rejection[] = [
  {
    benefit: 'EX-BEN-08',
    month: '2026-09',
    by: AMIRA,
    why: 'The portal was down for two days: the avoided calls of these days cannot be counted.',
  },
  {
    benefit: 'EX-BEN-05',
    month: '2026-07',
    by: AMIRA,
    why: 'No evidence: attach the comparison of new and old prices.',
  },
  {
    benefit: 'EX-BEN-13',
    month: '2026-05',
    by: AMIRA,
    why: 'The risk model of that month is not agreed with the insurer.',
  },
  {
    benefit: 'EX-BEN-03',
    month: '2026-09',
    by: AMIRA,
    why: 'The list of closed cases is missing.',
    answeredBy: TOM,
  },
];

const TABLE = 'benefit_values';

/** A table of the story with these values as they were first reported. */
export const asFirstReported = (table: StoryTable): StoryTable => {
  if (table.name !== TABLE) return table;
  const [header = [], ...rows] = table.lines;
  const at = (name: string): number => header.indexOf(name);
  const [code, month] = [at('benefit_code'), at('month')];
  const isOf = (told: Told, row: readonly string[]): boolean => told.benefit === row[code] && told.month === row[month];
  const first = rows.map((row) => {
    const correction = CORRECTIONS.find((each) => isOf(each, row));
    if (correction)
      return row.with(at('realised'), correction.first).with(at('confirmed_by_email'), correction.confirmedBy);
    const isAnswered = REJECTIONS.some((each) => each.answeredBy !== undefined && isOf(each, row));
    return isAnswered ? row.with(at('evidence'), '') : row;
  });
  return { ...table, lines: [header, ...first] };
};

interface Cell {
  benefitId: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

const CELL = `jsonb_build_object('month', to_char(v.month, 'YYYY-MM'), 'realised', v.realised, 'evidence', v.evidence)`;

/** One month as a new version; `sets` may use $6 and further parameters. */
const change = async (
  connection: LongConnection,
  told: Told,
  shift: Shift,
  by: { actor: string; at: string; reason: string },
  sets: string,
  values: readonly unknown[],
): Promise<Cell> => {
  const rows = await connection.query<Cell>(
    `update benefit_values v set version = v.version + 1, updated_at = greatest($3::timestamptz, v.updated_at + interval '1 millisecond'),
       changed_by = $4, reason = $5, import_id = null${sets}
     from benefits b, benefit_values o where b.code = $1 and v.benefit_id = b.id and v.month = $2::date and o.id = v.id and v.realised is not null
     returning b.id as "benefitId", ${CELL.replaceAll('v.', 'o.')} as before, ${CELL} as after`,
    [told.benefit, `${shiftCell('month', told.month, shift)}-01`, by.at, by.actor, by.reason, ...values],
  );
  if (rows.length !== 1) throw new Error(`${told.benefit} has no realised value in ${told.month} of the example.`);
  return rows[0]!;
};

const record = (
  connection: LongConnection,
  told: Told,
  by: { actor: string; at: string },
  action: 'changed' | 'rejected',
  { benefitId, before, after }: Cell,
  reason: string,
): Promise<unknown> =>
  recordChange(connection.manager, {
    at: by.at,
    actor: by.actor,
    action,
    objectType: 'benefit_value',
    objectId: benefitId,
    objectCode: told.benefit,
    before: { items: [before] },
    after: { items: [after], reason },
  });

const ofTable = (tables: readonly StoryTable[], told: Told, column: string): string => {
  const [header = [], ...rows] = tables.find(({ name }) => name === TABLE)!.lines;
  const [code, month, wanted] = ['benefit_code', 'month', column].map((name) => header.indexOf(name)) as [
    number,
    number,
    number,
  ];
  const row = rows.find((each) => each[code] === told.benefit && each[month] === told.month);
  if (!row) throw new Error(`The example has no ${told.benefit} in ${told.month}.`);
  return row[wanted]!;
};

/** Corrects, rejects and reports anew what the story tells so, after the import has brought what was reported first. */
export const tellVerdicts = async (
  connection: LongConnection,
  tables: readonly StoryTable[],
  shift: Shift,
  at: string,
): Promise<void> => {
  for (const told of CORRECTIONS) {
    const by = { actor: told.by, at, reason: told.why };
    const values = [ofTable(tables, told, 'realised')];
    const cell = await change(connection, told, shift, by, ', realised = $6::numeric, reported_by = $4', values);
    await record(connection, told, by, 'changed', cell, told.why);
  }
  for (const told of REJECTIONS) {
    const by = { actor: told.by, at, reason: told.why };
    const cell = await change(connection, told, shift, by, '', []);
    await connection.query(
      `insert into confirmations (benefit_value_id, verdict, amount, currency, unit, value_version, by_email, at, note)
       select v.id, 'rejected', v.realised, b.currency, case when b.currency is null then b.unit end, v.version - 1, $3, v.updated_at, $4
       from benefit_values v join benefits b on b.id = v.benefit_id where b.id = $1 and v.month = $2::date`,
      [cell.benefitId, `${shiftCell('month', told.month, shift)}-01`, told.by, told.why],
    );
    await record(connection, told, by, 'rejected', cell, told.why);
    if (told.answeredBy === undefined) continue;
    const answer = { actor: told.answeredBy, at, reason: 'Evidence added.' };
    const values = [ofTable(tables, told, 'evidence')];
    const answered = await change(connection, told, shift, answer, ', evidence = $6', values);
    await record(connection, told, answer, 'changed', answered, answer.reason);
  }
};
