import { COUNT, divided, type FigureDefinition, saidRate, SHARE, whole } from '../figure.js';
import { isAssumed } from '../../core/shares.js';
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

/** Question: how much of the chain rests on shares that nobody stated? A fraction of links; null where there is no link. Of the whole enterprise. */
export const assumedShare: FigureDefinition = {
  id: 'assumed_share',
  formula: {
    text: 'Links with a blank share divided by links. A blank share splits what the stated ones leave, equally.',
    expression: 'n(links with a blank share) ÷ n(links)',
  },
  forStakeholders: false,
  history: ['link', 'import'],
  async work(context) {
    const { links } = (await context.chain()).whole.chain;
    const [blank, all] = [whole(links.filter(isAssumed).length), whole(links.length)];
    const value = divided(blank, all);
    return {
      title: 'Share of links with an assumed share',
      unit: SHARE,
      value,
      ...(value === null && { nullReason: 'no_links' }),
      inputs: [
        { label: 'Links with a blank share', value: blank, unit: COUNT, trace: null },
        { label: 'Links', value: all, unit: COUNT, trace: null },
      ],
      quality: ['Links are those of the whole enterprise, whatever the scope: a share means the same everywhere.'],
    };
  },
  async records(context) {
    const { rows, whole: figures } = await context.chain();
    const { chain } = figures;
    const items = chain.links.flatMap((link, index) => {
      if (!isAssumed(link)) return [];
      const [from, to] = [rows[chain.from[index]!]!, rows[chain.to[index]!]!];
      const blank = [link.allocation === null && 'allocation', link.contribution === null && 'contribution'].filter(
        Boolean,
      );
      return [
        {
          type: 'link',
          code: `${from.code} → ${to.code}`,
          name: `${from.name} → ${to.name}`,
          note: `Blank: ${blank.join(' and ')}.`,
          amount: whole(1),
        },
      ];
    });
    return { of: 'list', title: 'Numerator: links with a blank share', unit: COUNT, items };
  },
};
