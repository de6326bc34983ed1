import type { BenefitMeasurements } from '../../contract/benefit-page.js';
import { plainDecimal } from '../../core/money.js';
import type { AskedBenefit } from './asked.js';
import { type Replaced, replacedCells, type StoredMonth, storedMonths } from './benefit.queries.js';

type Item = BenefitMeasurements['items'][number];

/** Every month of a benefit as it was entered, with what stood there before and how far it is proven. */
export const measurementsOf = async (
  asked: AskedBenefit,
  { lockedThrough, isPlanFixed }: { lockedThrough: string | null; isPlanFixed: boolean },
): Promise<BenefitMeasurements> => {
  const { context, facts, figures, addsUp, unitName } = asked;
  const replaced = new Map<string, Replaced[]>();
  for (const cell of await replacedCells(context.manager, facts.id))
    replaced.set(cell.valueId, [...(replaced.get(cell.valueId) ?? []), cell]);
  const life = { type: 'benefit', ref: facts.code, span: 'life' } as const;
  const items = (await storedMonths(context.manager, facts.id, context.reading.today)).map((row) =>
    itemOf(row, replaced.get(row.id) ?? [], lockedThrough, context.reading.underWay),
  );
  return {
    code: facts.code,
    isMoney: facts.isMoney,
    currency: facts.currency,
    unit: facts.unit,
    isPlanFixed,
    lockedThrough,
    items,
    totals: addsUp
      ? {
          unit: unitName,
          planned: await figures.of('node.planned', life),
          baseline: await figures.of('node.baseline_planned', life),
          forecast: await figures.of('node.forecast', life),
          realised: await figures.of('node.realised', life),
          confirmed: await figures.of('node.confirmed', life),
        }
      : null,
  };
};

const amount = (stored: string | null): string | null => (stored === null ? null : plainDecimal(stored, true));

const itemOf = (
  row: StoredMonth,
  replaced: readonly Replaced[],
  lockedThrough: string | null,
  underWay: string,
): Item => {
  const revisions = replaced.map(({ valueId: _valueId, ...each }) =>
    each.field === 'evidence' ? each : { ...each, from: amount(each.from)!, to: amount(each.to) },
  );
  const isRestated = revisions.some(({ field }) => field === 'realised');
  const isMissing = row.realised === null && row.planned !== null && `${row.month}-01` < underWay;
  const letters: Item['letters'] = [];
  if (row.realised !== null && row.confirmedBy === null) letters.push('p');
  if (isMissing) letters.push('x');
  if (isRestated) letters.push('r');
  return {
    ...row,
    planned: amount(row.planned),
    baseline: amount(row.baseline),
    forecast: amount(row.forecast),
    realised: amount(row.realised),
    confirmed: amount(row.confirmed),
    letters,
    isLocked: lockedThrough !== null && row.month <= lockedThrough,
    revisions,
  };
};
