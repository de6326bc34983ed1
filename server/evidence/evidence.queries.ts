import type { DataSource, EntityManager } from 'typeorm';
import type { BenefitEvidence, EvidenceItem } from '../contract/evidence.js';
import { named } from '../database/named.js';

type Row = Omit<EvidenceItem, 'file'> & {
  benefitId: string;
  fileName: string | null;
  mediaType: string | null;
  bytes: number | null;
  sha256: string | null;
};

/**
 * One row is one item that was not removed, with what it gives its months on day `$2`: level 0 where it proves none (`proving_items` says so),
 * 3 where finance confirmed every realised value in them.
 */
const ITEMS = `
  select i.id, i.benefit_id as "benefitId", i.version, i.kind, i.title, i.note, i.url, to_char(i.from_month, 'YYYY-MM') as "fromMonth",
    to_char(i.to_month, 'YYYY-MM') as "toMonth", i.expires_on::text as "expiresOn", coalesce(i.expires_on < $2, false) as "isExpired",
    case when p.id is null or p.until < $2 then 0
      when (select bool_and(v.confirmed_by is not null) from benefit_values v where v.benefit_id = i.benefit_id and v.archived_at is null
        and v.realised is not null and v.month between p.from_month and p.to_month) then 3
      else 2 end as level,
    i.added_by as "addedBy", i.created_at as "addedAt", i.file_name as "fileName", i.media_type as "mediaType", i.byte_count as bytes, i.sha256
  from evidence_items i left join proving_items p on p.id = i.id`;

const itemOf = ({ benefitId: _benefit, fileName, mediaType, bytes, sha256, ...item }: Row): EvidenceItem => ({
  ...item,
  file: fileName === null ? null : { name: fileName, mediaType: mediaType!, bytes: bytes!, sha256: sha256! },
});

/** The items of a benefit, the latest first. */
export const itemsOf = async (
  on: DataSource | EntityManager,
  benefitId: string,
  today: string,
): Promise<EvidenceItem[]> =>
  (
    await named<Row>(
      on,
      'evidence of a benefit',
      `${ITEMS} where i.benefit_id = $1 and i.archived_at is null order by i.created_at desc, i.id desc`,
      [benefitId, today],
    )
  ).map(itemOf);

/** One item and its benefit; null where there is none, or it was removed. */
export const itemById = async (
  on: DataSource | EntityManager,
  id: string,
  today: string,
): Promise<{ item: EvidenceItem; benefitId: string } | null> => {
  const [row] = await named<Row>(on, 'evidence by id', `${ITEMS} where i.id = $1 and i.archived_at is null`, [
    id,
    today,
  ]);
  return row ? { item: itemOf(row), benefitId: row.benefitId } : null;
};

/** The item of a benefit that holds the very same file, if there is one. */
export const twinOf = async (manager: EntityManager, benefitId: string, sha256: string): Promise<string | null> => {
  const [row] = await named<{ id: string }>(
    manager,
    'evidence by hash',
    'select id from evidence_items where benefit_id = $1 and sha256 = $2 and archived_at is null',
    [benefitId, sha256],
  );
  return row?.id ?? null;
};

/** How many items a benefit has. */
export const countItems = async (manager: EntityManager, benefitId: string): Promise<number> =>
  (
    await named<{ count: number }>(
      manager,
      'count of evidence',
      'select count(*)::int as count from evidence_items where benefit_id = $1 and archived_at is null',
      [benefitId],
    )
  )[0]!.count;

/** What is stored of a new item; months as `2026-07`. */
export interface NewItem {
  id: string;
  benefitId: string;
  kind: EvidenceItem['kind'];
  title: string;
  note: string | null;
  url: string | null;
  fromMonth: string | null;
  toMonth: string | null;
  expiresOn: string | null;
  addedBy: string;
  file: EvidenceItem['file'];
}

const firstDay = (month: string | null): string | null => month && `${month}-01`;

export const insertItem = async (manager: EntityManager, item: NewItem, now: string): Promise<void> => {
  await manager.query(
    `insert into evidence_items (id, created_at, updated_at, benefit_id, kind, title, note, url, from_month, to_month, expires_on, added_by,
       file_name, media_type, byte_count, sha256)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      item.id,
      now,
      item.benefitId,
      item.kind,
      item.title,
      item.note,
      item.url,
      firstDay(item.fromMonth),
      firstDay(item.toMonth),
      item.expiresOn,
      item.addedBy,
      item.file?.name ?? null,
      item.file?.mediaType ?? null,
      item.file?.bytes ?? null,
      item.file?.sha256 ?? null,
    ],
  );
};

export const insertFile = async (manager: EntityManager, id: string, content: Buffer): Promise<void> => {
  await manager.query('insert into evidence_files (evidence_item_id, content) values ($1, $2)', [id, content]);
};

/** What can be said otherwise of an item. */
export type Stated = Pick<EvidenceItem, 'title' | 'note' | 'fromMonth' | 'toMonth' | 'expiresOn'>;

/** @returns whether the item still had that version */
export const updateItem = async (
  manager: EntityManager,
  { id, version }: Pick<EvidenceItem, 'id' | 'version'>,
  stated: Stated,
  now: string,
): Promise<boolean> => {
  const [, changed] = (await manager.query(
    `update evidence_items set version = version + 1, updated_at = $3, title = $4, note = $5, from_month = $6, to_month = $7, expires_on = $8
     where id = $1 and version = $2 and archived_at is null`,
    [
      id,
      version,
      now,
      stated.title,
      stated.note,
      firstDay(stated.fromMonth),
      firstDay(stated.toMonth),
      stated.expiresOn,
    ],
  )) as [unknown, number];
  return changed === 1;
};

/** @returns whether the item still had that version */
export const archiveItem = async (
  manager: EntityManager,
  { id, version }: Pick<EvidenceItem, 'id' | 'version'>,
  now: string,
): Promise<boolean> => {
  const [, changed] = (await manager.query(
    `update evidence_items set version = version + 1, updated_at = $3, archived_at = $3 where id = $1 and version = $2 and archived_at is null`,
    [id, version, now],
  )) as [unknown, number];
  return changed === 1;
};

export const contentOf = async (on: DataSource | EntityManager, id: string): Promise<Buffer | null> => {
  const [row] = await named<{ content: Buffer }>(
    on,
    'file of evidence',
    'select content from evidence_files where evidence_item_id = $1',
    [id],
  );
  return row?.content ?? null;
};

/** One row is a run of months, one after the other, whose values were said to be proven by the same words. */
export const saidOf = (on: DataSource | EntityManager, benefitId: string): Promise<BenefitEvidence['said']> =>
  named(
    on,
    'evidence said with values',
    `select to_char(min(month), 'YYYY-MM') as "fromMonth", to_char(max(month), 'YYYY-MM') as "toMonth", evidence as text
     from (select month, evidence, month - (row_number() over (partition by evidence order by month)) * interval '1 month' as run
       from benefit_values where benefit_id = $1 and archived_at is null and evidence <> '') v
     group by evidence, run order by max(month) desc`,
    [benefitId],
  );
