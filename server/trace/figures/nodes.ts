import { aggregated } from '../../benefits/amounts.js';
import type { BenefitStanding } from '../../benefits/standing.service.js';
import type { ValueKind } from '../../core/attribution.js';
import { indexOfRef } from '../../chain/chain.service.js';
import type { ChainFacts } from '../../chain/chain.facts.js';
import { parseDecimal } from '../../core/money.js';
import { isAssumed, LAYERS } from '../../core/shares.js';
import { leftOverOf, weightsAt, wholeNodes } from '../../core/weights.js';
import { notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Input, type Records, SHARE, type Unit, type Worked } from '../figure.js';
import { ownCells } from '../records.queries.js';
import { capitalised } from './words.js';

/** Links that are shown with both of their inputs; more are not read. */
const SHOWN_LINKS = 50;

export interface Asked {
  facts: ChainFacts;
  index: number;
  layer: number;
  name: string;
}

export const asked = async (context: TraceContext): Promise<Asked> => {
  const { type, ref } = context.node();
  const facts = await context.chain();
  const index = indexOfRef(facts, type, ref);
  // A stakeholder's standings hold own units only: a foreign benefit does not exist for them.
  if (context.isStakeholder && !(await context.standings()).some(({ row }) => row.id === facts.rows[index]!.id))
    throw notFound();
  return { facts, index, layer: LAYERS.indexOf(type), name: `${facts.rows[index]!.code} ${facts.rows[index]!.name}` };
};

/** Links into the node (`to`) or out of it (`from`). */
const linksAt = ({ facts, index }: Asked, end: 'from' | 'to'): number[] => {
  const { chain } = facts.whole;
  return chain.links.flatMap((_, link) => (chain[end][link] === index ? [link] : []));
};

const shareInput = ({ facts }: Asked, kind: 'allocation' | 'contribution', link: number): Input => {
  const { chain } = facts.whole;
  const [from, to] = [facts.rows[chain.from[link]!]!, facts.rows[chain.to[link]!]!];
  const d = chain[kind].denominators[chain.boundaryOf[link]!]!;
  const blank = chain.links[link]![kind] === null ? ', assumed' : '';
  return {
    label: `${kind === 'allocation' ? 'Share of cost' : 'Share of value'} ${from.code} → ${to.code}${blank}`,
    value: { n: chain[kind].ofLink[link]!, d },
    unit: SHARE,
    trace: null,
  };
};

const assumedAt = (of: Asked, links: readonly number[]): string[] => {
  const assumed = links.filter((link) => isAssumed(of.facts.whole.chain.links[link]!)).length;
  return assumed === 0 ? [] : [`${assumed} of ${links.length} links of this record carry an assumed share.`];
};

const costHistory = ['investment_cost', 'link', 'exchange_rate', 'import'];

/** Question: what does this record cost? Unit: reporting currency; 0 where nothing reaches it. */
const cost: FigureDefinition = {
  id: 'node.cost',
  formula: {
    text: 'Of an investment its own actual cost; of any other record the allocated part of the cost of each record that leads to it.',
    expression: 'C(v) = Σ allocation(u→v) · C(u)',
  },
  forStakeholders: false,
  history: costHistory,
  async work(context) {
    const node = await asked(context);
    const { whole, rows } = node.facts;
    const links = linksAt(node, 'to');
    const inputs = links.slice(0, SHOWN_LINKS).flatMap((link): Input[] => {
      const source = whole.chain.from[link]!;
      const { code, type } = rows[source]!;
      const trace = context.path('node.cost', { type, ref: code });
      return [
        { label: `Cost of ${code}`, value: whole.cost.at(source), unit: context.money, trace },
        shareInput(node, 'allocation', link),
      ];
    });
    const value = whole.cost.at(node.index);
    return { title: `Cost of ${node.name}`, unit: context.money, value, inputs, quality: assumedAt(node, links) };
  },
  async records(context) {
    const { facts, index, layer, name } = await asked(context);
    const weights = weightsAt(facts.whole.chain, 'allocation', wholeNodes(layer, [index]));
    return {
      of: 'costs',
      title: `Actual cost, the part that reaches ${name}`,
      unit: context.money,
      column: 'actual',
      weights,
    };
  },
};

/** Question: how much of this record's cost leads nowhere? Unit: reporting currency; null for benefits, which allocate nothing. */
const unallocated: FigureDefinition = {
  id: 'node.unallocated',
  formula: {
    text: 'The cost of the record, less the parts of it that its links allocate.',
    expression: 'unallocated(u) = C(u) − Σ allocation(u→v) · C(u)',
  },
  forStakeholders: false,
  history: costHistory,
  async work(context) {
    const node = await asked(context);
    const { whole, rows } = node.facts;
    const value = whole.unallocated.at(node.index);
    const links = linksAt(node, 'from');
    const { code, type } = rows[node.index]!;
    return {
      title: `Unallocated cost of ${node.name}`,
      unit: context.money,
      value,
      ...(value === null && { nullReason: 'benefits_allocate_nothing' }),
      inputs: [
        {
          label: `Cost of ${code}`,
          value: whole.cost.at(node.index),
          unit: context.money,
          trace: context.path('node.cost', { type, ref: code }),
        },
        ...links.slice(0, SHOWN_LINKS).map((link) => shareInput(node, 'allocation', link)),
      ],
      quality: assumedAt(node, links),
    };
  },
  async records(context): Promise<Records> {
    const { facts, index, layer, name } = await asked(context);
    const title = `Actual cost, the part that ${name} leaves unallocated`;
    const { chain } = facts.whole;
    if (layer === LAYERS.length - 1) return { of: 'list', title, unit: context.money, items: [] };
    const weights = weightsAt(chain, 'allocation', leftOverOf(chain, 'allocation', layer, [index]));
    return { of: 'costs', title, unit: context.money, column: 'actual', weights };
  },
};

