import { Controller, Get, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Allow } from '../access/allow.js';
import {
  auditPage,
  auditQuery,
  auditVerification,
  type AuditEvent,
  type AuditVerification,
} from '../contract/access.js';
import { RECORDS } from '../contract/records.js';
import { named } from '../database/named.js';
import { invalidField } from '../http/problem.js';
import { Returns } from '../http/returns.js';
import { verifyAuditChain } from './verify.js';
import { type AuditEntry, reasonIn } from './write.js';

interface EventRow {
  seq: number;
  canonical: string;
  hash: string;
}

type Recorded = Omit<AuditEvent, 'seq' | 'hash' | 'reason'> & Pick<AuditEntry, 'reason'>;

const FILTERS = [
  ['objectType', 'object_type'],
  ['objectId', 'object_id'],
  ['actor', 'actor'],
] as const;

/**
 * Events on a record ($1, an id), on the months that it owns (they carry its id), on imports that wrote it (its table is $2), and on entries
 * that wrote its months. Of an import and of an entry one event is recorded, not one a record; which records it wrote stands with it.
 */
const RELATED = `seq in (
  select e.seq from audit_events e where e.object_id = $1
  union all
  select e.seq from audit_events e where e.object_type = 'import' and case when e.object_type = 'import' then exists (
    select 1 from import_changes c where c.import_id = e.object_id::uuid and c.table_name = $2 and c.record_id = $1::uuid) end
  union all
  select e.seq from audit_events e where e.object_type = 'value_entry' and case when e.object_type = 'value_entry' then exists (
    select 1 from value_entries v where v.id = e.object_id::uuid and v.cells @> jsonb_build_array(jsonb_build_object('benefitId', $1::text))) end)`;

/** The condition of a query and its values. */
const conditionOf = (query: z.output<typeof auditQuery>): { where: string[]; values: unknown[]; by: string } => {
  const table = RECORDS[query.objectType as keyof typeof RECORDS]?.table;
  if (query.related && table && z.uuid().safeParse(query.objectId).success)
    return { where: [RELATED], values: [query.objectId, table], by: 'record' };
  const filters = FILTERS.filter(([field]) => query[field] !== undefined);
  return {
    where: filters.map(([, column], index) => `${column} = $${index + 1}`),
    values: filters.map(([field]) => query[field]),
    by: filters.map(([field]) => field).join(' and '),
  };
};

/** Who changed what, before and after; and whether anybody changed that record of it. */
@Controller('audit')
export class AuditController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @Allow('audit.read')
  @Returns(auditPage)
  async list(@Query({ schema: auditQuery }) query: z.output<typeof auditQuery>): Promise<z.input<typeof auditPage>> {
    const { where, values, by } = conditionOf(query);
    const count =
      where.length > 0
        ? `select count(*) as total from audit_events where ${where.join(' and ')}`
        : 'select seq as total from audit_head'; // the chain has no gaps, so its last number is its length
    const paged = [...where, `seq < $${values.length + 1}`].join(' and ');
    const [[counted], rows] = await Promise.all([
      named<{ total: number }>(this.source, `count audit events by ${by}`, count, values),
      named<EventRow>(
        this.source,
        `list audit events by ${by}`,
        `select seq, canonical, encode(hash, 'hex') as hash from audit_events where ${paged}
         order by seq desc limit $${values.length + 2}`,
        [...values, beforeSeq(query.cursor), query.limit + 1],
      ),
    ]);
    const shown = rows.slice(0, query.limit);
    return {
      items: shown.map(eventOf),
      total: counted?.total ?? 0,
      nextCursor: rows.length > query.limit ? String(shown.at(-1)!.seq) : null,
    };
  }

  @Get('verify')
  @Allow('audit.read')
  @Returns(auditVerification)
  verify(): Promise<AuditVerification> {
    return verifyAuditChain(this.source);
  }
}

/** The page goes on below this sequence number. */
const beforeSeq = (cursor: string | undefined): number => {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  if (!/^[1-9]\d{0,14}$/.test(cursor))
    throw invalidField('cursor', 'cursor.invalid', 'Send the nextCursor of the page before, or none.');
  return Number(cursor);
};

/** The event as it was recorded: read from the text that is in the hash, not from columns beside it. */
const eventOf = ({ seq, canonical, hash }: EventRow): AuditEvent => {
  const recorded = JSON.parse(canonical) as Recorded;
  const { at, actor, action, objectType, objectId, objectCode, requestId, before, after } = recorded;
  const reason = reasonIn(recorded);
  return { seq, at, actor, action, objectType, objectId, objectCode, requestId, reason, before, after, hash };
};
