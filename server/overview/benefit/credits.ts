import { compareCodes } from '../../chain/codes.js';
import type { BenefitCredits } from '../../contract/benefit-page.js';
import type { TracedFigure } from '../../contract/overview.js';
import { type AskedBenefit, waysBack } from './asked.js';
import { rationales } from './benefit.queries.js';

const INVESTMENT_LAYER = 0;

/** What a benefit's value is due to, link by link, and how much of it is credited to each investment. */
export const creditsOf = async (asked: AskedBenefit): Promise<BenefitCredits> => {
  const { context, figures, facts } = asked;
  const { rows, whole } = await context.chain();
  const { chain } = whole;
  const { links, nodes } = await waysBack(asked);
  const why = await rationales(context.manager, [...new Set(links.map((link) => rows[chain.to[link]!]!.id))]);
  const end = (node: number) => ({ type: rows[node]!.type, code: rows[node]!.code, name: rows[node]!.name });
  const one = { type: 'benefit', ref: facts.code } as const;
  const investments = [...nodes]
    .filter((node) => chain.layerOf[node] === INVESTMENT_LAYER)
    .sort((a, b) => compareCodes(rows[a]!.code, rows[b]!.code));
  const worth = async (figure: Parameters<typeof figures.of>[0], to?: string): Promise<TracedFigure> =>
    figures.of(figure, to === undefined ? one : { ...one, to });
  const found: BenefitCredits['investments'] = [];
  for (const node of investments)
    found.push({
      code: rows[node]!.code,
      name: rows[node]!.name,
      share: await worth('node.credited_share', rows[node]!.code),
      planned: await worth('node.credited_planned', rows[node]!.code),
      realised: await worth('node.credited_realised', rows[node]!.code),
    });
  const steps: BenefitCredits['links'] = [];
  for (const link of links) {
    const [from, to] = [chain.from[link]!, chain.to[link]!];
    const { type, code } = rows[from]!;
    steps.push({
      from: end(from),
      to: end(to),
      contribution: await figures.of('link.contribution', { type, ref: code, to: rows[to]!.code }),
      isAssumed: chain.links[link]!.contribution === null,
      rationale: why.get(`${rows[from]!.id} ${rows[to]!.id}`) ?? null,
    });
  }
  return {
    code: facts.code,
    period: context.reading.period,
    isMoney: facts.isMoney,
    unit: asked.unitName,
    links: steps,
    investments: found,
    uncredited: {
      share: await worth('node.uncredited_share'),
      planned: await worth('node.uncredited_planned'),
      realised: await worth('node.uncredited_realised'),
    },
    total: {
      share: await worth('node.credit_shares'),
      planned: await worth('node.planned'),
      realised: await worth('node.realised'),
    },
  };
};
