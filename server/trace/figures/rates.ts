import { COUNT, divided, type FigureDefinition, saidRate, SHARE, whole } from '../figure.js';
import { unmeasuredBenefits } from './sentences.js';

const history = ['benefit_value', 'benefit', 'exchange_rate', 'import'];

/** Question: how much of what was planned came? A fraction, a ratio of sums; null where Σ planned is 0. */
export const realisationRate: FigureDefinition = {
  id: 'realisation_rate',
  formula: {
    text: 'Realised value divided by planned value. A month without a report counts as planned and not as realised.',
    expression: 'Σ realised ÷ Σ planned',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const [part, all] = [await context.sum('realised'), await context.sum('planned')];
    const said = saidRate(part, all, 'nothing_planned', !(await context.hasNone('realised')));
    return {
      title: 'Realisation rate',
      unit: SHARE,
      ...said,
      inputs: [
        { label: 'Realised value', value: part, unit: context.money, trace: context.path('realised') },
        { label: 'Planned value', value: all, unit: context.money, trace: context.path('planned') },
      ],
      quality: await unmeasuredBenefits(context),
    };
  },
  records: async (context) => ({
    of: 'values',
    title: 'Numerator: realised value, by benefit and month',
    unit: context.money,
    column: 'realised',
    weights: null,
  }),
};

/** Question: where we measure, how much of the plan came? A fraction; null where the covered months plan nothing. */
export const measuredRate: FigureDefinition = {
  id: 'measured_rate',
  formula: {
    text: 'Realised value divided by planned value, over the months that have both.',
    expression: 'Σ realised ÷ Σ planned, over months with both',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const [part, all] = [await context.sum('coveredRealised'), await context.sum('coveredPlanned')];
    const value = divided(part, all);
    return {
      title: 'Realisation rate of the measured months',
      unit: SHARE,
      value,
      ...(value === null && { nullReason: 'nothing_measured' }),
      inputs: [
        { label: 'Realised value of months with both', value: part, unit: context.money, trace: null },
        { label: 'Planned value of months with both', value: all, unit: context.money, trace: null },
        ...(await coverageInput(context)),
      ],
      quality: await unmeasuredBenefits(context),
    };
  },
  records: async (context) => ({
    of: 'values',
    title: 'Numerator: realised value of the months with both, by benefit and month',
    unit: context.money,
    column: 'coveredRealised',
    weights: null,
  }),
};

const months = async (context: Parameters<FigureDefinition['work']>[0]) => {
  const rows = (await context.standings()).map(({ row }) => row).filter((row) => row.money);
  return {
    covered: whole(rows.reduce((total, row) => total + row.coveredMonths, 0)),
    planned: whole(rows.reduce((total, row) => total + row.plannedMonths, 0)),
  };
};

const coverageInput = async (context: Parameters<FigureDefinition['work']>[0]) => {
  const { covered, planned } = await months(context);
  return [{ label: 'Coverage', value: divided(covered, planned), unit: SHARE, trace: context.path('coverage') }];
};

/** Question: for how much of the plan do we know what came? A fraction of benefit months; null where none is planned. */
export const coverage: FigureDefinition = {
  id: 'coverage',
  formula: {
    text: 'Planned months that have a realised value, divided by planned months; a month of a benefit counts once.',
    expression: 'n(planned and realised) ÷ n(planned)',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const { covered, planned } = await months(context);
    const value = divided(covered, planned);
    return {
      title: 'Coverage',
      unit: SHARE,
      value,
      ...(value === null && { nullReason: 'nothing_planned' }),
      inputs: [
        { label: 'Planned months with a realised value', value: covered, unit: COUNT, trace: null },
        { label: 'Planned months', value: planned, unit: COUNT, trace: null },
      ],
      quality: await unmeasuredBenefits(context),
    };
  },
  records: async () => ({
    of: 'values',
    title: 'Numerator: planned months with a realised value',
    unit: COUNT,
    column: 'coveredMonths',
    weights: null,
  }),
};
