import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermitted } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { Stakeholders } from '../contract/stakeholder.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { type PerceivedExactly, StakeholderFigures } from '../metrics/stakeholder.service.js';
import { metricOf } from '../core/metrics/catalogue.js';
import { actionsWithin } from './actions.queries.js';

interface RoundsRow {
  asked: string[] | null;
  it: string[] | null;
  invited: Stakeholders['invited'];
  next: Stakeholders['next'];
}

/**
 * One row: the units that rounds of the period asked, those that are IT, how people were asked, and the round that takes answers on the day or opens next.
 * A unit that lies in the archive leads to no page any more, so it is no row; its answers still count, and so does its mark as IT.
 */
const ROUNDS = `
  select
    (select array_agg(distinct u.id) from survey_rounds r join surveys s on s.id = r.survey_id
        join org_units u on u.id = any (r.area_ids) and u.archived_at is null
      where s.period = $1 and s.archived_at is null) as asked,
    (select array_agg(distinct unit) from survey_rounds r join counted_surveys s on s.id = r.survey_id, unnest(r.it_ids) as unit
      where s.period = $1) as it,
    (select json_build_object('people', sum(k.invited), 'byLink', sum(k.by_link))
      from survey_asked k join counted_surveys s on s.id = k.survey_id where s.period = $1 having count(*) > 0) as invited,
    (select json_build_object('name', s.name, 'state', r.state, 'opensOn', r.opens_on, 'closesOn', r.closes_on)
      from survey_rounds r join surveys s on s.id = r.survey_id and s.archived_at is null
      where (r.state = 'open' and (r.closes_on is null or r.closes_on >= $2)) or (r.state = 'draft' and r.opens_on >= $2)
      order by r.state = 'open' desc, r.opens_on limit 1) as next`;

/** One row is a comment of somebody in the units (null: anywhere) in a survey that counts in the period, beside how many there are; in the order of the words. */
const COMMENTS = `
  select r.comment, count(*) over ()::int as total from survey_responses r join counted_surveys s on s.id = r.survey_id
  where s.period = $1 and r.archived_at is null and r.comment is not null
    and ($2::uuid[] is null or r.org_unit_id = any ($2))
  order by r.comment limit 200`;

const roundsOf = async (manager: EntityManager, { period, today }: Reading): Promise<RoundsRow> => {
  const [row] = await named<RoundsRow>(manager, 'rounds of a period', ROUNDS, [period, today]);
  return row ?? { asked: null, it: null, invited: null, next: null };
};

/** What the business said, and what became of it. */
@Injectable()
export class StakeholdersService {
  constructor(
    private readonly figures: StakeholderFigures,
    private readonly metrics: MetricsService,
  ) {}

  /** The page as JSON text. */
  async body(manager: EntityManager, reading: Reading, who: Principal): Promise<string> {
    const { unitIds } = reading.scope;
    const figures = await this.figures.read(manager, reading);
    const { asked, it, invited, next } = await roundsOf(manager, reading);
    const readsComments = isPermitted(who, 'surveys.manage') && figures.mayTellComments();
    const comments = readsComments
      ? await named<{ comment: string; total: number }>(manager, 'comments of a period', COMMENTS, [
          reading.period,
          figures.commentUnits(),
        ])
      : null;
    return JSON.stringify({
      period: reading.period,
      whole: figures.whole(),
      responseRate: figures.responseRate(),
      invited: unitIds === null ? invited : null,
      involvement: await this.involvement(manager, reading),
      areas: figures.areas(new Set(asked ?? [])),
      perception: unitIds === null && it !== null ? figures.perception(it) : null,
      outcomes: await this.figures.outcomes(manager, reading),
      actions: await actionsWithin(manager, unitIds),
      comments: comments?.map(({ comment }) => comment) ?? null,
      commentsTotal: comments && (comments[0]?.total ?? 0),
      next,
    } satisfies Stakeholders);
  }

  /** What IT says of itself and what the business says, exactly; null where no closed round of the period asked IT itself, or none of it answered. */
  async perceived(manager: EntityManager, reading: Reading): Promise<PerceivedExactly[] | null> {
    const { it } = await roundsOf(manager, reading);
    return it === null ? null : (await this.figures.read(manager, reading)).perceived(it);
  }

  private async involvement(manager: EntityManager, reading: Reading): Promise<Stakeholders['involvement']> {
    const metric = metricOf('stakeholder.strategic_involvement')!;
    const [measured] = await this.metrics.measure(manager, reading, [metric], 1);
    const { value, n, nullReason } = measured!.points.at(-1)!;
    const share = value === null ? null : typeof value === 'number' ? value : Number(value.n) / Number(value.d);
    return { value: share, n, nullReason };
  }
}
