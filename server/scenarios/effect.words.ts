import type { ScenarioChange } from '../contract/scenario-words.js';
import type { Effect } from './effect.facts.js';

/** Sentences on what a what-if assumes, and on what it rests. They say nothing where there is nothing to say. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `2027-01` as people write it: `Jan 2027`. */
export const monthWords = (month: string): string => `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;

const has = ({ changes }: Effect, kind: ScenarioChange['kind']): boolean =>
  changes.some(({ change, node }) => change.kind === kind && node !== null);

/** What is taken for granted, in words: as true of the figures as their formulas. */
export const assumptionsOf = (effect: Effect): string[] => {
  const { firstMonth, horizon, changes } = effect;
  if (changes.length === 0) return [];
  const types = new Set(changes.map(({ change }) => change.type));
  return [
    `What has happened stays: only planned cost and expected value from ${monthWords(firstMonth)} on can change. Expected is the forecast, in a month without one the plan.`,
    'Benefits change in proportion to their contribution shares. What is due to other causes stays.',
    ...(has(effect, 'stop')
      ? ['Stopped: from that month on nothing is spent, and what is credited to it no longer comes.']
      : []),
    ...(has(effect, 'delay')
      ? [
          `Delayed: cost and credited benefits come so many months later. The cost is still paid in full; what benefits would bring after ${horizon === null ? 'the last planned month' : monthWords(horizon)}, the last month that is planned, is not counted. Of several delays on one path the longest counts.`,
        ]
      : []),
    ...(has(effect, 'funding')
      ? [
          'Funded otherwise: effect follows money in proportion. At half of the planned money half of the credited benefit comes. Of several on one record the latest counts.',
        ]
      : []),
    ...(types.size > 1
      ? ['Where an investment and an initiative under it are both changed, what they share is counted once.']
      : []),
    'The cost of stopping or changing course, such as contracts that run on, is not counted. Nothing is discounted.',
  ];
};

/** What the figures rest on. */
export const notesOf = (effect: Effect): string[] => [
  ...effect.changes.flatMap(({ change, node }) => noteOf(effect, change, node)),
  ...uncredited(effect),
  ...missingAmounts(effect),
  ...assumedShares(effect),
  ...foreign(effect),
  ...(effect.reading.scope.label === 'enterprise'
    ? []
    : [`Only cost and benefits of the scope ${effect.reading.scope.label} count.`]),
];

const noteOf = (effect: Effect, { type, code, from }: ScenarioChange, node: number | null): string[] => {
  if (node === null) return [`There is no ${type} ${code}: it was archived, or never was. This change does nothing.`];
  if (from < effect.firstMonth)
    return [
      `${code}: from ${monthWords(from)}, but all before ${monthWords(effect.firstMonth)} has happened. It counts from then on.`,
    ];
  const last = lastMonth(effect);
  return last !== null && from > last
    ? [
        `${code}: from ${monthWords(from)}, after the last month that is planned (${monthWords(last)}). It changes nothing.`,
      ]
    : [];
};

const lastMonth = ({ cost, values }: Effect): string | null => {
  const months = [...cost.values(), ...values.values()].flatMap((sources) => sources.at(-1)?.month ?? []);
  return months.length === 0 ? null : months.reduce((last, month) => (month > last ? month : last));
};

/** Changed records that no benefit is credited to. */
const uncredited = (effect: Effect): string[] => {
  const { changes, whatIf, benefits } = effect;
  const codes = changes.flatMap(({ change, node }) => {
    const own = whatIf.parts.filter((part) => part.changes.some((each) => each.node === node));
    const isCredited = own.some(({ benefits: weights }) => weights.numerators.some((weight) => weight !== 0n));
    return node === null || isCredited ? [] : [change.code];
  });
  const none = [...new Set(codes)];
  if (none.length > 0)
    return [`No benefit is credited to ${none.join(', ')}: the links lead to none, or carry no contribution.`];
  const isOutside = whatIf.parts.length > 0 && benefits.size === 0;
  return isOutside ? ['The benefits that are credited to it lie outside the scope.'] : [];
};

const missingAmounts = ({ benefits, values, investments, cost, whatIf, rows }: Effect): string[] => {
  const silent = [...benefits.keys()].filter((node) => !values.has(node)).length;
  const unplanned = investments.filter((node) => !cost.has(node) && whatIf.costShare(node) !== 0n);
  const sources = [...values.values()].flat();
  const planned = sources.filter(({ isPlan }) => isPlan).length;
  return [
    ...(unplanned.length === 0
      ? []
      : [
          `No cost to come is planned for ${listed(unplanned.map((node) => rows[node]!.code))}: nothing can be saved there.`,
        ]),
    ...(silent === 0
      ? []
      : [
          `${silent} of ${benefits.size} ${benefits.size === 1 ? 'benefit that is' : 'benefits that are'} credited ${silent === 1 ? 'has' : 'have'} neither plan nor forecast after the period: nothing is expected of ${silent === 1 ? 'it' : 'them'}.`,
        ]),
    ...(planned === 0 || planned === sources.length
      ? planned === 0
        ? []
        : ['No later month has a forecast: the plan stands in.']
      : [`${planned} of ${sources.length} values of later months have no forecast: the plan stands in.`]),
  ];
};

const MOST_LISTED = 5;
const listed = (codes: readonly string[]): string =>
  codes.length <= MOST_LISTED
    ? codes.join(', ')
    : `${codes.slice(0, MOST_LISTED).join(', ')} and ${codes.length - MOST_LISTED} more`;

/** Links on which credit runs, and how many of them nobody has stated. */
const assumedShares = ({ chain, changes }: Effect): string[] => {
  const reached = new Set(changes.flatMap(({ node }) => node ?? []));
  const links: number[] = [];
  for (const boundary of chain.linksByBoundary)
    for (const link of boundary)
      if (reached.has(chain.from[link]!)) {
        reached.add(chain.to[link]!);
        links.push(link);
      }
  const assumed = links.filter((link) => chain.links[link]!.contribution === null).length;
  return assumed === 0
    ? []
    : [
        `${assumed} of ${links.length} ${links.length === 1 ? 'link to its benefits carries' : 'links to the benefits carry'} an assumed contribution: the share was left blank and is split equally.`,
      ];
};

const foreign = ({ reading, cost, spent, values, benefits }: Effect): string[] => {
  const units = [
    ...[...cost.values(), ...spent.values()].flat().map(({ unit }) => unit),
    ...[...values.keys()].flatMap((node) => (benefits.get(node)!.isMoney ? [benefits.get(node)!.unit] : [])),
  ];
  const others = [...new Set(units)].filter((unit) => unit !== null && unit !== reading.currency).sort();
  return others.length === 0
    ? []
    : [
        `Amounts in ${others.join(', ')} are converted to ${reading.currency} at the exchange rate of the month for which they were planned.`,
      ];
};
