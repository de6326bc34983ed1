import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Voice } from '../contract/stakeholder.js';
import { METRICS } from '../core/metrics/catalogue.js';
import type { MetricFacts } from '../core/metrics/facts.js';
import type { Metric } from '../core/metrics/metric.js';
import { type Question, QUESTIONS, type SurveyFacts } from '../core/metrics/stakeholder.js';
import {
  ENTERPRISE,
  FEWEST_FOR_COMMENTS,
  type GroupId,
  isUnionPublishable,
  outermost,
  publishable,
  totals,
} from '../core/suppression.js';
import { signalOf } from '../core/signal.js';
import type { Reading, Scope } from '../http/reading.js';
import { boundsOfTrend } from './bounds.js';
import { addUp, type Answers, factsOf, type NamedUnit, partsOf, readAnswers, sumOf } from './facts/surveys.js';
import { numberOf } from './metrics.service.js';

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

const metricOfQuestion = (question: Question): Metric =>
  METRICS.find(({ id }) => id === `stakeholder.${question === 'recommend' ? 'nps' : question}`)!;

/** The stakeholder metrics of many areas from one read of the answers; each is what `/metrics` says of that area. */
@Injectable()
export class StakeholderFigures {
  async read(manager: EntityManager, reading: Reading): Promise<AreaFigures> {
    const periods = boundsOfTrend(reading).map(({ period }) => period);
    return new AreaFigures(await readAnswers(manager, periods), reading.scope);
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
    const within = this.scope.unitIds === null ? null : new Set(this.scope.unitIds);
    const named = new Set(this.answers.periods.flatMap(({ answers }) => [...answers.keys()]));
    return this.answers.units
      .filter(({ id }) => (named.has(id) || asked.has(id)) && (within === null || within.has(id)))
      .sort((a, b) => (a.code.toLowerCase() < b.code.toLowerCase() ? -1 : 1))
      .map((unit) => ({
        ...{ code: unit.code, name: unit.name },
        ...this.voicesOf({ unitId: unit.id, unitIds: this.below(unit.id) }),
      }));
  }

  /** What these units say beside what all others do; null where these have said nothing. The scope must be the enterprise. */
  perception(itIds: readonly string[]): { question: Question; it: Side; business: Side }[] | null {
    const it = outermost(this.answers.units, new Set(itIds));
    const itUnits = new Set(it.flatMap((id) => this.below(id)));
    const { questions } = this.answers.periods.at(-1)!;
    const sides = QUESTIONS.map((question) => {
      const { direct, totals: numbers, shown } = questions[question];
      const isTold = isUnionPublishable(it, shown, numbers) && shown.has(ENTERPRISE);
      const side = (isSide: (unit: GroupId) => boolean): Side => {
        const counts = addUp([...direct].filter(([unit]) => isSide(unit)).map(([, each]) => each));
        const n = sumOf(counts);
        return sideOf(question, n === 0 || !isTold ? null : counts, n);
      };
      const isIt = (unit: GroupId): boolean => unit !== ENTERPRISE && itUnits.has(unit);
      return { question, it: side(isIt), business: side((unit) => !isIt(unit)) };
    });
    return sides.every(({ it: { n } }) => n === 0) ? null : sides;
  }

  /** Whether words of the scope's people may be shown: no fewer than 10 can be meant, also by what other scopes show. */
  mayTellComments(): boolean {
    const { answers } = this.answers.periods.at(-1)!;
    const numbers = totals(this.answers.units, answers);
    const parts = partsOf(this.answers, this.scope);
    if (sumOf(parts.map((part) => numbers.get(part) ?? 0)) === 0) return false;
    return isUnionPublishable(parts, publishable(this.answers.units, answers, FEWEST_FOR_COMMENTS), numbers);
  }

  responseRate(): { answers: number; invited: number } | null {
    const stated = this.answers.periods.at(-1)!.surveys.filter(({ invited }) => invited !== null && invited > 0);
    if (this.scope.unitIds !== null || stated.length === 0) return null;
    return {
      answers: sumOf(stated.map(({ answers }) => answers)),
      invited: sumOf(stated.map(({ invited }) => invited!)),
    };
  }

  private below(id: string): string[] {
    const found = new Set([id]);
    let size = 0;
    while (found.size > size) {
      size = found.size;
      for (const unit of this.answers.units) if (unit.parent !== null && found.has(unit.parent)) found.add(unit.id);
    }
    return [...found];
  }

  private voicesOf(scope: Units): AreaVoices {
    const facts = factsOf(this.answers, scope);
    const numbers = totals(this.answers.units, this.answers.periods.at(-1)!.answers);
    const answers = sumOf(partsOf(this.answers, scope).map((part) => numbers.get(part) ?? 0));
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
    signal: signalOf(
      points.map(({ value }) => numberOf(value)),
      metric.better,
    ),
  };
};

const sideOf = (question: Question, counts: readonly number[] | null, n: number): Side => {
  const questions = { [question]: { n, counts } } as unknown as SurveyFacts['questions'];
  const surveys: SurveyFacts[] = [{ period: '', surveys: [], questions }];
  const { value, nullReason } = metricOfQuestion(question).compute({ surveys } as unknown as MetricFacts, 0);
  return { value: numberOf(value), n, nullReason };
};
