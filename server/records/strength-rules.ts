import type { EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { criteriaOf, isBetween } from '../contract/maturity.js';
import type { AnyRecord } from '../contract/records.js';
import { localDate } from '../core/period.js';
import { reportingTimeZone } from '../database/time-zone.js';
import { invalid, invalidField, type ProblemError } from '../http/problem.js';

type Fields = Readonly<Record<string, unknown>>;

/** Who writes by hand, and when. */
export interface Writer {
  readonly who: Principal;
  /** ISO instant. */
  readonly now: string;
}

/** A level between two says nothing without words: which part of the next one is met? @throws Problem 422 */
const refuseWordless = (level: string | null, note: string | null | undefined): void => {
  if (level !== null && isBetween(level) && !note)
    throw invalidField(
      '/note',
      'required',
      `Level ${level} lies between two: say which criteria of level ${criteriaOf(level).level + 1} are met.`,
    );
};

/** What whoever says it by hand has to say. A record that an import left without it keeps the blank until it is written. */
const missing = (fields: Fields, before: AnyRecord | null, asked: Readonly<Record<string, string>>): ProblemError[] =>
  Object.entries(asked)
    .filter(([name]) => fields[name] === null || fields[name] === '' || (before === null && fields[name] === undefined))
    .map(([name, message]) => ({ pointer: `/${name}`, code: 'required', message }));

const dayToCome = async (
  manager: EntityManager,
  fields: Fields,
  name: string,
  { now }: Writer,
): Promise<ProblemError[]> => {
  const day = fields[name];
  return typeof day === 'string' && day > localDate(now, await reportingTimeZone(manager))
    ? [
        {
          pointer: `/${name}`,
          code: 'date.future',
          message: 'This day is still to come. Name the day on which it was so.',
        },
      ]
    : [];
};

const refuseAny = (errors: readonly ProblemError[]): void => {
  if (errors.length > 0) throw invalid(errors);
};

/**
 * A level with what it rests on, of a day that has begun, in the name of whoever says it. An import is not asked: it brings what others have said.
 * @returns the fields with who is signed in as assessor
 * @throws Problem 422
 */
export const maturityAssessment = async (
  manager: EntityManager,
  fields: Fields,
  before: AnyRecord | null,
  writer: Writer,
): Promise<Fields> => {
  const { email } = writer.who;
  const assessor = fields['assessorEmail'];
  const isAnother = typeof assessor === 'string' && assessor.toLowerCase() !== email.toLowerCase();
  refuseAny([
    ...missing(fields, before, { level: 'Say the level, from 0 to 5.', evidence: 'Say what the level rests on.' }),
    ...(await dayToCome(manager, fields, 'assessedOn', writer)),
    ...(isAnother
      ? [
          {
            pointer: '/assessorEmail',
            code: 'assessor.another',
            message: `Who is signed in is the assessor: ${email}. Leave it out.`,
          },
        ]
      : []),
  ]);
  const stated = (name: string): unknown => (fields[name] === undefined ? before?.[name] : fields[name]);
  const [level, note] = [stated('level'), stated('note')];
  if ((fields['level'] !== undefined || fields['note'] !== undefined) && typeof level === 'string')
    refuseWordless(level, note as string | null | undefined);
  return { ...fields, assessorEmail: email };
};

/** A count of both sides, of a day that has begun. An import may know one side only. @throws Problem 422 */
export const competency = async (
  manager: EntityManager,
  fields: Fields,
  before: AnyRecord | null,
  writer: Writer,
): Promise<Fields> => {
  refuseAny([
    ...missing(fields, before, {
      requiredFte: 'Say how many full-time equivalents are required.',
      availableFte: 'Say how many full-time equivalents are available.',
    }),
    ...(await dayToCome(manager, fields, 'asOf', writer)),
  ]);
  return fields;
};
