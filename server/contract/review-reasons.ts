import { absolute, add, compare } from './decimal.js';
import { counted } from './format.js';
import { groupedBy } from './grouped.js';
import type { BridgeStep, RestatedFigure } from './review-after.js';
import { causeWords, lineOf, stepWords } from './review-why.js';

/** What made a figure of a review another, briefly: what was done once to many months or records is told once. */

type Cause = BridgeStep['causes'][number];

const bare = ({ of: _, ...cause }: Cause): Cause => ({ ...cause, field: null, from: null, to: null });
/** Why, by whom and when. */
const circumstances = (cause: Cause): string => causeWords({ ...bare(cause), action: '' });
/** What was done, why, by whom and when; not to what, and not by how much. */
const deedOf = (cause: Cause): string => causeWords({ ...bare(cause), action: cause.field ?? cause.action });

/** Things that were done in one go, with what each of them was done to. */
export interface Deed {
  /** `imported, import costs.csv, A. Meyer, 3 Nov 2026, 09:12 UTC`. */
  readonly words: string;
  readonly causes: readonly Cause[];
}

/** What was done, each deed once, in the order of the first of each. */
export const deedsOf = (causes: readonly Cause[]): Deed[] =>
  [...groupedBy(causes, deedOf)].map(([words, of]) => ({ words, causes: of }));

/** What tells a cause from others of the same deed: `INV-1 → INI-2, 0.4 → 0.6`; nothing where it says no more than the deed. */
export const ownWords = (cause: Cause): string => {
  const end = `, ${circumstances(cause)}`;
  const [all, deed] = [causeWords(cause), deedOf(cause)].map((words) => words.replace(end, '')) as [string, string];
  return all
    .split(', ')
    .map((part) => (part === deed ? '' : part.startsWith(`${deed} `) ? part.slice(deed.length + 1) : part))
    .filter(Boolean)
    .join(', ');
};

const MONTH = / (\d{4}-\d\d(?:-\d\d)?)$/;

interface Part {
  /** What it was done to, without its month. */
  readonly to: string;
  readonly at: string | null;
  readonly deed: string;
  /** In full. */
  readonly words: string;
  /** How much the figure moved by the step, whichever way. */
  readonly weight: string;
}

/** How many more changes made a step than it names: `and 31 more changes: see the audit trail`. */
export const moreWords = (more: number): string => `and ${counted(more, 'more change')}: see the audit trail`;

const partsOf = ({ record, effect, causes, more }: BridgeStep): Part[] => {
  const { type, code, name, at } = record;
  const weight = absolute(effect.value ?? '0');
  const [first] = causes;
  if (first === undefined) {
    const words = [type === 'none' ? '' : code, name].filter(Boolean).join(' ');
    return [{ to: words, at, deed: '', words, weight }];
  }
  // Many records at once: how many is its name.
  if (type === 'event') {
    const words = `${name}, ${circumstances(first)}`;
    return [{ to: '', at: null, deed: words, words, weight }];
  }
  const told = causes.map((cause): Part => {
    const of = cause.of?.replace(MONTH, '');
    const to = [stepWords(record, cause), of].filter(Boolean).join(of === undefined ? ' ' : ': ');
    const words = lineOf(record, cause);
    return { to, at: at ?? MONTH.exec(cause.of ?? '')?.[1] ?? null, deed: deedOf(cause), words, weight };
  });
  if (more === undefined) return told;
  const [to, deed] = [[stepWords(record, first), at].filter(Boolean).join(' '), moreWords(more)];
  return [...told, { to, at: null, deed, words: [to, deed].filter(Boolean).join(' '), weight }];
};

const countedParts = (parts: readonly Part[]): string => {
  const months = new Set(parts.flatMap(({ at }) => at ?? [])).size;
  if (months === parts.length) return counted(months, 'month');
  return `${counted(parts.length, 'change')}${months > 1 ? ` in ${counted(months, 'month')}` : ''}`;
};

/**
 * Why a figure is another today, what moved it most first; what was done to a record in one go is one reason, with how many months or changes it was:
 * `EX-INV-11 imported, A. Meyer, 3 Nov 2026, 09:12 UTC (108 months)`. All steps stand in its bridge.
 */
export const reasonsOf = ({ bridge }: Pick<RestatedFigure, 'bridge'>): string[] =>
  [...groupedBy((bridge ?? []).flatMap(partsOf), ({ to, deed }) => JSON.stringify([to, deed])).values()]
    .map((parts) => ({ parts, weight: parts.reduce((sum, part) => add(sum, part.weight), '0') }))
    .sort((a, b) => compare(b.weight, a.weight))
    .map(({ parts }) => {
      const [{ to, deed, words }] = parts as [Part, ...Part[]];
      if (parts.length === 1) return words;
      const isOneLine = parts.every((part) => part.words === words);
      return `${isOneLine ? words : [to, deed].filter(Boolean).join(' ')} (${countedParts(parts)})`;
    });

/** Neighbouring steps of a bridge that come from the same deeds: a step alone is a run of one. */
export const runsOf = (bridge: readonly BridgeStep[]): BridgeStep[][] => {
  const runs: BridgeStep[][] = [];
  const sameAs = ({ record, causes }: BridgeStep): string | null =>
    causes.length === 0 || record.type === 'event' ? null : [...new Set(causes.map(deedOf))].sort().join('\n');
  for (const step of bridge) {
    const last = runs.at(-1);
    const deeds = sameAs(step);
    if (last && deeds !== null && sameAs(last[0]!) === deeds) last.push(step);
    else runs.push([step]);
  }
  return runs;
};
