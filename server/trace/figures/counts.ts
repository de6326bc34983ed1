import { BENEFIT_STATUSES, type BenefitStatus } from '../../contract/status.js';
import { GAP_KINDS, type GapKind } from '../../contract/chain.js';
import { fractionOf, sumOf } from '../../core/benefit-status.js';
import { invalidField } from '../../http/problem.js';
import { type Gap, noStakeOf } from '../../chain/gaps.js';
import type { BenefitStanding } from '../../benefits/standing.service.js';
import type { TraceContext } from '../context.js';
import { COUNT, type FigureDefinition, type Listed, SHARE, whole } from '../figure.js';
import { assumedLinks } from './sentences.js';
import { capitalised, GAP_WORDS, STATUS_WORDS } from './words.js';

export const listed = ({ row, standing }: BenefitStanding): Listed => ({
  type: 'benefit',
  code: row.code,
  name: row.name,
  note: `${STATUS_WORDS[standing.status]}${row.owner === null ? '' : `, ${row.owner}`}`,
  amount: whole(1),
});

/** Question: how many benefits are there? A count of the scope's benefits, money or not. */
export const benefits: FigureDefinition = {
  id: 'benefits',
  formula: { text: 'Benefits that are not archived, money or not.', expression: 'n(benefits)' },
  forStakeholders: true,
  history: ['benefit', 'import'],
  async work(context) {
    const standings = await context.standingsToDate();
    return {
      title: 'Benefits',
      unit: COUNT,
      value: whole(standings.length),
      inputs: BENEFIT_STATUSES.map((status) => ({
        label: capitalised(STATUS_WORDS[status]),
        value: whole(standings.filter(({ standing }) => standing.status === status).length),
        unit: COUNT,
        trace: context.path('status', { kind: status }),
      })),
      quality: [],
    };
  },
  records: async (context) => ({
    of: 'list',
    title: 'Benefits',
    unit: COUNT,
    items: (await context.standingsToDate()).map(listed),
  }),
};

const statusAsked = ({ query: { kind } }: TraceContext): BenefitStatus => {
  const status = BENEFIT_STATUSES.find((each) => each === kind);
  if (!status) throw invalidField('kind', 'field.required', `Name the status by kind: ${BENEFIT_STATUSES.join(', ')}.`);
  return status;
};

/** Question: how many benefits stand like this? A count, to date, by the status that is worked out, not the declared one. */
export const status: FigureDefinition = {
  id: 'status',
  formula: {
    text: 'Benefits whose computed status is the one asked for. Achievement compares what was realised with what was planned, to date; for a benefit where lower is better the other way round. One that is planned and has no realised value is not measured.',
    expression:
      'achievement = 1 + s · (realised − planned) ÷ |planned|; on track from the first threshold, at risk from the second, else off track',
  },
  forStakeholders: true,
  history: ['benefit_value', 'benefit', 'settings', 'import'],
  async work(context) {
    const asked = statusAsked(context);
    const standings = await context.standingsToDate();
    const these = standings.filter(({ standing }) => standing.status === asked);
    const declared = these.filter(({ row }) => row.declaredStatus !== null && row.declaredStatus !== asked).length;
    return {
      title: `Benefits ${STATUS_WORDS[asked]}`,
      unit: COUNT,
      value: whole(these.length),
      inputs: [
        {
          label: 'On track from an achievement of',
          value: fractionOf(context.reading.onTrackFrom),
          unit: SHARE,
          trace: null,
        },
        {
          label: 'At risk from an achievement of',
          value: fractionOf(context.reading.atRiskFrom),
          unit: SHARE,
          trace: null,
        },
      ],
      quality: declared === 0 ? [] : [`${declared} of ${these.length} benefits are declared otherwise by their owner.`],
    };
  },
  async records(context) {
    const asked = statusAsked(context);
    const items = (await context.standingsToDate()).filter(({ standing }) => standing.status === asked).map(listed);
    return { of: 'list', title: `Benefits ${STATUS_WORDS[asked]}`, unit: COUNT, items };
  },
};

