import { tableOfType, type Batch } from '../batch.js';
import { fileRow, rowsName, type ImportedTable } from '../import-tables.js';
import { addProblems } from '../problems.js';
import { wereRead } from '../staging.js';

/** A link joins two neighbouring layers. */
export const checkNeighbours = async (batch: Batch): Promise<void> => {
  const links = tableOfType(batch, 'link');
  if (!links) return;
  await addProblems(batch, links, {
    row: 'r.row_no',
    column: 'to_code',
    value: 's.to_code',
    code: 'link.layers',
    message: `format('A link joins two neighbouring layers (investment, initiative, capability, outcome, benefit); this one goes from %s "%s" to %s "%s".'
      ' Link it through the layers between, in that direction.', r.from_type, s.from_code, r.to_type, s.to_code)`,
    from: `from ${rowsName(links)} r join staged_links s on s.row_no = r.row_no
      where (r.from_type, r.to_type) not in (('investment', 'initiative'), ('initiative', 'capability'), ('capability', 'outcome'), ('outcome', 'benefit'))`,
  });
};

interface Share {
  share: 'allocation' | 'contribution';
  /** The end over whose links the share adds up to at most 100. */
  end: 'from' | 'to';
  sentence: string;
}

const SHARES: readonly Share[] = [
  { share: 'allocation', end: 'from', sentence: 'The allocations of %s %s' },
  { share: 'contribution', end: 'to', sentence: 'The contributions to %s %s' },
];

const addShareProblems = (batch: Batch, links: ImportedTable, { share, end, sentence }: Share): Promise<void> => {
  const rows = rowsName(links);
  return addProblems(batch, links, {
    // One row of `after` is one live link, as it would be after the import, at an end that the import touches.
    with: `with ends as (select distinct ${end}_id as id from ${rows}),
      after as (
        select r.${end}_type as type, r.${end}_id as id, case when ${wereRead('s', share)} then r.${share} end as share, r.row_no
          from ${rows} r join staged_links s on s.row_no = r.row_no
        union all
        select l.${end}_type, l.${end}_id, l.${share}, null from links l join ends e on e.id = l.${end}_id
          where l.archived_at is null and not exists (select 1 from ${rows} r where r.id = l.id)),
      over_whole as (
        select type, id, sum(share) as total, array_agg(row_no order by row_no) filter (where row_no is not null and share is not null) as rows,
          count(*) filter (where row_no is null and share is not null) as stored
        from after group by type, id having sum(share) > 100)`,
    row: 'o.rows[array_upper(o.rows, 1)]',
    column: share,
    value: `(select r.${share} from ${rows} r where r.row_no = o.rows[array_upper(o.rows, 1)])`,
    code: `share.${share}`,
    message: `format('${sentence} add up to %s %%: row%s %s%s%s. They may not exceed 100 %%. Lower one, or leave one blank.',
      o.type, chain.code, trim_scale(o.total), case when array_length(o.rows, 1) > 1 then 's' else '' end, array_to_string(array(select ${fileRow(links, 'one')} from unnest(o.rows[1:10]) one), ', '),
      case when array_length(o.rows, 1) > 10 then ' and more' else '' end,
      case when o.stored > 0 then format(', with %s stored already', o.stored) else '' end)`,
    also: 'o.rows',
    from: `from over_whole o
      cross join lateral (select coalesce(chain_code(o.type, o.id),
        (select s.${end}_code from staged_links s where s.row_no = o.rows[1])) as code) chain
      where o.rows is not null`,
  });
};

/** Shares over 100 % in the state that would result, in either direction; every row that takes part is named. */
export const checkShares = async (batch: Batch): Promise<void> => {
  const links = tableOfType(batch, 'link');
  if (!links) return;
  for (const share of SHARES) await addShareProblems(batch, links, share);
};
