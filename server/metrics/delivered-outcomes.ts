import type { EntityManager } from 'typeorm';
import type { OutcomeList, Stakeholders } from '../contract/stakeholder.js';
import { type OutcomeAt, outcomeAt } from '../core/metrics/outcomes.js';
import type { Fraction } from '../core/exact-amounts.js';
import { formatFraction } from '../core/money.js';
import type { Reading } from '../http/reading.js';
import { boundsOf } from './bounds.js';
import { type OutcomeRecord, readOutcomes } from './facts/measurements.js';

/** More than these are in the register. */
const MOST = 8;
/** As many decimals as a measurement can have. */
const DECIMALS = 10;

interface Standing {
  readonly record: OutcomeRecord;
  readonly at: OutcomeAt;
}

const textOf = ({ n, d }: Fraction): string => formatFraction(n, d, DECIMALS).replace(/\.?0+$/, '');

const byDay = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;
const byCode = (a: Standing, b: Standing): number => byDay(a.record.code.toLowerCase(), b.record.code.toLowerCase());

const listOf = (standings: readonly Standing[]): OutcomeList => ({
  total: standings.length,
  met: standings.filter(({ at }) => at.isMet).length,
  items: standings.slice(0, MOST).map(({ record, at }) => ({
    code: record.code,
    name: record.name,
    unit: record.unit,
    target: textOf(record.target!),
    targetDate: record.targetDate,
    latest: at.latest && textOf(at.latest),
    latestOn: at.latest && record.measuredOn,
    isMet: at.isMet,
  })),
});

/** Outcomes of the scope with a target, as they stand at the end of the period by the definition of the metrics. */
export const deliveredOutcomes = async (
  manager: EntityManager,
  reading: Reading,
): Promise<Stakeholders['outcomes']> => {
  const standings = (await readOutcomes(manager, reading, [boundsOf(reading)]))
    .filter(({ target }) => target !== null)
    .map((record): Standing => ({ record, at: outcomeAt(record, 1, reading.end) }));
  const due = standings.filter(({ at }) => at.isDue);
  const ahead = standings.filter(({ at }) => !at.isDue);
  return {
    due: listOf(due.sort((a, b) => byDay(b.record.targetDate, a.record.targetDate) || byCode(a, b))),
    ahead: listOf(ahead.sort((a, b) => byDay(a.record.targetDate, b.record.targetDate) || byCode(a, b))),
  };
};
