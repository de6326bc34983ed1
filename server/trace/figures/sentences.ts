import { plansAmong } from '../../benefits/rates.js';
import type { BenefitRow } from '../../benefits/standing.queries.js';
import { isAssumed } from '../../core/shares.js';
import type { TraceContext } from '../context.js';

/** Sentences on what a figure rests on. They say nothing where there is nothing to say. */

const of = (part: number, all: number, singular: string, plural: string, rest: string): string[] =>
  part === 0 || all === 0 ? [] : [`${part} of ${all} ${all === 1 ? singular : plural} ${rest}`];

/** Links whose shares nobody has stated. */
export const assumedLinks = async (context: TraceContext): Promise<string[]> => {
  const { links } = (await context.chain()).whole.chain;
  const assumed = links.filter(isAssumed).length;
  return of(
    assumed,
    links.length,
    'link',
    'links',
    'carry an assumed share: a share was left blank and is split equally.',
  );
};

/** Money benefits without a plan or a realised value. */
export const unmeasuredBenefits = async (context: TraceContext): Promise<string[]> => {
  const rows = await context.moneyBenefits();
  const silent = rows.filter((row) => row.realisedMonths === 0).length;
  const unplanned = rows.filter((row) => row.plannedMonths === 0).length;
  return [
    ...of(unplanned, rows.length, 'money benefit', 'money benefits', 'have no planned value in these months.'),
    ...of(silent, rows.length, 'money benefit', 'money benefits', 'have no realised value in these months.'),
  ];
};

/** Money benefits with a plan that no approval has fixed. */
export const plansStandingIn = async (context: TraceContext): Promise<string[]> =>
  plansStandingInAmong(await context.moneyBenefits());

export const plansStandingInAmong = (rows: readonly BenefitRow[]): string[] => {
  const { fixed, standIns } = plansAmong(rows);
  return of(
    standIns,
    fixed + standIns,
    'money benefit with a plan',
    'money benefits with a plan',
    'are not approved: their current plan stands in.',
  );
};

/** Realised months without evidence or confirmation. */
export const unprovenMonths = async (context: TraceContext): Promise<string[]> => {
  const rows = await context.moneyBenefits();
  const sum = (pick: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  const realised = sum((row) => row.realisedMonths);
  return [
    ...of(
      realised - sum((row) => row.evidencedMonths),
      realised,
      'realised value',
      'realised values',
      'carry neither evidence nor a confirmation.',
    ),
    ...of(
      realised - sum((row) => row.confirmedMonths),
      realised,
      'realised value',
      'realised values',
      'are not confirmed by finance.',
    ),
  ];
};

/** Months for which the plan stands in, because nobody has estimated them. */
export const monthsWithoutForecast = async (context: TraceContext): Promise<string[]> => {
  const rows = await context.moneyBenefits();
  const sum = (pick: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  return of(
    sum((row) => row.outlookPlanMonths),
    sum((row) => row.outlookMonths),
    'month of a benefit',
    'months of benefits',
    'have a plan and no forecast.',
  );
};
