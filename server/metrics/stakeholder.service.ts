import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Stakeholders, Voice } from '../contract/stakeholder.js';
import { type Fraction, minus } from '../core/exact-amounts.js';
import { METRICS } from '../core/metrics/catalogue.js';
import type { MetricFacts } from '../core/metrics/facts.js';
import type { Computed, Metric } from '../core/metrics/metric.js';
import { type Question, QUESTIONS, type SurveyFacts } from '../core/metrics/stakeholder.js';
import {
  ENTERPRISE,
  FEWEST_FOR_COMMENTS,
  type GroupId,
  isUnionPublishable,
  outermost,
  publishable,
  totals,
  within,
} from '../core/suppression.js';
import { signalOfPeriod } from '../core/signal.js';
import type { Reading, Scope } from '../http/reading.js';
import { boundsOfTrend } from './bounds.js';
import { deliveredOutcomes } from './delivered-outcomes.js';
import {
  addUp,
  type Answers,
  factsOf,
  type NamedUnit,
  partsOf,
  type PeriodAnswers,
  readAnswers,
  sumOf,
  withinOf,
} from './facts/surveys.js';
import { numberOf } from '../core/metrics/judged.js';

type Units = Pick<Scope, 'unitId' | 'unitIds'>;

/** What one area says. */
export interface AreaVoices {
  readonly answers: number;
  readonly voices: Voice[];
}

export interface Side {
  readonly value: number | null;
  readonly n: number;
  readonly nullReason: Voice['nullReason'];
}
/** `value` exactly, and how often each answer was given, from the lowest; both null where they must not be told. */
export interface ExactSide extends Pick<Computed, 'nullReason'> {
  readonly value: Fraction | null;
  readonly n: number;
  readonly counts: readonly number[] | null;
}

/** What IT says of itself, what the business says, and the first less the second. */
export interface Perceived {
  readonly question: Question;
  readonly it: Side;
  readonly business: Side;
  readonly gap: number | null;
}

export interface PerceivedExactly {
  readonly question: Question;
  readonly it: ExactSide;
  readonly business: ExactSide;
  readonly gap: Fraction | null;
}

const metricOfQuestion = (question: Question): Metric =>
  METRICS.find(({ id }) => id === `stakeholder.${question === 'recommend' ? 'nps' : question}`)!;

/** The stakeholder metrics of many areas from one read of the answers; each is what `/metrics` says of that area. */
@Injectable()
export class StakeholderFigures {
  async read(manager: EntityManager, reading: Reading): Promise<AreaFigures> {
    const periods = boundsOfTrend(reading).map(({ period }) => period);
    return new AreaFigures(await readAnswers(manager, periods), reading.scope);
  }

  /** Outcomes of the scope with a target, as they stand at the end of the period. */
  outcomes(manager: EntityManager, reading: Reading): Promise<Stakeholders['outcomes']> {
    return deliveredOutcomes(manager, reading);
  }
}

export class AreaFigures {
  constructor(
    private readonly answers: Answers,
    private readonly scope: Units,
  ) {}

  /** Of the asked scope. */
  whole(): AreaVoices {
    return this.voicesOf(this.scope);
  }

  /** Units of the scope that answers name, or that were asked, with all below them. */
  areas(asked: ReadonlySet<string>): (AreaVoices & Pick<NamedUnit, 'code' | 'name'>)[] {
    const now = this.now();
    const asOfThen = withinOf(now, this.scope);
    const inScope = (id: string): boolean =>
      asOfThen === null || asOfThen.has(id) || (asked.has(id) && this.scope.unitIds!.includes(id));
    const named = new Set(this.answers.periods.flatMap(({ answers }) => [...answers.keys()]));
    return this.answers.units
      .filter(({ id }) => (named.has(id) || asked.has(id)) && inScope(id))
      .sort((a, b) => (a.code.toLowerCase() < b.code.toLowerCase() ? -1 : 1))
      .map((unit) => ({
        ...{ code: unit.code, name: unit.name },
        ...this.voicesOf({ unitId: unit.id, unitIds: [unit.id] }),
      }));
  }

  /** What these units say beside what all others do; null where these have said nothing. The scope must be the enterprise. */
  perception(itIds: readonly string[]): Perceived[] | null {
    const sides = this.perceived(itIds);
    return (
      sides?.map(({ question, it, business, gap }) => ({
        ...{ question, it: shown(it), business: shown(business) },
        gap: numberOf(gap),
      })) ?? null
    );
  }