const gapsAsked = async (context: TraceContext): Promise<{ kind: GapKind | null; gaps: Gap[] }> => {
  const { kind } = context.query;
  const asked = GAP_KINDS.find((each) => each === kind) ?? null;
  if (kind !== undefined && asked === null)
    throw invalidField('kind', 'field.invalid', `There is no such kind of gap. Kinds are: ${GAP_KINDS.join(', ')}.`);
  const all = await context.gaps();
  return { kind: asked, gaps: asked ? all.filter((gap) => gap.kind === asked) : all };
};

const gapListed = (gap: Gap, amount: Listed['amount']): Listed => ({
  type: gap.row.type,
  code: gap.row.code,
  name: gap.row.name,
  note: `${GAP_WORDS[gap.kind]}${gap.row.owner === null ? ', no owner' : `, ${gap.row.owner}`}`,
  amount,
});

const wordOf = (kind: GapKind | null): string =>
  kind === null ? 'Breaks of the chain' : `Breaks of the chain: ${GAP_WORDS[kind]}`;
const gapHistory = [
  'link',
  'benefit_value',
  'investment_cost',
  'investment',
  'initiative',
  'capability',
  'outcome',
  'benefit',
  'import',
];

/** Question: how often is the chain broken? A count of records of one kind, or of all kinds; a record can break the chain in several ways. */
export const gap: FigureDefinition = {
  id: 'gap',
  formula: {
    text: 'Records at which the chain breaks: no link to a neighbouring layer, no owner, no baseline, plan, measurement or target, or a plan that came after the work began.',
    expression: 'n(records at which the chain breaks)',
  },
  forStakeholders: false,
  history: gapHistory,
  async work(context) {
    const { kind, gaps } = await gapsAsked(context);
    const sum = sumOf(gaps.map(({ atStake }) => atStake));
    return {
      title: wordOf(kind),
      unit: COUNT,
      value: whole(gaps.length),
      inputs: [
        ...(kind !== null
          ? []
          : GAP_KINDS.map((each) => ({
              label: capitalised(GAP_WORDS[each]),
              value: whole(gaps.filter((found) => found.kind === each).length),
              unit: COUNT,
              trace: context.path('gap', { kind: each }),
            }))),
        {
          label: 'Money at stake',
          value: noStakeOf(gaps) === null ? sum : null,
          unit: context.money,
          trace: context.path('gap_at_stake', kind ? { kind } : {}),
        },
      ],
      quality: await assumedLinks(context),
    };
  },
  async records(context) {
    const { kind, gaps } = await gapsAsked(context);
    return { of: 'list', title: wordOf(kind), unit: COUNT, items: gaps.map((found) => gapListed(found, whole(1))) };
  },
};

/** Question: what is at stake where the chain breaks? Unit: reporting currency, to date. */
export const gapAtStake: FigureDefinition = {
  id: 'gap_at_stake',
  formula: {
    text: 'Money at stake in the breaks of the chain, to date: planned value of benefits and of records that nothing leads to, cost of all others. A record that breaks the chain in two ways counts in both.',
    expression: 'Σ cost or planned value of the records that break the chain',
  },
  forStakeholders: false,
  history: gapHistory,
  async work(context) {
    const { kind, gaps } = await gapsAsked(context);
    return {
      title: `${wordOf(kind)}, money at stake`,
      unit: context.money,
      value: noStakeOf(gaps) === null ? sumOf(gaps.map(({ atStake }) => atStake)) : null,
      nullReason: noStakeOf(gaps) ?? 'no_value',
      inputs: context.largest(
        gaps.map(({ kind: found, row, atStake }) => ({
          label: `${row.code}, ${GAP_WORDS[found]}`,
          value: atStake,
          unit: context.money,
          trace: null,
        })),
      ),
      quality: await assumedLinks(context),
    };
  },
  async records(context) {
    const { kind, gaps } = await gapsAsked(context);
    return {
      of: 'list',
      title: `${wordOf(kind)}, money at stake`,
      unit: context.money,
      items: gaps.map((found) => gapListed(found, found.atStake)),
    };
  },
};
