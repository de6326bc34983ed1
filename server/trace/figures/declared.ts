import type { BenefitStanding } from '../../benefits/standing.service.js';
import type { Figure } from '../../contract/trace.js';
import { isDeclaredBetter } from '../../core/benefit-status.js';
import type { TraceContext } from '../context.js';
import { COUNT, divided, type FigureDefinition, type Input, type Listed, SHARE, whole } from '../figure.js';
import { STATUS_WORDS } from './words.js';

/** What owners declare of their benefits, beside what the figures say (model §3). */

const history = ['benefit', 'benefit_value', 'settings', 'import'];

interface Declared {
  readonly id: Figure;
  readonly title: string;
  readonly text: string;
  readonly expression: string;
  readonly counts: (declared: string, computed: string) => boolean;
  /** Of which larger number it is a part. */
  readonly partOf: 'declared' | null;
}

const ALL: Declared = {
  id: 'declared',
  title: 'Benefits with a declared status',
  text: 'Benefits for which the owner declares a status.',
  expression: 'n(benefits with a declared status)',
  counts: () => true,
  partOf: null,
};
const OTHERWISE: Declared = {
  id: 'declared_otherwise',
  title: 'Benefits declared otherwise than computed',
  text: 'Benefits for which the owner declares another status than the one that follows from their figures to date.',
  expression: 'n(declared ≠ computed)',
  counts: (declared, computed) => declared !== computed,
  partOf: 'declared',
};
const BETTER: Declared = {
  id: 'declared_better',
  title: 'Benefits declared better than computed',
  text: 'Benefits for which the owner declares a better status than the one that follows from their figures to date. What is not measured is no better than off track; what is not due is not compared.',
  expression: 'n(declared better than computed)',
  counts: isDeclaredBetter,
  partOf: 'declared',
};

const found = async (context: TraceContext, { counts }: Declared): Promise<BenefitStanding[]> =>
  (await context.standingsToDate()).filter(
    ({ row, standing }) => row.declaredStatus !== null && counts(row.declaredStatus, standing.status),
  );

const listed = ({ row, standing }: BenefitStanding): Listed => ({
  type: 'benefit',
  code: row.code,
  name: row.name,
  note: `declared ${wordOf(row.declaredStatus)}, computed ${STATUS_WORDS[standing.status]}`,
  amount: whole(1),
});

const wordOf = (status: string | null): string => STATUS_WORDS[status as keyof typeof STATUS_WORDS] ?? String(status);

const input = async (context: TraceContext, of: Declared): Promise<Input> => ({
  label: of.title,
  value: whole((await found(context, of)).length),
  unit: COUNT,
  trace: context.path(of.id),
});

/** A count of benefits of the scope, to date. */
const counted = (of: Declared): FigureDefinition => ({
  id: of.id,
  formula: { text: of.text, expression: of.expression },
  forStakeholders: true,
  history,
  async work(context) {
    return {
      title: of.title,
      unit: COUNT,
      value: whole((await found(context, of)).length),
      isNone: (await context.standingsToDate()).length === 0,
      inputs: of.partOf === null ? [] : [await input(context, ALL)],
      quality: [],
    };
  },
  records: async (context) => ({
    of: 'list',
    title: of.title,
    unit: COUNT,
    items: (await found(context, of)).map(listed),
  }),
});

/** Question: how often do owners see their benefits in a better light than the figures? A fraction; null where nothing is declared. */
const mismatchShare: FigureDefinition = {
  id: 'status_mismatch_share',
  formula: {
    text: 'Benefits whose declared status is better than the computed one, divided by the benefits with a declared status.',
    expression: 'n(declared better than computed) ÷ n(declared)',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const [better, all] = [await input(context, BETTER), await input(context, ALL)];
    const value = divided(better.value!, all.value!);
    return {
      title: 'Share of statuses declared better than computed',
      unit: SHARE,
      value,
      ...(value === null && { nullReason: 'nothing_declared' }),
      inputs: [better, all],
      quality: [],
    };
  },
  records: async (context) => ({
    of: 'list',
    title: `Numerator: ${BETTER.title.toLowerCase()}`,
    unit: COUNT,
    items: (await found(context, BETTER)).map(listed),
  }),
};

export const declaredFigures: readonly FigureDefinition[] = [...[ALL, OTHERWISE, BETTER].map(counted), mismatchShare];
