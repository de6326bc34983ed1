import type { EntityManager } from 'typeorm';
import type { ChangeSurveyRound } from '../contract/survey.js';
import { invalid, Problem } from '../http/problem.js';
import { unitIds } from './rounds.queries.js';

/** What a round must find in the database: a quarter of its own, a code of its own, areas that are there. */

/**
 * Called first: of two rounds for one quarter at the same moment one waits here, and finds the other.
 * @param but the survey that asks
 * @throws Problem 409
 */
export const refuseTaken = async (manager: EntityManager, period: string, but: string | null): Promise<void> => {
  const [{ code } = { code: null }] = (await manager.query('select survey_telling($1, $2) as code', [period, but])) as {
    code: string | null;
  }[];
  if (code !== null)
    throw new Problem(
      409,
      'duplicate',
      `The survey ${code} is of ${period} already, and a quarter has one survey. Choose another quarter for this round.`,
    );
};

/** Areas of a draft from before an area that is asked could not be archived. @throws Problem 409 */
export const refuseGone = async (manager: EntityManager, areaIds: readonly string[]): Promise<void> => {
  const gone = (await manager.query(
    'select code from org_units where id = any ($1) and archived_at is not null order by lower(code)',
    [areaIds],
  )) as { code: string }[];
  if (gone.length > 0)
    throw new Problem(
      409,
      'conflict',
      `${gone.map(({ code }) => code).join(', ')}: archived, so nobody is there to ask. Take it out of the draft first.`,
    );
};

/** `SUR-2026-Q4`; a number follows where a survey that was archived has it. */
export const freeCode = async (manager: EntityManager, period: string): Promise<string> => {
  const codes = (await manager.query(`select lower(code) as code from surveys where code ilike 'SUR-' || $1 || '%'`, [
    period,
  ])) as { code: string }[];
  const used = new Set(codes.map(({ code }) => code));
  const first = `SUR-${period}`;
  let free = first;
  for (let at = 2; used.has(free.toLowerCase()); at++) free = `${first}-${at}`;
  return free;
};

/** Ids of the areas that are asked, and of those that are IT itself, each once. @throws Problem 422 */
export const areasOf = async (
  manager: EntityManager,
  given: Pick<Required<ChangeSurveyRound>, 'areas' | 'itAreas'>,
): Promise<{ areas: string[]; it: string[] }> => {
  const ids = await unitIds(manager, [...given.areas, ...given.itAreas]);
  const asked = new Set(given.areas.map((ref) => ids.get(ref)));
  const unknown = (field: string, index: number, message: string) => ({
    ...{ pointer: `/${field}/${index}`, code: 'reference.unknown', message },
  });
  const errors = [
    ...given.areas.flatMap((ref, at) => (ids.has(ref) ? [] : [unknown('areas', at, `There is no org unit ${ref}.`)])),
    ...given.itAreas.flatMap((ref, at) =>
      ids.has(ref) && asked.has(ids.get(ref)) ? [] : [unknown('itAreas', at, `${ref} is not among the areas.`)],
    ),
  ];
  if (errors.length > 0) throw invalid(errors);
  const distinct = (refs: readonly string[]) => [...new Set(refs.map((ref) => ids.get(ref)!))];
  return { areas: distinct(given.areas), it: distinct(given.itAreas) };
};
