import { indexOfRef } from '../../chain/chain.service.js';
import type { ChainFacts } from '../../chain/chain.facts.js';
import { weightsOfPaths } from '../../chain/view.weights.js';
import { LAYERS } from '../../core/shares.js';
import { weighted, weightsAt } from '../../core/weights.js';
import { invalidField, notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Input, type Records, SHARE } from '../figure.js';

/** Figures of one link, and of one way of money along several. */

const costHistory = ['investment_cost', 'link', 'exchange_rate', 'import'];

interface AskedLink {
  facts: ChainFacts;
  link: number;
  boundary: number;
  /** `INI-1 → CAP-2`. */
  name: string;
}

/** The link between two records of neighbouring layers; not found where there is none. */
const linkBetween = ({ whole: { chain } }: ChainFacts, from: number, to: number): number => {
  const link = (chain.linksByBoundary[chain.layerOf[from]!] ?? []).find(
    (each) => chain.from[each] === from && chain.to[each] === to,
  );
  if (link === undefined) throw notFound();
  return link;
};

const asked = async (context: TraceContext): Promise<AskedLink> => {
  const { type, ref } = context.node();
  const { to } = context.query;
  const next = LAYERS[LAYERS.indexOf(type) + 1];
  if (to === undefined || next === undefined)
    throw invalidField('to', 'field.required', 'Name the record at the end of the link by to, for example to=CAP-1.');
  const facts = await context.chain();
  const link = linkBetween(facts, indexOfRef(facts, type, ref), indexOfRef(facts, next, to));
  return { facts, link, boundary: LAYERS.indexOf(type), name: nameOf(facts, link) };
};

const nameOf = ({ rows, whole: { chain } }: ChainFacts, link: number): string =>
  `${rows[chain.from[link]!]!.code} → ${rows[chain.to[link]!]!.code}`;

const isBlank = ({ whole: { chain } }: ChainFacts, kind: 'allocation' | 'contribution', link: number): boolean =>
  chain.links[link]![kind] === null;

/** A link's share, as an input that opens its own trace. */
const shareInput = (
  context: TraceContext,
  facts: ChainFacts,
  kind: 'allocation' | 'contribution',
  link: number,
): Input => {
  const { chain } = facts.whole;
  const { type, code } = facts.rows[chain.from[link]!]!;
  return {
    label: `${kind} ${nameOf(facts, link)}${isBlank(facts, kind, link) ? ', assumed' : ''}`,
    value: { n: chain[kind].ofLink[link]!, d: chain[kind].denominators[chain.boundaryOf[link]!]! },
    unit: SHARE,
    trace: context.path(`link.${kind}`, { type, ref: code, to: facts.rows[chain.to[link]!]!.code }),
  };
};

const costInput = (context: TraceContext, { rows, whole: figures }: ChainFacts, node: number): Input => {
  const { type, code } = rows[node]!;
  return {
    label: `Cost of ${code}`,
    value: figures.cost.at(node),
    unit: context.money,
    trace: context.path('node.cost', { type, ref: code }),
  };
};

const BLANK = 'Nobody stated this share: what the stated ones leave is split equally among the links without one.';

/** Question: how much spend goes along this link? Unit: reporting currency. */
const linkSpend: FigureDefinition = {
  id: 'link.spend',
  formula: {
    text: 'The cost of the record at which the link begins, times the part of it that the link passes on.',
    expression: 'allocation(u→v) · C(u)',
  },
  forStakeholders: false,
  history: costHistory,
  async work(context) {
    const { facts, link, name } = await asked(context);
    return {
      title: `Spend along the link ${name}`,
      unit: context.money,
      value: facts.whole.linkCost.at(link),
      inputs: [
        costInput(context, facts, facts.whole.chain.from[link]!),
        shareInput(context, facts, 'allocation', link),
      ],
      quality: isBlank(facts, 'allocation', link) ? [BLANK] : [],
    };
  },
  async records(context): Promise<Records> {
    const { facts, link, boundary, name } = await asked(context);
    const { chain } = facts.whole;
    const parts = new Map([[chain.from[link]!, chain.allocation.ofLink[link]!]]);
    const place = { layer: boundary, parts, denominator: chain.allocation.denominators[boundary]! };
    const weights = weightsAt(chain, 'allocation', place);
    return {
      of: 'costs',
      title: `Actual cost, the part along ${name}`,
      unit: context.money,
      column: 'actual',
      weights,
    };
  },
};

