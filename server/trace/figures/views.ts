import type { BoxLink, Drawing } from '../../chain/picture.js';
import { weightsAlong, weightsEnding, weightsOfPaths, weightsThrough } from '../../chain/view.weights.js';
import { allPaths, drawingIn, fractionOrNull, type Viewed } from '../../chain/picture.service.js';
import type { Figure } from '../../contract/trace.js';
import { LAYERS } from '../../core/shares.js';
import { type Weights, weighted } from '../../core/weights.js';
import { invalidField, notFound } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import type { FigureDefinition, Input } from '../figure.js';
import { assumedLinks } from './sentences.js';

/** Figures of the paths that a question leaves: what the picture and the list of paths print. */

interface Asked {
  title: string;
  weights: Weights;
}

const investmentsOf = ({ facts }: Viewed): readonly number[] => facts.whole.chain.nodesByLayer[0]!;

/** Of each investment what the figure takes of its cost. */
const partsOf = (
  context: TraceContext,
  { facts }: Viewed,
  weights: Weights,
): (Input & { value: { n: bigint; d: bigint } })[] =>
  facts.whole.chain.nodesByLayer[0]!.flatMap((node) => {
    const { type, code, name } = facts.rows[node]!;
    const value = weighted(weights, [[node, facts.whole.cost.at(node)!]]);
    const isWhole = weights.numerators[node] === weights.denominator;
    const label = isWhole ? `${code} ${name}` : `${code} ${name}, the part of it`;
    const trace = isWhole ? context.path('node.cost', { type, ref: code }) : null;
    return value.n === 0n ? [] : [{ label, value, unit: context.money, trace }];
  });

const ofView = (
  id: Figure,
  formula: FigureDefinition['formula'],
  asked: (context: TraceContext, viewed: Viewed) => Asked,
): FigureDefinition => ({
  id,
  formula,
  forStakeholders: false,
  history: ['link', 'investment_cost', 'exchange_rate', 'import'],
  async work(context) {
    const viewed = await context.view();
    const { title, weights } = asked(context, viewed);
    const { cost } = viewed.facts.whole;
    const costs = investmentsOf(viewed).map((node) => [node, cost.at(node)!] as const);
    return {
      title,
      unit: context.money,
      value: weighted(weights, costs),
      inputs: context.largest(partsOf(context, viewed, weights)),
      quality: await assumedLinks(context),
    };
  },
  async records(context) {
    const { title, weights } = asked(context, await context.view());
    return {
      of: 'costs',
      title: `Actual cost, of each row its part: ${title}`,
      unit: context.money,
      column: 'actual',
      weights,
    };
  },
});

const spend = ofView(
  'view.spend',
  {
    text: 'Spend along the paths of the view, each path counted once; with a least amount, of the paths that cost at least as much.',
    expression: 'Σ C(path)',
  },
  ({ query: { min }, reading }, { facts, view }) => {
    const title = 'Spend of the paths in view';
    if (min === undefined) return { title, weights: weightsThrough(view, 0, new Set(view.chain.nodesByLayer[0])) };
    const paths = allPaths(facts, view, fractionOrNull(min), reading.decimals);
    return { title, weights: weightsOfPaths(facts.whole, paths.slice(0, paths.total)) };
  },
);

const layerAsked = ({ query: { layer } }: TraceContext): number => {
  if (layer === undefined) throw invalidField('layer', 'field.required', `Name the layer: ${LAYERS.join(', ')}.`);
  return LAYERS.indexOf(layer);
};

const unreached = ofView(
  'view.unreached',
  {
    text: 'Spend along the paths of the view that end before the layer.',
    expression: 'Σ C(path), of paths that end before the layer',
  },
  (context, { view }) => {
    const layer = layerAsked(context);
    return { title: `Spend in view that reaches no ${LAYERS[layer]}`, weights: weightsEnding(view, layer - 1) };
  },
);

const smaller = ofView(
  'view.smaller',
  {
    text: 'Spend that reaches the records of the layer which share one box of the picture, because larger ones have the room.',
    expression: 'Σ C(v), of the smaller records of the layer',
  },
  (context, viewed) => {
    const layer = layerAsked(context);
    const box = drawingIn(viewed, context.query).boxes.find((each) => each.id === `smaller:${LAYERS[layer]}`);
    const nodes = new Set(box?.nodes);
    return {
      title: `Spend that reaches the ${nodes.size} smaller of the layer ${LAYERS[layer]}`,
      weights: weightsThrough(viewed.view, layer, nodes),
    };
  },
);

const link = ofView(
  'view.link',
  {
    text: 'Spend along the links between the records of two boxes of the picture; to a box of what goes no further, the part that its records pass on to nobody.',
    expression: 'Σ allocation(u→v) · C(u), of the records of the two boxes',
  },
  (context, viewed) => {
    const drawing = drawingIn(viewed, context.query);
    const found = drawing.links.find(({ from, to }) => from === context.query.from && to === context.query.to);
    if (!found) throw notFound();
    return { title: `Spend from ${found.from} to ${found.to}`, weights: weightsOfLink(viewed, drawing, found) };
  },
);

const weightsOfLink = ({ view }: Viewed, { boxes }: Drawing, { from, to, isGap }: BoxLink): Weights => {
  const source = boxes.find(({ id }) => id === from)!;
  if (source.kind === 'gap') return weightsEnding(view, source.layer - 1);
  const sources = new Set(source.nodes);
  if (isGap) return weightsEnding(view, source.layer, sources);
  const targets = new Set(boxes.find(({ id }) => id === to)!.nodes);
  const { chain } = view;
  const links = chain.linksByBoundary[source.layer]!.filter(
    (each) => sources.has(chain.from[each]!) && targets.has(chain.to[each]!),
  );
  return weightsAlong(view, source.layer, links);
};

export const viewFigures: readonly FigureDefinition[] = [spend, unreached, smaller, link];
