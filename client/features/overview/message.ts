import type { Overview, Profile, TracedFigure } from '../../../server/contract/overview.js';
import { compare, isZero } from '../../../server/contract/decimal.js';
import { profileFinding } from '../../../server/contract/profile-finding.js';
import type { Form } from './printing';

/** Sentences made by rule from figures. A part is words, or a figure that is printed as a number to be traced. */

export interface FigurePart {
  figure: TracedFigure;
  form: Form;
  /** What the number is, for its name. */
  name: string;
  isSigned?: boolean;
  withUnit?: boolean;
  /** A difference without its sign, where words say on which side it lies. */
  isMagnitude?: boolean;
}
export type Part = string | FigurePart;

const amount = (figure: TracedFigure, name: string, withUnit = true): FigurePart => ({
  figure,
  form: 'money',
  name,
  withUnit,
});
const share = (figure: TracedFigure, name: string, isSigned = false): FigurePart => ({
  figure,
  form: 'share',
  name,
  isSigned,
});

type Known<Figure extends TracedFigure> = Figure & { value: string };
const isKnown = <Figure extends TracedFigure>(figure: Figure | null | undefined): figure is Known<Figure> =>
  figure !== null && figure !== undefined && figure.value !== null;

/** What was realised of what was planned, what is expected in the end, and how much spend reaches no benefit. */
export function overviewMessage(overview: Overview, periodLabel: (period: string) => string): Part[] {
  return [...progress(overview, periodLabel), ...benefits(overview, periodLabel), ...spend(overview)];
}

/** A period that is not over says so first: what is planned for its months to come can be neither realised nor missed yet. */
function progress({ progress, period }: Overview, periodLabel: (period: string) => string): Part[] {
  if (progress === 'over') return [];
  return [
    progress === 'ahead'
      ? `${periodLabel(period)} lies ahead: months to come count as planned and cannot be measured yet. `
      : `${periodLabel(period)} is not over: months to come count as planned. `,
  ];
}

function benefits(
  { ledger, expectedShare, lastPeriod, progress }: Overview,
  periodLabel: (period: string) => string,
): Part[] {
  const row = ledger.find(({ id }) => id === 'realised');
  const realised = row?.actual;
  const planned = row?.plan;
  const outlook: Part[] =
    isKnown(expectedShare) && lastPeriod !== null
      ? [
          share(expectedShare, 'Expected of the whole-life plan'),
          ` of the whole-life plan is expected by ${periodLabel(lastPeriod)}.`,
        ]
      : [];
  const then = (parts: Part[]): Part[] => (outlook.length > 0 ? [...parts, '; ', ...outlook] : [...parts, '.']);
  if (!isKnown(planned) && !isKnown(realised))
    return outlook.length > 0
      ? then(['No benefit is planned or realised to date'])
      : ['No money benefit is recorded to date.'];
  if (!isKnown(realised))
    return then([
      amount(planned!, 'Planned to date'),
      ' of benefits are planned to date and no realised value is recorded',
    ]);
  if (!isKnown(planned))
    return then(['Realised ', amount(realised, 'Realised to date'), ' to date, for which no plan is recorded']);
  const off = row?.varianceShare;
  return then([
    'Realised ',
    amount(realised, 'Realised to date', false),
    ' of ',
    amount(planned, 'Planned to date'),
    progress === 'over' ? ' planned to date' : ' planned to its end',
    ...(isKnown(off) && progress === 'over' ? [' (', share(off, 'Realised against plan', true), ')'] : []),
  ]);
}

function spend({ ledger, untracedSpend, untracedSpendShare }: Overview): Part[] {
  const invested = ledger.find(({ id }) => id === 'invested');
  if (invested === undefined) return [];
  if (!isKnown(invested.actual)) return [' No actual cost is recorded to date.'];
  if (!isKnown(untracedSpend)) return [];
  const all = amount(invested.actual, 'Spend to date');
  if (isZero(untracedSpend.value)) return [' All of the ', all, ' spent reaches a benefit.'];
  if (compare(untracedSpend.value, invested.actual.value) === 0)
    return [' None of the ', all, ' spent reaches a benefit.'];
  return [
    ' ',
    amount(untracedSpend, 'Spend that reaches no benefit'),
    ' of spend ',
    ...(isKnown(untracedSpendShare)
      ? ['(', share(untracedSpendShare, 'Share of spend that reaches no benefit'), ') ']
      : []),
    'is not traced to any benefit.',
  ];
}

