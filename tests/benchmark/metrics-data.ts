import type { Api } from '../support/harness.js';

/** Rows that are written past triggers and foreign keys: a million values would otherwise each keep a revision. */
const bulk = (text: string): string =>
  `set session_replication_role = replica; ${text}; set session_replication_role = origin`;
const numbered = (table: string): string => `(select id, row_number() over (order by code) - 1 as n from ${table})`;
/** A number from 0 to below `limit` that follows from a column, with no pattern that a planner could use. */
const scattered = (column: string, limit: number): string => `abs(hashint4((${column})::int) % ${limit})`;

const RECORDS = {
  investments: 400,
  initiatives: 1_000,
  capabilities: 400,
  outcomes: 400,
  benefits: 10_000,
} as const;
const MONTHS = 100;

/**
 * An enterprise of 10,000 benefits with a million values, 100,000 work items with five moves each, 10,000 decisions, and all that the other
 * metrics read. Generated in the database. @returns rows by table
 */
export const fillMetrics = async ({ sql }: Api): Promise<Record<string, number>> => {
  await sql(`insert into org_units (code, name) select 'U' || i, 'Unit ' || i from generate_series(1, 20) i`);
  await sql(`insert into priorities (code, name) select 'P' || i, 'Priority ' || i from generate_series(1, 12) i`);
  await sql(`insert into exchange_rates (currency, month, rate)
    select 'EUR', date '2018-01-01' + make_interval(months => m), 1.05 + m * 0.001 from generate_series(0, 119) m`);
  await chain(sql);
  await amounts(sql);
  await work(sql);
  await decisions(sql);
  await surroundings(sql);
  await sql('vacuum analyze');
  const tables = ['benefit_values', 'work_items', 'work_item_transitions', 'decisions', 'investment_costs', 'links'];
  const [row] = await sql<Record<string, number>>(
    `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`,
  );
  return row!;
};

const chain = async (sql: Api['sql']): Promise<void> => {
  const unit = `(select id from org_units where code = 'U' || (1 + i % 20))`;
  const priority = `case when i % 5 > 0 then (select id from priorities where code = 'P' || (1 + i % 12)) end`;
  const from = (table: keyof typeof RECORDS): string => `from generate_series(1, ${RECORDS[table]}) i`;
  await sql(`insert into investments (code, name, org_unit_id, priority_id, currency)
    select 'INV-' || i, 'Investment ' || i, ${unit}, ${priority}, case when i % 3 = 0 then 'EUR' end ${from('investments')}`);
  await sql(`insert into initiatives (code, name, org_unit_id, status, start_date, planned_end_date, end_date)
    select 'INI-' || i, 'Initiative ' || i, ${unit}, case when i % 2 = 0 then 'delivered' else 'active' end, date '2023-01-01',
      date '2023-09-01' + i, case when i % 2 = 0 then date '2023-08-15' + i end ${from('initiatives')}`);
  await sql(`update initiatives set version = version + 1, duplicate_of_id = (select id from initiatives where code = 'INI-1')
    where code like 'INI-%7'`);
  await sql(`insert into capabilities (code, name, org_unit_id, strategic, target_maturity)
    select 'CAP-' || i, 'Capability ' || i, ${unit}, i % 4 = 0, 3 + i % 3 ${from('capabilities')}`);
  await sql(`insert into outcomes (code, name, org_unit_id, type, baseline, target, target_date)
    select 'OUT-' || i, 'Outcome ' || i, ${unit}, case when i % 2 = 0 then 'experience' else 'risk' end, 10, 20, date '2024-01-01' + i * 2
    ${from('outcomes')}`);
  await sql(`insert into benefits (code, name, org_unit_id, type, nature, currency)
    select 'BEN-' || i, 'Benefit ' || i, ${unit}, (array['revenue', 'cost', 'risk', 'experience'])[1 + i % 4], 'cashable',
      case when i % 3 = 0 then 'EUR' else 'USD' end ${from('benefits')}`);
  const layers = Object.keys(RECORDS) as (keyof typeof RECORDS)[];
  const types = ['investment', 'initiative', 'capability', 'outcome', 'benefit'];
  for (let layer = 0; layer < 4; layer += 1) {
    const [upper, lower] = [layers[layer]!, layers[layer + 1]!];
    // Every third share is left blank.
    await sql(`
      insert into links (from_type, from_id, to_type, to_id, allocation, contribution)
      select distinct on (f.id, t.id) '${types[layer]}', f.id, '${types[layer + 1]}', t.id,
        case when g % 3 = 0 then null else 1.25 end, case when g % 3 = 1 then null else 12.5 end
      from generate_series(0, ${Math.round(Math.max(RECORDS[upper], RECORDS[lower]) * 1.2) - 1}) g
        join ${numbered(upper)} f on f.n = g % ${RECORDS[upper]}
        join ${numbered(lower)} t on t.n = (g * 7 + g / 400 * 31) % ${RECORDS[lower]}`);
  }
};

const amounts = async (sql: Api['sql']): Promise<void> => {
  await sql(`insert into investment_costs (investment_id, month, kind, planned, actual)
    select id, date '2022-01-01' + make_interval(months => m), (array['capex', 'opex', 'skills'])[1 + m % 3], 1000.25 + m, 990.5 + m
    from investments, generate_series(0, 59) m`);
  await sql(
    bulk(`insert into benefit_values (benefit_id, month, planned, realised, reported_by, changed_by,
        confirmed_by, confirmed_at, confirmed_amount, confirmed_version, confirmed_how)
      select b.id, date '2018-09-01' + make_interval(months => m), 500.25 + n % 97 + m, 480.75 + n % 89 + m, 'a@b.c', 'a@b.c',
        c.by, c.at, c.amount, c.version, c.how
      from ${numbered('benefits')} b cross join generate_series(0, ${MONTHS - 1}) m
        left join lateral (select 'f@b.c' as by, timestamptz '2026-11-01' as at, 480.75 + n % 89 + m as amount, 1 as version, 'person' as how
          where (n + m) % 2 = 0) c on true
      order by m, n`),
  );
  await sql(`insert into outcome_measurements (outcome_id, measured_on, value)
    select id, date '2023-01-15' + m * 45, 10 + ${scattered('n * 97 + m', 120)} / 10.0
    from ${numbered('outcomes')} o, generate_series(0, 29) m`);
};

