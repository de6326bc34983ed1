import { ZERO, minus, negated } from '../../core/exact-amounts.js';
import type { Figure } from '../../contract/trace.js';
import type { TraceContext } from '../context.js';
import { divided, type FigureDefinition, type Input, type Records, SHARE, type Worked } from '../figure.js';

/** A figure as part of another: its definition, and the question that it is asked where that is another one. */
export interface Part {
  readonly label: string;
  readonly figure: FigureDefinition;
  readonly at?: (context: TraceContext) => TraceContext;
}

/** The same question over the whole life, up to `until`. */
export const overLife = (context: TraceContext): TraceContext => context.within({ span: 'life' });

const worth = async (context: TraceContext, { label, figure, at }: Part): Promise<{ worked: Worked; input: Input }> => {
  const asked = at?.(context) ?? context;
  const worked = await asked.worked(figure);
  return { worked, input: { label, value: worked.value, unit: worked.unit, trace: asked.path(figure.id) } };
};

interface Description {
  readonly id: Figure;
  readonly title: string;
  readonly text: string;
  readonly expression: string;
  readonly forStakeholders: boolean;
  readonly history: readonly string[];
  /** Sentences on what the figure rests on; default: those of its first part. */
  readonly quality?: (context: TraceContext) => Promise<string[]>;
  /** Why the figure is not known, where what it is made of is; null where it is. */
  readonly unknown?: (context: TraceContext) => Promise<string | null>;
}

const definitionOf = (
  description: Description,
  work: (context: TraceContext) => Promise<Worked>,
  records: (context: TraceContext) => Promise<Records>,
): FigureDefinition => ({
  id: description.id,
  formula: { text: description.text, expression: description.expression },
  forStakeholders: description.forStakeholders,
  history: description.history,
  work,
  records,
});

/**
 * One figure less another of the same unit. Where neither is recorded the difference is not known (`isNone`); where one that `needs` to be
 * recorded is not, there is no difference: null with a reason.
 */
export const difference = (
  description: Description & {
    readonly of: Part;
    readonly less: Part;
    readonly needs?: { of?: string; less?: string };
  },
  records: (context: TraceContext, title: string) => Promise<Records>,
): FigureDefinition =>
  definitionOf(
    description,
    async (context) => {
      const of = await worth(context, description.of);
      const less = await worth(context, description.less);
      const nullReason =
        (less.worked.isNone && description.needs?.less) ||
        (of.worked.isNone && description.needs?.of) ||
        (await description.unknown?.(context)) ||
        null;
      return {
        title: description.title,
        unit: of.worked.unit,
        value: nullReason ? null : minus(of.worked.value ?? ZERO, less.worked.value ?? ZERO),
        ...(nullReason && { nullReason }),
        isNone: of.worked.isNone === true && less.worked.isNone === true,
        inputs: [of.input, less.input],
        quality: description.quality ? await description.quality(context) : of.worked.quality,
      };
    },
    (context) => records(context, description.title),
  );

/** One figure ÷ another, or ÷ its size where a plan can be negative; null with a reason where that is 0. Its records are those of its numerator. */
export const quotientOf = (
  description: Description & {
    readonly of: Part;
    readonly by: Part;
    readonly byItsSize?: boolean;
    readonly nullReason: string;
  },
): FigureDefinition =>
  definitionOf(
    description,
    async (context) => {
      const of = await worth(context, description.of);
      const by = await worth(context, description.by);
      const divisor = by.worked.value ?? ZERO;
      const size = description.byItsSize && divisor.n < 0n ? negated(divisor) : divisor;
      const unknown = (await description.unknown?.(context)) ?? null;
      const value = unknown === null && of.worked.value ? divided(of.worked.value, size) : null;
      return {
        title: description.title,
        unit: SHARE,
        value,
        ...(value === null && { nullReason: of.worked.nullReason ?? unknown ?? description.nullReason }),
        inputs: [of.input, by.input],
        quality: description.quality ? await description.quality(context) : of.worked.quality,
      };
    },
    async (context) => {
      const asked = description.of.at?.(context) ?? context;
      const records = await description.of.figure.records(asked);
      const months = records.of === 'values' ? { months: records.months ?? asked } : {};
      return { ...records, ...months, title: `Numerator: ${records.title}` } as Records;
    },
  );