/**
 * How much of the plan came, against the plan as it is and as it was approved, and how much of it is measured at all; nothing where no rate is
 * known. A baseline that is only the current plan says so.
 * @param of whose rates they are, for the names of the numbers, where the page says more than one
 */
export function ratesNote({ rates }: Pick<Overview, 'rates'>, of = ''): Part[] | null {
  const named = (name: string): string => (of === '' ? name : `${of}, ${name.charAt(0).toLowerCase()}${name.slice(1)}`);
  const { current, baseline, measured, coverage, fixed, standIns } = rates;
  if (!isKnown(current)) return null;
  const open = standIns === 0 ? '' : ` (${standIns} of ${fixed + standIns} not approved)`;
  return [
    share(current, named('Realised of the plan')),
    ' of plan',
    ...(isKnown(baseline) && fixed > 0
      ? ['; ', share(baseline, named('Realised of the baseline plan')), ` of baseline plan${open}`]
      : ['; no plan is approved']),
    ...(isKnown(measured)
      ? ['; where measured ', share(measured, named('Realised of the plan of measured months')), ' of plan']
      : []),
    ...(isKnown(coverage)
      ? ['; ', share(coverage, named('Planned months that are measured')), ' of months measured']
      : []),
  ];
}

/** How many of the benefits that are due have been measured; nothing where none is due. */
export function measuredNote({ due, measured }: Overview): { parts: Part[]; isPartial: boolean } | null {
  if (!isKnown(due) || !isKnown(measured) || isZero(due.value)) return null;
  const of = (figure: TracedFigure, name: string): FigurePart => ({ figure, form: 'count', name });
  if (compare(measured.value, due.value) === 0)
    return { parts: ['all ', of(due, 'Benefits due'), ' benefits due are measured'], isPartial: false };
  return {
    parts: [of(measured, 'Benefits due and measured'), ' of ', of(due, 'Benefits due'), ' benefits due are measured'],
    isPartial: true,
  };
}

/** How far the realised benefit lies from plan, and whether the forecast returns to it. */
export function profileMessage(quarters: Profile['quarters'], periodLabel: (period: string) => string): Part[] {
  const finding = profileFinding(quarters);
  if (finding === null) return [];
  if (finding.kind === 'nothing') return ['Nothing is realised or expected in these quarters'];
  const to = periodLabel(finding.to);
  if (finding.kind === 'expected')
    return [amount(finding.value, `Expected to ${to}`), ` is expected to ${to}; nothing is realised yet`];
  if (finding.kind === 'unplanned')
    return [amount(finding.value, `Realised to ${to}`), ` realised to ${to}, without a plan`];
  if (finding.kind === 'on') return [`On plan to ${to}`];
  const { kind, variance } = finding;
  const off: Part[] = [
    { ...amount(variance, `Realised ${kind} plan to ${to}, by`), isMagnitude: true },
    ` ${kind} plan to ${to}`,
  ];
  if (finding.forecast === null) return off;
  const { isBack, period } = finding.forecast;
  return [
    ...off,
    isBack ? `; forecast at plan from ${periodLabel(period)}` : `; forecast below plan to ${periodLabel(period)}`,
  ];
}

/** How many planned costs have no actual: while there are any, spend below budget is neither good nor bad. */
export function unreportedNote({ unreportedCosts }: Overview): Part[] | null {
  if (!isKnown(unreportedCosts) || isZero(unreportedCosts.value)) return null;
  const isOne = compare(unreportedCosts.value, '1') === 0;
  return [
    { figure: unreportedCosts, form: 'count', name: 'Planned costs without an actual' },
    isOne ? ' planned cost has no actual' : ' planned costs have no actual',
  ];
}
