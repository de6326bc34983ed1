import {
  claimedOfCalibrated,
  type DueForecast,
  dueForecasts,
  leftOutOf,
  sumOfForecasts,
} from '../../case/case.forecasts.js';
import type { Fraction } from '../../core/exact-amounts.js';
import { notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Input, type Listed, SHARE } from '../figure.js';
import { caseAsked, history } from './case.js';

/** What the benefits that an investment pays for forecast of later months, the part due to it: as claimed, and as earlier forecasts came true. */

interface Asked {
  readonly investment: string;
  readonly due: readonly DueForecast[];
  /** The one benefit that is asked for. */
  readonly one: DueForecast | null;
}

/** @throws Problem 404 where `to` names no benefit that the investment pays for */
const asked = async (context: TraceContext): Promise<Asked> => {
  const { owner } = await caseAsked(context);
  const investment = `${owner.code} ${owner.name}`;
  const due = dueForecasts(owner, await context.forecasts());
  const { to } = context.query;
  if (to === undefined) return { investment, due, one: null };
  const one = due.find(({ of: { row } }) => row.id === to.toLowerCase() || row.code.toLowerCase() === to.toLowerCase());
  if (!one) throw notFound();
  return { investment, due: [one], one };
};

type Kind = 'claimed' | 'calibrated';

/** The part of one benefit: its forecast, and the share of it that is due. */
const partInputs = (context: TraceContext, { of, part }: DueForecast, kind: Kind): Input[] => [
  {
    label: `${of.row.code} ${of.row.name}, ${kind} forecast`,
    value: of[kind],
    unit: context.money,
    trace: context.path(`${kind}_forecast`, { type: 'benefit', ref: of.row.code }),
  },
  { label: 'Part of it that is due to the investment', value: part, unit: SHARE, trace: null },
];

const sumInputs = (context: TraceContext, due: readonly DueForecast[], kind: Kind): Input[] =>
  context.largest(
    due.flatMap((each) => {
      const { row } = each.of;
      const { type, ref } = context.node();
      const trace = context.path(`case.${kind}_forecast`, { type, ref, to: row.code });
      const value = each[kind];
      return value === null
        ? []
        : [{ label: `${row.code} ${row.name}, the part due`, value, unit: context.money, trace }];
    }),
  );

const sameClaims = (context: TraceContext, due: readonly DueForecast[]): Input => ({
  label: 'Claimed forecast of the same benefits, the part due',
  value: claimedOfCalibrated(due).value,
  unit: context.money,
  trace: context.path('case.claimed_of_calibrated', context.node()),
});

const sentences = ({ due }: Asked, kind: Kind): string[] => {
  const silent = due.reduce((months, { of }) => months + of.row.planOnlyMonths, 0);
  const left = leftOutOf(due);
  return [
    ...(kind === 'calibrated' && left.length > 0
      ? [`Left out, because too little is known of earlier forecasts: ${left.map(({ row }) => row.code).join(', ')}.`]
      : []),
    ...(silent === 0
      ? []
      : [
          `Later months with a plan and no forecast: ${silent}. Nothing of them is claimed here; the expected case takes their plan.`,
        ]),
  ];
};

const WORDS: Record<Kind, { title: string; text: string; expression: string }> = {
  claimed: {
    title: 'Claimed forecast',
    text: 'What the benefits that the investment pays for forecast of the months after the period, and of those of the period that are not over and have no realised value, times the part of each that contributions credit to it, added up.',
    expression: 'Σ contribution · claimed forecast',
  },
  calibrated: {
    title: 'Calibrated forecast',
    text: 'The calibrated forecast of each benefit (claimed times what became of earlier forecasts of its type and portfolio), times the part of it that contributions credit to the investment, added up over the benefits that have one. It stands beside the claimed forecast, never in its place.',
    expression: 'Σ contribution · calibrated forecast',
  },
};

/** Question: what is still to come for this investment, as claimed and as experience has it? Unit: reporting currency; null with a reason. */
const forecastOf = (kind: Kind): FigureDefinition => ({
  id: `case.${kind}_forecast`,
  formula: { text: WORDS[kind].text, expression: WORDS[kind].expression },
  forStakeholders: false,
  history,
  async work(context) {
    const found = await asked(context);
    const { due, one, investment } = found;
    const { value, reason } = sumOfForecasts(due, kind);
    const of = one ? `${one.of.row.code} ${one.of.row.name}, the part due to ${investment}` : investment;
    return {
      title: `${WORDS[kind].title} of ${of}`,
      unit: context.money,
      value,
      ...(value === null && { nullReason: (kind === 'calibrated' && one?.of.reason) || reason! }),
      inputs: one
        ? partInputs(context, one, kind)
        : [...(kind === 'calibrated' ? [sameClaims(context, due)] : []), ...sumInputs(context, due, kind)],
      quality: sentences(found, kind),
    };
  },
  async records(context) {
    const { due } = await asked(context);
    const items = due.flatMap((each): Listed[] => {
      const amount: Fraction | null = each[kind];
      const { code, name } = each.of.row;
      const note = kind === 'claimed' ? 'the part due' : `the part due; ${each.of.points} earlier forecasts compared`;
      return amount === null ? [] : [{ type: 'benefit', code, name, at: null, note, amount }];
    });
    return { of: 'list', title: `${WORDS[kind].title}s by benefit, the part due`, unit: context.money, items };
  },
});

/** Question: what do those claim for this investment that are calibrated? Unit: reporting currency; null where none is. */
const ofTheSame: FigureDefinition = {
  id: 'case.claimed_of_calibrated',
  formula: {
    text: 'The claimed forecast of those benefits that have a calibrated one, times the part of each that contributions credit to the investment, added up.',
    expression: 'Σ contribution · claimed forecast, of the same benefits',
  },
  forStakeholders: false,
  history,
  async work(context) {
    const found = await asked(context);
    const counted = found.due.filter(({ calibrated }) => calibrated !== null);
    const { value, reason } = claimedOfCalibrated(found.due);
    return {
      title: `Claimed forecast of ${found.investment}, of the benefits that are calibrated`,
      unit: context.money,
      value,
      ...(reason !== null && { nullReason: reason }),
      inputs: sumInputs(context, counted, 'claimed'),
      quality: sentences(found, 'calibrated'),
    };
  },
  async records(context) {
    const { due } = await asked(context);
    const items = due.flatMap(({ of, claimed, calibrated }): Listed[] => {
      const { code, name } = of.row;
      return calibrated === null || claimed === null
        ? []
        : [{ type: 'benefit', code, name, at: null, note: 'the part due', amount: claimed }];
    });
    return { of: 'list', title: 'Claimed forecasts by benefit, the part due', unit: context.money, items };
  },
};

export const caseForecastFigures: readonly FigureDefinition[] = [
  forecastOf('claimed'),
  forecastOf('calibrated'),
  ofTheSame,
];
