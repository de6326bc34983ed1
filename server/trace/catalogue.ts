import { ADDED_FIGURES, type Figure } from '../contract/trace.js';
import type { FigureDefinition } from './figure.js';
import { actionEffect } from './figures/action-effect.js';
import { actionFigures } from './figures/actions.js';
import { caseFigures } from './figures/case.js';
import { calibratedLifeFigures } from './figures/calibrated-lives.js';
import { caseForecastFigures } from './figures/case-forecasts.js';
import { driverFigures } from './figures/case-drivers.js';
import { baselineFigures } from './figures/baseline.js';
import { claimFigures } from './figures/claims.js';
import { benefits, gap, gapAtStake, status } from './figures/counts.js';
import { declaredFigures } from './figures/declared.js';
import { delayCost } from './figures/delay.js';
import { dueFigures } from './figures/due.js';
import { forecastFigures } from './figures/forecasts.js';
import { confirmed, evidenced, forecast, planned, realised, traced } from './figures/funnel.js';
import { layerFigures } from './figures/layers.js';
import { listedFigures } from './figures/listed.js';
import { listedRateFigures } from './figures/listed-rates.js';
import { lossFigures } from './figures/losses.js';
import { nodeCreditFigures } from './figures/node-credits.js';
import { nodeOutlookFigures } from './figures/node-outlook.js';
import { nodePlanChange, nodePlanVersion } from './figures/node-plan-version.js';
import { nodeShareFigures } from './figures/node-shares.js';
import { nodeRateFigures } from './figures/node-rates.js';
import { maturityFigures } from './figures/maturity.js';
import { needFigures } from './figures/needs.js';
import { measureFigures } from './figures/measures.js';
import { monthFigures } from './figures/months.js';
import { nodeVarianceFigures } from './figures/node-variance.js';
import { nodeFigures } from './figures/nodes.js';
import { expected, expectedShare, outlook } from './figures/outlook.js';
import { assumedShare, links } from './figures/links.js';
import { coverage, measuredRate, realisationRate } from './figures/rates.js';
import { indicatorValue } from './figures/indicators.js';
import { perceptionFigures } from './figures/perception.js';
import { signFigures } from './figures/signs.js';
import { scenarioFigures } from './figures/scenario.js';
import { registerNodeFigures } from './figures/register-nodes.js';
import { budget, spend, tracedSpend, tracedSpendShare, unreportedCosts } from './figures/spend.js';
import { strategicFigures } from './figures/strategic.js';
import { unreachedFigures } from './figures/unreached.js';
import { varianceFigures } from './figures/variances.js';
import { verdictAmount } from './figures/verdicts.js';
import { viewFigures } from './figures/views.js';
import { wayFigures } from './figures/ways.js';

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
  links,
  assumedShare,
  benefits,
  status,
  gap,
  gapAtStake,
  ...layerFigures,
  ...nodeFigures,
  forecast,
  outlook,
  expected,
  expectedShare,
  ...varianceFigures,
  ...lossFigures,
  ...unreachedFigures,
  ...dueFigures,
  ...nodeVarianceFigures,
  ...caseFigures,
  ...driverFigures,
  ...caseForecastFigures,
  ...forecastFigures,
  ...calibratedLifeFigures,
  unreportedCosts,
  ...baselineFigures,
  ...wayFigures,
  ...viewFigures,
  ...nodeOutlookFigures,
  ...nodeRateFigures,
  ...nodeCreditFigures,
  nodePlanVersion,
  nodePlanChange,
  ...nodeShareFigures,
  actionEffect,
  delayCost,
  ...measureFigures,
  ...maturityFigures,
  ...needFigures,
  ...strategicFigures,
  verdictAmount,
  ...scenarioFigures,
  ...claimFigures,
  ...monthFigures,
  ...listedFigures,
  ...listedRateFigures,
  ...registerNodeFigures,
  ...declaredFigures,
  ...actionFigures,
  ...signFigures,
  indicatorValue,
  ...perceptionFigures,
];

const definitionOf = (id: Figure): FigureDefinition => {
  const definition = DEFINITIONS.find((each) => each.id === id);
  if (!definition) throw new Error(`The figure ${id} has no definition.`);
  return definition;
};

/** Every figure whose records add up to it; metrics are defined by `MetricsService`. A figure of the contract without a definition stops the start. */
export const CATALOGUE: ReadonlyMap<Figure, FigureDefinition> = new Map(
  ADDED_FIGURES.map((id) => [id, definitionOf(id)] as const),
);
