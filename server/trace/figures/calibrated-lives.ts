import { calibratedLives, type CalibratedLives, type WholeLife } from '../../benefits/whole-lives.js';
import { sumReason } from '../../case/forecast.service.js';
import { minus } from '../../core/exact-amounts.js';
import type { TraceContext } from '../context.js';
import type { FigureDefinition, Input, Listed, Records } from '../figure.js';
import { difference, type Part, quotientOf } from './difference.js';
import { askedBenefit } from './losses.js';

/** The whole life of benefits with the calibrated in the place of the claimed forecast, beside the same as claimed. */

const history = ['benefit_value', 'benefit', 'exchange_rate', 'import'];

const LATER_PLAN = 'In a later month without a forecast the plan counts, as it does in what is expected.';

const all = async (context: TraceContext): Promise<CalibratedLives> => calibratedLives(await context.lives());

/** Who is not counted, and who counts without a forecast. */
const sentences = ({ counted, leftOut, calibrated }: CalibratedLives): string[] => {
  if (calibrated === null) return [];
  const silent = counted.filter((life) => life.calibrated === null).length;
  const codes = leftOut.map(({ of }) => of.row.code);
  return [
    ...(codes.length === 0
      ? []
      : [
          `Left out, because too little is known of earlier forecasts of their type and portfolio: ${codes.slice(0, 20).join(', ')}${codes.length > 20 ? ` and ${codes.length - 20} more` : ''}.`,
        ]),
    ...(silent === 0
      ? []
      : [`Forecast nothing more and count as they stand: ${silent} of ${counted.length} benefits.`]),
    LATER_PLAN,
  ];
};

const lifeInput = (context: TraceContext, life: WholeLife, figure: 'node.calibrated_expected' | 'node.expected') => ({
  label: `${life.of.row.code} ${life.of.row.name}`,
  value: figure === 'node.expected' ? life.expected! : life.calibrated!,
  unit: context.money,
  trace: context.path(figure, { type: 'benefit', ref: life.of.row.code }),
});

const listed = (
  { counted, calibrated }: CalibratedLives,
  amountOf: (life: WholeLife) => Listed['amount'] | null,
): Listed[] =>
  calibrated === null
    ? []
    : counted.flatMap((life): Listed[] => {
        const amount = amountOf(life);
        const { code, name } = life.of.row;
        const note =
          life.calibrated === null ? 'nothing more is forecast' : `${life.of.points} earlier forecasts compared`;
        return amount === null ? [] : [{ type: 'benefit', code, name, at: null, note, amount }];
      });

/** Question: what will the benefits have brought in the end, if forecasts come true as they did? Reporting currency; null where too little is known. */
const calibrated: FigureDefinition = {
  id: 'calibrated_expected',
  formula: {
    text: 'What is expected over the whole life, with the calibrated in the place of the claimed forecast: realised to date, then forecast times what became of earlier forecasts of the same type and portfolio. Of the benefits for which that is known, and those that forecast nothing more. It stands beside what is expected, never in its place.',
    expression: 'Σ (expected − claimed forecast + calibrated forecast)',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const found = await all(context);
    return {
      title: 'Expected value, calibrated',
      unit: context.money,
      value: found.calibrated,
      ...(found.calibrated === null && { nullReason: sumReason(found.leftOut.map(({ of }) => of)) }),
      inputs:
        found.calibrated === null
          ? []
          : context.largest(
              found.counted.map((life) =>
                lifeInput(context, life, life.calibrated === null ? 'node.expected' : 'node.calibrated_expected'),
              ),
            ),
      quality: sentences(found),
    };
  },
  async records(context): Promise<Records> {
    const items = listed(await all(context), (life) => life.calibrated ?? life.expected);
    return { of: 'list', title: 'Whole lives, calibrated, by benefit', unit: context.money, items };
  },
};

/** Question: what do the same benefits claim? Reporting currency; null where none of them has a calibrated forecast. */
const ofTheSame: FigureDefinition = {
  id: 'expected_of_calibrated',
  formula: {
    text: 'What is expected over the whole life, as claimed, of those benefits of which it is known calibrated, too.',
    expression: 'Σ expected, of the same benefits',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const found = await all(context);
    return {
      title: 'Expected value of the benefits that are calibrated',
      unit: context.money,
      value: found.expected,
      ...(found.expected === null && { nullReason: sumReason(found.leftOut.map(({ of }) => of)) }),
      inputs:
        found.expected === null
          ? []
          : context.largest(found.counted.map((life) => lifeInput(context, life, 'node.expected'))),
      quality: sentences(found),
    };
  },
  async records(context): Promise<Records> {
    const items = listed(await all(context), ({ expected }) => expected);
    return { of: 'list', title: 'Whole lives, as claimed, by benefit', unit: context.money, items };
  },
};

