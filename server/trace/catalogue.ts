import { type Figure, FIGURES } from '../contract/trace.js';
import type { FigureDefinition } from './figure.js';
import { benefits, gap, gapAtStake, status } from './figures/counts.js';
import { confirmed, evidenced, planned, realised, traced } from './figures/funnel.js';
import { layerFigures } from './figures/layers.js';
import { nodeFigures } from './figures/nodes.js';
import { assumedShare, coverage, measuredRate, realisationRate } from './figures/rates.js';
import { budget, spend, tracedSpend, tracedSpendShare } from './figures/spend.js';

const DEFINITIONS: readonly FigureDefinition[] = [
  spend,
  budget,
  planned,
  realised,
  confirmed,
  traced,
  evidenced,
  realisationRate,
  measuredRate,
  coverage,
  tracedSpend,
  tracedSpendShare,
  assumedShare,
  benefits,
  status,
  gap,
  gapAtStake,
  ...layerFigures,
  ...nodeFigures,
];

/** Every figure that can be traced. A figure of the contract without a definition stops the start. */
export const CATALOGUE: ReadonlyMap<Figure, FigureDefinition> = new Map(
  FIGURES.flatMap((id) => {
    const definition = DEFINITIONS.find((each) => each.id === id);
    // Issue 3 under way: figures without a definition yet are left out.
    return definition ? [[id, definition] as const] : [];
  }),
);