  /** The same with exact values and how often each answer was given. */
  perceived(itIds: readonly string[]): PerceivedExactly[] | null {
    const { questions, tree } = this.now();
    const it = outermost(tree, new Set(itIds));
    const itUnits = within(tree, it);
    const sides = QUESTIONS.map((question) => {
      const { direct, totals: numbers, shown: told } = questions[question];
      const isTold = isUnionPublishable(it, told, numbers) && told.has(ENTERPRISE);
      const side = (isSide: (unit: GroupId) => boolean): ExactSide => {
        const counts = addUp([...direct].filter(([unit]) => isSide(unit)).map(([, each]) => each));
        const n = sumOf(counts);
        return sideOf(question, n === 0 || !isTold ? null : counts, n);
      };
      const isIt = (unit: GroupId): boolean => unit !== ENTERPRISE && itUnits.has(unit);
      // Who names no unit counts as business: left out, they could be worked out from the whole.
      const [own, other] = [side(isIt), side((unit) => !isIt(unit))];
      return { question, it: own, business: other, gap: gapOf(own, other) };
    });
    return sides.every(({ it: { n } }) => n === 0) ? null : sides;
  }

  /** Whether words of the scope's people may be shown: no fewer than 10 can be meant, also by what other scopes show. */
  mayTellComments(): boolean {
    const { answers, tree } = this.now();
    const numbers = totals(tree, answers);
    const parts = partsOf(this.now(), this.scope);
    if (sumOf(parts.map((part) => numbers.get(part) ?? 0)) === 0) return false;
    return isUnionPublishable(parts, publishable(tree, answers, FEWEST_FOR_COMMENTS), numbers);
  }

  /** As `stakeholder.response_rate` has it: of the enterprise only. */
  responseRate(): number | null {
    if (this.scope.unitIds !== null) return null;
    const surveys = factsOf(this.answers, this.scope);
    const metric = METRICS.find(({ id }) => id === 'stakeholder.response_rate')!;
    return numberOf(metric.compute({ surveys } as unknown as MetricFacts, surveys.length - 1).value);
  }

  /** Units whose people are meant, as the tree was then; null for the enterprise. */
  commentUnits(): string[] | null {
    const inside = withinOf(this.now(), this.scope);
    return inside && [...inside];
  }

  private now(): PeriodAnswers {
    return this.answers.periods.at(-1)!;
  }

  private voicesOf(scope: Units): AreaVoices {
    const facts = factsOf(this.answers, scope);
    const now = this.now();
    const numbers = totals(now.tree, now.answers);
    const answers = sumOf(partsOf(now, scope).map((part) => numbers.get(part) ?? 0));
    return { answers, voices: QUESTIONS.map((question) => voiceOf(question, facts)) };
  }
}

const voiceOf = (question: Question, surveys: readonly SurveyFacts[]): Voice => {
  const metric = metricOfQuestion(question);
  const points = surveys.map((_, at) => metric.compute({ surveys } as MetricFacts, at)).slice(1);
  const now = points.at(-1)!;
  return {
    question,
    value: numberOf(now.value),
    n: now.n,
    nullReason: now.nullReason,
    previous: numberOf(points.at(-2)!.value),
    counts: now.value === null ? null : [...surveys.at(-1)!.questions[question].counts!],
    signal: signalOfPeriod(
      points.map(({ value }) => numberOf(value)),
      metric.better,
    ),
  };
};

const shown = ({ value, n, nullReason }: ExactSide): Side => ({ value: numberOf(value), n, nullReason });

/** Only where both are told. */
const gapOf = (own: ExactSide, other: ExactSide): Fraction | null =>
  own.value === null || other.value === null ? null : minus(own.value, other.value);

const sideOf = (question: Question, counts: readonly number[] | null, n: number): ExactSide => {
  const questions = { [question]: { n, counts } } as unknown as SurveyFacts['questions'];
  const surveys: SurveyFacts[] = [{ period: '', surveys: [], questions }];
  const { value, nullReason } = metricOfQuestion(question).compute({ surveys } as unknown as MetricFacts, 0);
  // Means of answers are fractions: a number is a percentile or a root, and no metric of answers is one.
  return { value: typeof value === 'number' ? null : value, nullReason, n, counts };
};