/** Question: what part does this link carry? A fraction, stated or assumed. */
const linkShare = (kind: 'allocation' | 'contribution'): FigureDefinition => ({
  id: `link.${kind}`,
  formula: {
    text:
      kind === 'allocation'
        ? 'The part of the cost of the record at which the link begins that is spent for the record at its end.'
        : 'The part of the value of the record at which the link ends that is due to the record at its beginning.',
    expression: 'stated, or (1 − Σ stated shares) ÷ n(links without one)',
  },
  forStakeholders: false,
  history: ['link', 'import'],
  async work(context) {
    const { facts, link, boundary, name } = await asked(context);
    const { chain } = facts.whole;
    return {
      title: kind === 'allocation' ? `Share of spend of the link ${name}` : `Share of value of the link ${name}`,
      unit: SHARE,
      value: { n: chain[kind].ofLink[link]!, d: chain[kind].denominators[boundary]! },
      inputs: [],
      quality: isBlank(facts, kind, link) ? [BLANK] : [],
    };
  },
  async records(context): Promise<Records> {
    const { facts, link, boundary, name } = await asked(context);
    const { chain, rows } = { chain: facts.whole.chain, rows: facts.rows };
    const amount = { n: chain[kind].ofLink[link]!, d: chain[kind].denominators[boundary]! };
    const [from, to] = [rows[chain.from[link]!]!, rows[chain.to[link]!]!];
    const note = isBlank(facts, kind, link) ? 'Assumed' : 'Stated';
    const items = [{ type: 'link', code: name, name: `${from.name} → ${to.name}`, note, amount }];
    return { of: 'list', title: `The link ${name}`, unit: SHARE, items };
  },
});

interface AskedPath {
  facts: ChainFacts;
  nodes: number[];
  links: number[];
}

const pathAsked = async (context: TraceContext): Promise<AskedPath> => {
  const [type, ...codes] = (context.query.path ?? '').split(':');
  const first = LAYERS.findIndex((layer) => layer === type);
  if (first < 0 || codes.length === 0 || first + codes.length > LAYERS.length)
    throw invalidField(
      'path',
      'field.invalid',
      'Name the path by the type of its first record and the codes of all, for example investment:INV-1:INI-1.',
    );
  const facts = await context.chain();
  const nodes = codes.map((code, at) => indexOfRef(facts, LAYERS[first + at]!, code));
  return { facts, nodes, links: nodes.slice(1).map((node, at) => linkBetween(facts, nodes[at]!, node)) };
};

/** Question: how much spend goes this way, and ends where it ends? Unit: reporting currency. */
const pathSpend: FigureDefinition = {
  id: 'path.spend',
  formula: {
    text: 'The cost of the investment, times the part that each link passes on; where the way ends before a benefit, times the part that its last record passes on to nobody.',
    expression: 'C(u₁) · allocation(u₁→u₂) · … · (1 − Σ allocation(uₙ→v))',
  },
  forStakeholders: false,
  history: costHistory,
  async work(context) {
    const { facts, nodes, links } = await pathAsked(context);
    const { chain, cost } = facts.whole;
    const [first, last] = [nodes[0]!, nodes.at(-1)!];
    const weights = weightsOfPaths(facts.whole, [{ nodes, links }]);
    const layer = chain.layerOf[last]!;
    const blank = links.filter((link) => isBlank(facts, 'allocation', link)).length;
    const rest: Input = {
      label: `Part of ${facts.rows[last]!.code} that no link passes on`,
      value: { n: chain.allocation.leftOver[last]!, d: chain.allocation.denominators[layer] ?? 1n },
      unit: SHARE,
      trace: null,
    };
    return {
      title: `Spend along ${nodes.map((node) => facts.rows[node]!.code).join(' → ')}`,
      unit: context.money,
      value: weighted(weights, [[first, cost.at(first)!]]),
      inputs: [
        costInput(context, facts, first),
        ...links.map((link) => shareInput(context, facts, 'allocation', link)),
        ...(layer < LAYERS.length - 1 ? [rest] : []),
      ],
      quality: blank === 0 ? [] : [`${blank} of ${links.length} links on the way carry an assumed share.`],
    };
  },
  async records(context): Promise<Records> {
    const { facts, nodes, links } = await pathAsked(context);
    const weights = weightsOfPaths(facts.whole, [{ nodes, links }]);
    return {
      of: 'costs',
      title: 'Actual cost, the part that goes this way',
      unit: context.money,
      column: 'actual',
      weights,
    };
  },
};

export const wayFigures: readonly FigureDefinition[] = [
  linkSpend,
  linkShare('allocation'),
  linkShare('contribution'),
  pathSpend,
];
