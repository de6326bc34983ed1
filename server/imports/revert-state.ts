import { RECORDS, type Declaration } from '../contract/records.js';
import { storedColumnsOf, tableOf } from '../database/columns.js';
import type { RecordType } from '../contract/columns.js';
import type { ProblemError } from '../http/problem.js';
import type { LongConnection } from './connection.js';
import { recordName } from './record-names.js';
import { quote } from './staging.js';

const labelOf = (type: RecordType): string => RECORDS[type].label.toLowerCase();

/** The records of an import as they were before it (`p`, all null for created ones) and as they are (`t`). $1 is the import. */
export const before = (
  declaration: Declaration,
): string => `import_changes c join ${declaration.table} t on t.id = c.record_id
  cross join lateral jsonb_populate_record(null::${declaration.table}, c.before) p`;
export const isOf = (declaration: Declaration): string => `c.import_id = $1 and c.table_name = '${declaration.table}'`;
export const isOutside = (declaration: Declaration, alias: string): string =>
  `not exists (select 1 from import_changes c where ${isOf(declaration)} and c.record_id = ${alias}.id)`;

/** References that the way back would restore although what they name was archived meanwhile. */
export const archivedSince = async (
  connection: LongConnection,
  importId: string,
  declaration: Declaration,
  most: number,
): Promise<ProblemError[]> => {
  const found: ProblemError[] = [];
  for (const { kind, name, typeColumn } of storedColumnsOf(declaration.type)) {
    const targets = kind.kind === 'ref' || kind.kind === 'refs' ? [kind.to] : kind.kind === 'anyRef' ? kind.to : [];
    const column = quote(name);
    for (const to of targets) {
      const restores =
        kind.kind === 'refs'
          ? `d.id = any (p.${column}) and (d.id = any (t.${column})) is not true`
          : `d.id = p.${column} and p.${column} is distinct from t.${column}`;
      const rows = await connection.query<{ name: string; code: string }>(
        `select ${recordName(declaration)} as name, d.code from ${before(declaration)}
           join ${tableOf(to)} d on ${restores} ${typeColumn ? `and p.${quote(typeColumn)} = '${to}'` : ''}
         where ${isOf(declaration)} and p.archived_at is null and d.archived_at is not null order by 1, 2 limit ${most}`,
        [importId],
      );
      for (const { name: record, code } of rows)
        found.push({
          pointer: `${to}:${code}`,
          code: 'archived_since',
          message: `${declaration.label} ${record} referred to ${labelOf(to)} ${code}, which was archived after the import. Restore it first, or keep the import.`,
        });
    }
  }
  return found;
};

const SHARES = [
  { share: 'allocation', end: 'from', sentence: 'The allocations of' },
  { share: 'contribution', end: 'to', sentence: 'The contributions to' },
] as const;

/** Links from outside the import whose shares would exceed the whole, together with those that the way back would restore. */
export const sharesOverWhole = async (
  connection: LongConnection,
  importId: string,
  most: number,
): Promise<ProblemError[]> => {
  const links = RECORDS.link;
  const found: ProblemError[] = [];
  for (const { share, end, sentence } of SHARES) {
    const rows = await connection.query<{ name: string; type: RecordType; code: string; total: string }>(
      `with after as (
         select l.${end}_type as type, l.${end}_id as id, l.${share} as share from links l where l.archived_at is null and ${isOutside(links, 'l')}
         union all
         select p.${end}_type, p.${end}_id, p.${share} from ${before(links)} where ${isOf(links)} and p.id is not null and p.archived_at is null),
       over_whole as (select type, id, sum(share) as total from after group by type, id having sum(share) > 100)
       select ${recordName(links)} as name, o.type, chain_code(o.type, o.id) as code, trim_scale(o.total)::text as total
       from over_whole o join links t on t.${end}_type = o.type and t.${end}_id = o.id
       where t.archived_at is null and t.${share} > 0 and ${isOutside(links, 't')} order by 1 limit ${most}`,
      [importId],
    );
    for (const { name, type, code, total } of rows)
      found.push({
        pointer: `link:${name}`,
        code: `share.${share}`,
        message: `${sentence} ${labelOf(type)} ${code} would add up to ${total} % with link ${name}. Lower its ${share} first, or keep the import.`,
      });
  }
  return found;
};

/** What may not lead back to where it starts: parents, and marks of what duplicates what. */
const UPWARDS: Partial<Record<RecordType, { column: string; sentence: string }>> = {
  org_unit: {
    column: 'parent_id',
    sentence: 'would stand above itself: its parents would lead back to it. Choose another parent for it first',
  },
  capability: {
    column: 'parent_id',
    sentence: 'would stand above itself: its parents would lead back to it. Choose another parent for it first',
  },
  initiative: {
    column: 'duplicate_of_id',
    sentence: 'would duplicate itself: the marks of duplicates would lead back to it. Take its mark away first',
  },
};

/** Records from outside the import that would come to stand above themselves, through references that the way back would restore. */
export const circles = async (
  connection: LongConnection,
  importId: string,
  declaration: Declaration,
  most: number,
): Promise<ProblemError[]> => {
  const upwards = UPWARDS[declaration.type];
  if (!upwards) return [];
  const { column, sentence } = upwards;
  const rows = await connection.query<{ code: string }>(
    // One row of `up` is a record that stands above `start`, at any height; `union` ends the walk where it has been before.
    `with recursive after (id, above_id, changed) as (
       select t.id, t.${column}, false from ${declaration.table} t where t.${column} is not null and ${isOutside(declaration, 't')}
       union all
       select t.id, p.${column}, true from ${before(declaration)} where ${isOf(declaration)} and p.${column} is not null),
     up (start, id) as (
       select id, above_id from after where changed
       union
       select up.start, a.above_id from up join after a on a.id = up.id where up.id <> up.start)
     select distinct t.code from up join ${declaration.table} t on t.id = up.id
     where up.start in (select start from up where id = start) and ${isOutside(declaration, 't')} order by 1 limit ${most}`,
    [importId],
  );
  return rows.map(({ code }) => ({
    pointer: `${declaration.type}:${code}`,
    code: 'reference.cycle',
    message: `${declaration.label} ${code} ${sentence}, or keep the import.`,
  }));
};