const whyNot = async (context: TraceContext): Promise<string | null> => {
  const { calibrated: value, leftOut } = await all(context);
  return value === null ? sumReason(leftOut.map(({ of }) => of)) : null;
};
const claimed: Part = { label: 'Expected, as the same benefits claim', figure: ofTheSame };

/** Question: by how much do forecasts claim more than forecasts did bring? Unit: reporting currency; below 0 is less than claimed. */
const variance = difference(
  {
    id: 'variance.calibrated_expected',
    title: 'Calibrated less claimed, whole life',
    text: 'Expected value with calibrated forecasts less expected value with claimed ones, of the same benefits.',
    expression: 'Σ calibrated forecast − Σ claimed forecast',
    forStakeholders: true,
    history,
    of: { label: 'Expected, calibrated', figure: calibrated },
    less: claimed,
    unknown: whyNot,
  },
  async (context, title) => {
    const items = listed(await all(context), (life) => life.calibrated && minus(life.calibrated, life.expected!));
    return { of: 'list', title: `${title}, by benefit`, unit: context.money, items };
  },
);

const varianceShare = quotientOf({
  id: 'variance_share.calibrated_expected',
  title: 'Calibrated less claimed, as a share of what is claimed',
  text: 'The difference divided by the size of what the same benefits are expected to bring as claimed.',
  expression: '(calibrated − claimed) ÷ |claimed|',
  forStakeholders: true,
  history,
  of: { label: 'Calibrated less claimed', figure: variance },
  by: claimed,
  byItsSize: true,
  nullReason: 'no_forecast',
});

/** Question: the same of one benefit. Reporting currency; null of what is not money, or where too little is known. */
const ofBenefit: FigureDefinition = {
  id: 'node.calibrated_expected',
  formula: {
    text: 'What one benefit is expected to bring over its whole life, with the calibrated in the place of the claimed forecast. It stands beside what is expected, never in its place.',
    expression: 'expected − claimed forecast + calibrated forecast',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const { life, title } = await lifeAsked(context);
    const one = { type: 'benefit' as const, ref: life?.of.row.code ?? '' };
    const input = (label: string, value: Input['value'], figure: Parameters<TraceContext['path']>[0]): Input => ({
      label,
      value,
      unit: context.money,
      trace: context.path(figure, one),
    });
    return {
      title: `Expected value of ${title}, calibrated`,
      unit: context.money,
      value: life?.calibrated ?? null,
      ...(!life?.calibrated && { nullReason: life?.reason ?? (life ? 'nothing_recorded' : 'outside_scope') }),
      inputs: life?.of.row.money
        ? [
            input('Expected, as claimed', life.expected, 'node.expected'),
            input('Claimed forecast', life.of.claimed, 'claimed_forecast'),
            input('Calibrated forecast', life.of.calibrated, 'calibrated_forecast'),
          ]
        : [],
      quality: life?.calibrated ? [LATER_PLAN] : [],
    };
  },
  async records(context): Promise<Records> {
    const { life, title } = await lifeAsked(context);
    const items =
      life?.calibrated && life.of.claimed && life.of.calibrated
        ? ([
            ['realised to date, and plan of later months without a forecast', minus(life.expected!, life.of.claimed)],
            [`calibrated forecast; ${life.of.points} earlier forecasts compared`, life.of.calibrated],
          ] as const)
        : [];
    const { code, name } = life?.of.row ?? { code: '', name: '' };
    return {
      of: 'list',
      title: `Whole life of ${title}, calibrated`,
      unit: context.money,
      items: items.map(([note, amount]) => ({ type: 'benefit', code, name, at: null, note, amount })),
    };
  },
};

/** @throws Problem 404 for a benefit that is not there or out of sight. Null outside the scope. */
const lifeAsked = async (context: TraceContext): Promise<{ life: WholeLife | null; title: string }> => {
  const { id, code, name } = await askedBenefit(context);
  const lives = await context.lives();
  return { life: lives.find(({ of }) => of.row.id === id) ?? null, title: `${code} ${name}` };
};

export const calibratedLifeFigures: readonly FigureDefinition[] = [
  calibrated,
  ofTheSame,
  variance,
  varianceShare,
  ofBenefit,
];