const work = async (sql: Api['sql']): Promise<void> => {
  await sql(`insert into stages (code, name, position, kind) values ('S1', 'Waiting', 1, 'waiting'), ('S2', 'Building', 2, 'active'),
    ('S3', 'In review', 3, 'waiting'), ('S4', 'Testing', 4, 'active'), ('S5', 'Done', 5, 'done')`);
  await sql(
    bulk(`insert into work_items (code, title, type, initiative_id)
      select 'W-' || g, 'Work item ' || g, (array['feature', 'defect', 'change', 'task'])[1 + g % 4], i.id
      from generate_series(1, 100000) g join ${numbered('initiatives')} i on i.n = g % ${RECORDS.initiatives}`),
  );
  // Five moves each, days apart; of every ninth the last is missing, every seventh goes back once.
  await sql(
    bulk(`insert into work_item_transitions (work_item_id, at, stage_id, team)
      select w.id, timestamptz '2022-01-03 08:00Z' + make_interval(hours => ${scattered('n', 42000)} + k * 60 + ${scattered('n * 7 + k', 59)}),
        s.id, 'T' || (${scattered('n + k', 9)})
      from ${numbered('work_items')} w cross join generate_series(0, 4) k
        join stages s on s.code = 'S' || (1 + case when k = 3 and n % 7 = 0 then 1 else k end)
      where not (k = 4 and n % 9 = 0)`),
  );
};

const decisions = async (sql: Api['sql']): Promise<void> => {
  await sql(`insert into forums (code, name, level) select 'F' || i, 'Forum ' || i, i from generate_series(1, 5) i`);
  await sql(`insert into decisions (code, title, kind, forum_id, raised_at, needed_by, decided_at, intended_level, decided_level, reopened,
      it_involved, about_type, about_id)
    select 'DEC-' || g, 'Decision ' || g, (array['priority', 'funding', 'scope', 'strategic'])[1 + g % 4], f.id,
      timestamptz '2022-06-01Z' + make_interval(hours => g * 4), date '2022-07-01' + g / 6,
      case when g % 10 > 0 then timestamptz '2022-06-01Z' + make_interval(hours => g * 4 + ${scattered('g', 1500)}) end,
      1 + g % 4, 1 + (g + g / 7) % 4, g % 3, (array['before', 'during', 'after'])[1 + g % 3], 'initiative', i.id
    from generate_series(1, 10000) g join forums f on f.code = 'F' || (1 + g % 5)
      join ${numbered('initiatives')} i on i.n = g % ${RECORDS.initiatives}`);
  await sql(`insert into decision_escalations (decision_id, at, from_level, to_level)
    select id, raised_at + interval '1 day', 1, 2 from decisions where code like '%1' or code like '%4'`);
};

const surroundings = async (sql: Api['sql']): Promise<void> => {
  await sql(`insert into priority_rankings (period, priority_id, rank)
    select y || '-Q' || q, p.id, 1 + (p.n + q + y) % 12
    from generate_series(2023, 2026) y, generate_series(1, 4) q, ${numbered('priorities')} p`);
  await sql(`insert into maturity_assessments (capability_id, assessed_on, level)
    select id, date '2023-02-01' + m * 91, least(5, 1 + m / 4.0)::numeric(2, 1) from capabilities, generate_series(0, 14) m`);
  await sql(`insert into competencies (code, name, as_of, capability_id, required_fte, available_fte)
    select 'CMP-' || n, 'Competency ' || n, date '2023-03-01' + m * 91, id, 10, 6 + m % 6
    from ${numbered('capabilities')} c, generate_series(0, 14) m`);
  await sql(`insert into services (code, name, org_unit_id)
    select 'SRV-' || i, 'Service ' || i, (select id from org_units where code = 'U' || (1 + i % 20)) from generate_series(1, 200) i`);
  await sql(`insert into service_months (service_id, month, agreed_minutes, downtime_minutes, requests, requests_within_target, changes,
      failed_changes, incidents)
    select id, date '2022-01-01' + make_interval(months => m), 40000, ${scattered('n + m', 90)}, 10000, 9000 + m, 12, n % 3, m % 5
    from ${numbered('services')} s, generate_series(0, 59) m`);
  await sql(`insert into surveys (code, period, name, invited)
    select 'SUR-' || y || q, y || '-Q' || q, 'Survey of ' || y || '-Q' || q, 1200 from generate_series(2023, 2026) y, generate_series(1, 4) q`);
  await sql(
    bulk(`insert into survey_responses (survey_id, respondent, org_unit_id, answered_at, satisfaction, responsiveness, effectiveness, trust,
        enabling, recommend)
      select s.id, 'sha256:' || encode(sha256((s.code || a)::bytea), 'hex'), u.id, timestamptz '2025-01-01Z', 1 + a % 5, 1 + a % 4, 2 + a % 4,
        1 + a % 5, 1 + a % 3, a % 11
      from surveys s, generate_series(1, 800) a join ${numbered('org_units')} u on u.n = a % 20`),
  );
};
