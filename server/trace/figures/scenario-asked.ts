import { indexOfRef } from '../../chain/chain.service.js';
import type { Layer } from '../../contract/chain.js';
import { type Side, SIDES } from '../../contract/scenario-words.js';
import { invalidField } from '../../http/problem.js';
import { assumptionsOf, type Effect, lines as of, notesOf } from '../../scenarios/effect.service.js';
import type { TraceContext } from '../context.js';
import type { Unit } from '../figure.js';

/** What is asked of a what-if: its effect, a side of it, and the record if the figure is of one. */

export const history = ['investment_cost', 'benefit_value', 'link', 'exchange_rate', 'import'];

export interface Asked {
  readonly effect: Effect;
  readonly side: Side;
  readonly node: number | null;
  readonly name: string;
  readonly column: of.Column | undefined;
}

export const asked = async (context: TraceContext, types: readonly Layer[]): Promise<Asked> => {
  const { changes, type, ref, kind, from, to } = context.query;
  if (changes === undefined)
    throw invalidField(
      'changes',
      'field.required',
      'Name the changes, for example changes=stop:investment:INV-1:2027-01.',
    );
  const side = SIDES.find((each) => each === (kind ?? 'scenario'));
  if (side === undefined) throw invalidField('kind', 'field.invalid', `Name the side by kind: ${SIDES.join(', ')}.`);
  const effect = await context.effect();
  const column = from !== undefined && to !== undefined ? { from, to } : undefined;
  if (type === undefined && ref === undefined) return { effect, side, node: null, name: '', column };
  const named = context.node();
  if (!types.includes(named.type))
    throw invalidField('type', 'field.invalid', `This figure is of: ${types.join(', ') || 'no single record'}.`);
  const node = indexOfRef({ rows: effect.rows }, named.type, named.ref);
  const { code, name } = effect.rows[node]!;
  return { effect, side, node, name: `${code} ${name}`, column };
};

/** What the figure that is asked for is named by, beside its kind. */
export const naming = ({ query: { type, ref, changes, from, to } }: TraceContext) => ({
  ...(type && { type }),
  ...(ref !== undefined && { ref }),
  ...(changes !== undefined && { changes }),
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

export const unitOf = (context: TraceContext, { effect, node }: Asked): Unit => {
  const benefit = node === null ? undefined : effect.benefits.get(node);
  return benefit === undefined || benefit.isMoney
    ? context.money
    : { name: benefit.unit ?? 'own unit', decimals: 10, trimmed: true };
};

export const quality = ({ effect }: Asked): string[] => [
  'What if: hypothetical, and nothing of it is recorded.',
  ...assumptionsOf(effect),
  ...notesOf(effect),
];

/** Of a level there are no amounts. */
export const isLevel = ({ effect, node }: Asked): boolean =>
  (node === null ? false : effect.benefits.get(node)?.isLevel) ?? false;

export const RECORDS = ['outcome', 'benefit'] as const;
export const valueOf = (found: Asked): of.Lines => {
  if (found.node === null) return of.valueLines(found.effect, null);
  const isBenefit = found.effect.rows[found.node]!.type === 'benefit';
  return of.valueLines(found.effect, isBenefit ? { benefit: found.node } : { outcome: found.node });
};
