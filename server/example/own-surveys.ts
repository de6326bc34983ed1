import type { ProblemError } from '../http/problem.js';
import type { LongConnection } from '../imports/connection.js';
import { isGoing } from './going.js';

interface OwnSurvey {
  code: string;
  name: string;
  /** Of its round; null for a survey that was imported. */
  state: 'draft' | 'open' | 'closed' | null;
  /** Answers for areas that go. */
  answers: number;
}

/** One row is a survey of one's own whose round still asks areas that go, or that has answers for them. */
const OWN = `
  select s.code, s.name, o.state, a.answers from surveys s
    left join survey_rounds o on o.survey_id = s.id
    cross join lateral (select count(*) as answers from survey_responses r
      where r.survey_id = s.id and r.archived_at is null and ${isGoing('org_units', 'r.org_unit_id')}) a
  where s.archived_at is null and not ${isGoing('surveys', 's.id')} and (a.answers > 0 or (o.state in ('draft', 'open')
    and exists (select 1 from unnest(o.area_ids) asked (id) where ${isGoing('org_units', 'asked.id')})))
  order by lower(s.code)`;

const answersOf = ({ answers }: OwnSurvey): string => (answers === 1 ? '1 answer' : `${answers} answers`);

const obstacle = (survey: OwnSurvey): string => {
  const { code, name, state } = survey;
  if (state === null)
    return `Survey ${code} has ${answersOf(survey)} for areas of the example. Revert its import, then remove the example.`;
  const round = `The survey round “${name}” (${code})`;
  const end = 'then remove the example.';
  if (state === 'draft')
    return `${round} is a draft and asks areas of the example. Under Survey rounds take them out of it or remove it, ${end}`;
  if (state === 'open')
    return `${round} is open and asks areas of the example. Under Survey rounds close it and remove it with its answers, ${end}`;
  return `${round} has ${answersOf(survey)} for areas of the example. Under Survey rounds remove it with its answers, ${end}`;
};

/** Surveys of one's own that ask areas of the example: what people said is not taken away unasked. */
export const ownSurveys = async (connection: LongConnection): Promise<ProblemError[]> =>
  (await connection.query<OwnSurvey>(OWN)).map((survey) => ({
    pointer: `survey:${survey.code}`,
    code: 'referred_to',
    message: obstacle(survey),
  }));
