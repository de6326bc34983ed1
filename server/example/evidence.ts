import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { recordChange } from '../audit/write.js';
import type { LongConnection } from '../imports/connection.js';
import { shiftCell, type Shift } from './shift.js';
import { shiftTable, type StoryTable } from './tables.js';

/** What proves values of the story beside the texts in its tables: no import table holds files and links. */
interface StoryItem {
  readonly benefit: string;
  readonly title: string;
  readonly note: string | null;
  readonly url?: string;
  /** Months that it proves; none: it is background. */
  readonly months?: readonly [from: string, to: string];
  readonly expiresOn?: string;
  readonly addedBy: string;
  /** The name of its file, which is made of the benefit's realised values. */
  readonly file?: string;
}

const ITEMS: readonly StoryItem[] = [
  {
    benefit: 'EX-BEN-01',
    title: 'Claims settled by rule, third quarter',
    note: 'Drawn from the claims system on the last day of the quarter; 38 EUR of handling a claim.',
    months: ['2026-07', '2026-09'],
    addedBy: 'tom.keller@meridian.example',
    file: 'claims-settled-by-rule.csv',
  },
  {
    benefit: 'EX-BEN-01',
    title: 'Posts in claims handling, by cost centre',
    note: null,
    url: 'https://people.meridian.example/reports/claims-handling',
    addedBy: 'greta.vogel@meridian.example',
  },
  {
    benefit: 'EX-BEN-03',
    title: 'Sample of forty closed cases, checked by internal audit',
    note: 'Internal audit read forty of the closed cases: thirty-eight were refused for the reason that the scoring gave.',
    months: ['2026-04', '2026-06'],
    addedBy: 'amira.haddad@meridian.example',
  },
  {
    benefit: 'EX-BEN-12',
    title: 'Letter of the regulator: no report was late',
    note: 'The letter holds until the next inspection.',
    url: 'https://records.meridian.example/regulator/letters',
    months: ['2026-07', '2026-08'],
    expiresOn: '2026-09-30',
    addedBy: 'nadia.petrova@meridian.example',
  },
];

const VALUES = 'benefit_values';
/** Handling of a claim, as the benefit's conversion states it. */
const EUR_A_CLAIM = 38n;

/** The file of an item: a line a month, its claims and the money that they saved, which are the values themselves. */
const fileOf = ({ benefit, months }: StoryItem, values: StoryTable, shift: Shift): Buffer => {
  const [header = [], ...told] = values.lines;
  const [, ...shifted] = shiftTable(values, shift).lines;
  const [code, month, realised] = ['benefit_code', 'month', 'realised'].map((name) => header.indexOf(name)) as [
    number,
    number,
    number,
  ];
  const lines = told.flatMap((row, at) => {
    if (row[code] !== benefit || !months || row[month]! < months[0] || row[month]! > months[1]) return [];
    const saved = BigInt(row[realised]!);
    return [`${shifted[at]![month]},${(saved + EUR_A_CLAIM / 2n) / EUR_A_CLAIM},${saved}`];
  });
  return Buffer.from(['month,claims settled by rule,handling saved in EUR', ...lines, ''].join('\r\n'), 'utf8');
};

/** Adds the evidence of the story to its benefits, after the import has brought them; each with its audit event. */
export const addStoryEvidence = async (
  connection: LongConnection,
  tables: readonly StoryTable[],
  shift: Shift,
  by: { actor: string; at: string },
): Promise<void> => {
  const values = tables.find(({ name }) => name === VALUES)!;
  for (const item of ITEMS) {
    const content = item.file === undefined ? null : fileOf(item, values, shift);
    const [fromMonth, toMonth] = (item.months ?? [null, null]).map(
      (month) => month && shiftCell('month', month, shift),
    ) as [string | null, string | null];
    const told = {
      kind: content ? 'file' : item.url === undefined ? 'text' : 'link',
      title: item.title,
      note: item.note,
      url: item.url ?? null,
      fromMonth,
      toMonth,
      expiresOn: item.expiresOn === undefined ? null : shiftCell('date', item.expiresOn, shift),
      addedBy: item.addedBy,
      fileName: item.file ?? null,
      bytes: content?.length ?? null,
      sha256: content && createHash('sha256').update(content).digest('hex'),
    };
    const id = uuidv7();
    const [stored] = await connection.query<{ benefitId: string }>(
      `insert into evidence_items (id, created_at, updated_at, benefit_id, kind, title, note, url, from_month, to_month, expires_on, added_by,
         file_name, media_type, byte_count, sha256)
       select $1, $2::timestamptz, $2::timestamptz, b.id, $4, $5, $6, $7, $8::date, $9::date, $10::date, $11, $12, $13, $14::integer, $15
       from benefits b where b.code = $3 returning benefit_id as "benefitId"`,
      [
        ...[id, by.at, item.benefit, told.kind, told.title, told.note, told.url],
        ...[fromMonth && `${fromMonth}-01`, toMonth && `${toMonth}-01`, told.expiresOn, told.addedBy],
        ...[told.fileName, content && 'text/csv; charset=utf-8', told.bytes, told.sha256],
      ],
    );
    if (!stored) throw new Error(`The example has no benefit ${item.benefit} for its evidence.`);
    if (content)
      await connection.query('insert into evidence_files (evidence_item_id, content) values ($1, $2)', [id, content]);
    await recordChange(connection.manager, {
      ...by,
      action: 'created',
      objectType: 'evidence_item',
      objectId: stored.benefitId,
      objectCode: item.benefit,
      before: null,
      after: { id, ...told },
    });
  }
};
