import { type ChainLink, isAssumed } from '../../core/shares.js';
import type { TraceContext } from '../context.js';
import { COUNT, divided, type FigureDefinition, type Listed, SHARE, whole } from '../figure.js';

/** How many links the chain has, and how many of them rest on shares that nobody stated. */

const OF_ALL = 'Links are those of the whole enterprise, whatever the scope: a share means the same everywhere.';

/** The blank shares of a link, in words. */
const blankOf = (link: ChainLink): string =>
  (['allocation', 'contribution'] as const).filter((share) => link[share] === null).join(' and ');

const listed = async (context: TraceContext, counts: (link: ChainLink) => boolean): Promise<Listed[]> => {
  const { rows, whole: figures } = await context.chain();
  const { chain } = figures;
  return chain.links.flatMap((link, index) => {
    if (!counts(link)) return [];
    const [from, to] = [rows[chain.from[index]!]!, rows[chain.to[index]!]!];
    return [
      {
        type: 'link',
        code: `${from.code} → ${to.code}`,
        name: `${from.name} → ${to.name}`,
        note: isAssumed(link) ? `Blank: ${blankOf(link)}.` : null,
        amount: whole(1),
      },
    ];
  });
};

/** Question: how many links lead from money to benefit? A count. Of the whole enterprise. */
export const links: FigureDefinition = {
  id: 'links',
  formula: { text: 'Links between two records that are not archived.', expression: 'n(links)' },
  forStakeholders: false,
  history: ['link', 'import'],
  async work(context) {
    const { chain } = (await context.chain()).whole;
    return { title: 'Links', unit: COUNT, value: whole(chain.links.length), inputs: [], quality: [OF_ALL] };
  },
  records: async (context) => ({
    of: 'list',
    title: 'Links',
    unit: COUNT,
    items: await listed(context, () => true),
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
    const { chain } = (await context.chain()).whole;
    const [blank, all] = [whole(chain.links.filter(isAssumed).length), whole(chain.links.length)];
    const value = divided(blank, all);
    return {
      title: 'Share of links with an assumed share',
      unit: SHARE,
      value,
      ...(value === null && { nullReason: 'no_links' }),
      inputs: [
        { label: 'Links with a blank share', value: blank, unit: COUNT, trace: null },
        { label: 'Links', value: all, unit: COUNT, trace: context.path('links') },
      ],
      quality: [OF_ALL],
    };
  },
  records: async (context) => ({
    of: 'list',
    title: 'Numerator: links with a blank share',
    unit: COUNT,
    items: await listed(context, isAssumed),
  }),
};
