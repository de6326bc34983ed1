import type { Impact, TracedFigure, VarianceFigure } from '../contract/overview.js';
import type { Figure, TraceQuery } from '../contract/trace.js';
import type { Fraction } from '../core/exact-amounts.js';
import { CATALOGUE } from '../trace/catalogue.js';
import type { TraceContext } from '../trace/context.js';
import { textOf } from '../trace/figure.js';

/** How a figure is asked for beyond period and scope. */
export type Question = Partial<
  Pick<TraceQuery, 'period' | 'span' | 'until' | 'nature' | 'type' | 'ref' | 'kind' | 'month' | 'to' | 'on'>
>;

/** 1 where more is better, −1 where less is. */
export type Direction = 1n | -1n;

/** Figures as the trace works them out, with the path that says so. Nothing is worked out a second time in another way. */
export class TracedFigures {
  constructor(private readonly context: TraceContext) {}

  /** The exact value; null where there is none, or no record stands behind it. */
  async exact(figure: Figure, question: Question = {}): Promise<Fraction | null> {
    const worked = await this.context.within(question).worked(CATALOGUE.get(figure)!);
    return worked.isNone ? null : worked.value;
  }

  /** The value as text with the path of its trace. */
  async of(figure: Figure, question: Question = {}): Promise<TracedFigure> {
    const asked = this.context.within(question);
    const { value, unit, isNone } = await asked.worked(CATALOGUE.get(figure)!);
    const trace = this.path(figure, question);
    return { value: isNone || value === null ? null : textOf(value, unit), trace };
  }

  /** Why a figure has no value; null where it has one, or no record stands behind it. */
  async reason(figure: Figure, question: Question = {}): Promise<string | null> {
    const { value, nullReason } = await this.context.within(question).worked(CATALOGUE.get(figure)!);
    return value === null ? (nullReason ?? null) : null;
  }

  /** A difference, and what it means for the business. */
  async variance(figure: Figure, direction: Direction, question: Question = {}): Promise<VarianceFigure> {
    const [traced, exact] = [await this.of(figure, question), await this.exact(figure, question)];
    const impact = impactOf(exact, direction);
    return { ...traced, impact: (await this.mayOnlyBeMissing(figure, impact, question)) ? 'neutral' : impact };
  }

  /** Less than planned is no news where part of it is not reported, or of months that are not over. */
  private async mayOnlyBeMissing(figure: Figure, impact: Impact, question: Question): Promise<boolean> {
    const asked = this.context.within(question);
    if (figure.endsWith('.spend')) return impact === 'favourable' && (await asked.unreportedCosts()) > 0;
    if (!/^variance(_share)?\.realised$|^node\.(variance(_share)?|baseline_variance)$/.test(figure)) return false;
    return impact === 'unfavourable' && (await asked.pending()).count > 0;
  }

  path(figure: Figure, question: Question = {}): string {
    const { type, ref, kind, to, on } = question;
    const named = { ...(type && { type }), ...(ref !== undefined && { ref }), ...(kind && { kind }) };
    const record = { ...named, ...(to !== undefined && { to }), ...(on !== undefined && { on }) };
    return this.context.within(question).path(figure, record);
  }
}

/** What a difference from plan means: nothing where there is none. */
export const impactOf = (value: Fraction | null, direction: Direction, mayLackMonths = false): Impact => {
  const sign = (value?.n ?? 0n) * direction;
  if (sign === 0n || (sign < 0n && mayLackMonths)) return 'neutral';
  return sign > 0n ? 'favourable' : 'unfavourable';
};
