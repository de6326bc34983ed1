import { LAYERS, type Layer } from '../../../server/contract/chain.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import type { Draft, FieldProblem } from './form-values';
import { readNumber } from '../../lib/read-number';
import { hundredths, leftOverOf, percentText } from './left-over';
import { labelOf } from './words';
import { localised } from '../../../server/contract/locale-number.js';

/** A link joins two neighbouring layers: what one end is decides what the other may be. */

export interface End {
  type: Layer;
  code: string;
}

const text = (value: Draft[string] | undefined): string => (typeof value === 'string' ? value : '');

/** `initiative:INI-1` → its type and code; null while it names no layer. */
export function endOf(value: Draft[string] | undefined): End | null {
  const [, type, code] = /^([a-z]+):(.+)$/.exec(text(value).trim()) ?? [];
  const layer = LAYERS.find((known) => known === type);
  return layer && code ? { type: layer, code } : null;
}

/** The layers that an end may be in, as far as the other end is known. */
export function layersFor(field: 'fromCode' | 'toCode', draft: Draft): readonly Layer[] {
  if (field === 'fromCode') {
    const to = endOf(draft['toCode']);
    const at = to ? LAYERS.indexOf(to.type) : -1;
    return at > 0 ? [LAYERS[at - 1]!] : LAYERS.slice(0, -1);
  }
  const from = endOf(draft['fromCode']);
  const at = from ? LAYERS.indexOf(from.type) : -1;
  return at >= 0 && at < LAYERS.length - 1 ? [LAYERS[at + 1]!] : LAYERS.slice(1);
}

/**
 * The end of a link that says who may write it: it spends the money of an investment or an initiative, and claims the value of a benefit.
 * Null between capability and outcome, which lie in no portfolio themselves: there either end will do.
 */
export function decidingEnd(from: End | null, to: End | null): End | null {
  if (from?.type === 'investment' || from?.type === 'initiative') return from;
  return to?.type === 'benefit' ? to : null;
}

/** A share as typed: plain decimal text, null where blank, undefined while it is no percentage. */
export function shareOf(typed: string): string | null | undefined {
  const bare = typed.trim().replace(/\s*%$/, '');
  if (bare === '') return null;
  const plain = readNumber(bare);
  return plain !== null && hundredths(plain) !== null ? plain : undefined;
}

/** A link that is there already, or shares that exceed the whole: named before anything is sent. */
export function linkProblems(
  draft: Draft,
  ends: { from: readonly AnyRecord[] | undefined; to: readonly AnyRecord[] | undefined },
): FieldProblem[] {
  const check = (end: 'from' | 'to', field: 'allocation' | 'contribution'): FieldProblem[] => {
    const others = ends[end] ?? [];
    const own = shareOf(text(draft[field])) ?? null;
    const state = leftOverOf([...others.map((link) => link[field] as string | null), own]);
    if (state.over === 0) return [];
    const other = end === 'from' ? 'toCode' : 'fromCode';
    const stated = others.filter((link) => link[field] !== null);
    const named = stated.map((link) => `${String(link[other])} (${localised(String(link[field]))}\u00a0%)`).join(', ');
    const sum = localised(percentText(state.stated));
    const over = localised(percentText(state.over));
    const beside = named === '' ? '' : ` Beside this link stand ${named}.`;
    const message = `${labelOf(field)}: The shares add up to ${sum}\u00a0%, ${over}\u00a0% too much.${beside}`;
    return [{ field, message }];
  };
  const to = endOf(draft['toCode']);
  if (to && ends.from?.some((link) => link['toType'] === to.type && link['toCode'] === to.code))
    return [
      { field: 'toCode', message: `${labelOf('toCode')}: A link to ${to.code} is there already. Change that one.` },
    ];
  return [...check('from', 'allocation'), ...check('to', 'contribution')];
}