/** A benefit of the scope that is not money: its figures are in its own unit, by its aggregation. */
export const ownUnitBenefit = async (
  context: TraceContext,
  { facts, index }: Asked,
): Promise<BenefitStanding | null> => {
  const row = facts.rows[index]!;
  if (row.type !== 'benefit') return null;
  return (await context.standings()).find((of) => of.row.id === row.id && !of.row.money) ?? null;
};

export const ownUnit = ({ row }: BenefitStanding): Unit => ({
  name: row.unit ?? 'unit not stated',
  decimals: 4,
  trimmed: true,
});

/** Question: what is this record worth? Unit: reporting currency; of a benefit that is not money its own unit. 0 where nothing is recorded. */
const value = (kind: ValueKind): FigureDefinition => ({
  id: `node.${kind}`,
  formula: {
    text:
      `Of a money benefit its own ${kind} value; of any other record the part of the value of each record that it leads to which is due to it. ` +
      'Of a benefit that is not money the sum, mean or latest value in its own unit.',
    expression: `V(u) = Σ contribution(u→v) · V(v), for ${kind} value`,
  },
  forStakeholders: true,
  history: ['benefit_value', 'link', 'exchange_rate', 'import'],
  async work(context): Promise<Worked> {
    const node = await asked(context);
    const title = `${capitalised(kind)} value of ${node.name}`;
    const own = await ownUnitBenefit(context, node);
    if (own) {
      const how = `${own.row.aggregation ?? 'sum'} over months, in its own unit; it is not money and is never added to money.`;
      return {
        title,
        unit: ownUnit(own),
        value: aggregated(own, kind, 4).amount,
        isNone: own.row[`${kind}Months`] === 0,
        inputs: [],
        quality: [`Shown as the ${how}`],
      };
    }
    const { whole, rows } = node.facts;
    const links = linksAt(node, 'from');
    const standings = await context.standings();
    const itself = standings.find(({ row }) => row.id === rows[node.index]!.id);
    const otherUnits = new Set(standings.filter(({ row }) => !row.money).map(({ row }) => row.id));
    const inputs = links.slice(0, SHOWN_LINKS).flatMap((link): Input[] => {
      const target = whole.chain.to[link]!;
      const { code, type, id } = rows[target]!;
      // What is not money has no value in the chain; its own figure is in another unit, so this 0 is not its trace.
      const trace = context.path(`node.${kind}`, { type, ref: code });
      const isMoney = !otherUnits.has(id);
      return [
        {
          label: `Value of ${code}`,
          value: whole.values[kind].at(target),
          unit: context.money,
          trace: isMoney ? trace : null,
        },
        shareInput(node, 'contribution', link),
      ];
    });
    return {
      title,
      unit: context.money,
      value: whole.values[kind].at(node.index),
      ...(itself && { isNone: itself.row[`${kind}Months`] === 0 }),
      inputs,
      quality: assumedAt(node, links),
    };
  },
  async records(context): Promise<Records> {
    const node = await asked(context);
    const own = await ownUnitBenefit(context, node);
    if (own) return ownRecords(context, own, kind);
    const { chain } = node.facts.whole;
    const weights = weightsAt(chain, 'contribution', wholeNodes(node.layer, [node.index]));
    return {
      of: 'values',
      title: `${capitalised(kind)} values, the part due to ${node.name}`,
      unit: context.money,
      column: kind,
      weights,
    };
  },
});

/** The months that a figure in an own unit rests on; a mean takes of each month its part. */
export const ownRecords = async (
  context: TraceContext,
  { row }: BenefitStanding,
  kind: ValueKind | 'baseline' | 'outlook',
): Promise<Extract<Records, { of: 'list' }>> => {
  const how = row.aggregation ?? 'sum';
  const cells = await ownCells(context.manager, row.id, context.from, context.to);
  const plan = kind === 'baseline' ? 'baseline' : 'planned';
  const isMeasured = plan === 'baseline' ? row.baselineCoveredMonths > 0 : row.coveredMonths > 0;
  const paired = how !== 'sum' && (kind === plan || kind === 'realised') && isMeasured;
  const stated = cells.filter(
    (cell) => cell[kind] !== null && (!paired || (cell[plan] !== null && cell.realised !== null)),
  );
  const counted = how === 'latest' ? stated.slice(-1) : stated;
  const items = counted.map((cell) => {
    const { units, scale } = parseDecimal(cell[kind]!);
    const d = 10n ** BigInt(scale) * (how === 'average' ? BigInt(counted.length) : 1n);
    const note = how === 'average' ? `One of ${counted.length} months of the mean.` : null;
    const own = { entered: cell[kind], enteredUnit: row.unit };
    return {
      type: 'benefit_value',
      code: row.code,
      name: row.name,
      at: cell.month,
      note,
      ...own,
      amount: { n: units, d },
    };
  });
  return {
    of: 'list',
    title: `${capitalised(kind)} values of ${row.code} ${row.name}`,
    unit: ownUnit({ row } as BenefitStanding),
    items,
  };
};

/** Figures of one record of the chain. */
export const nodeFigures: readonly FigureDefinition[] = [
  cost,
  unallocated,
  value('planned'),
  value('forecast'),
  value('realised'),
  value('confirmed'),
];
