import type { BenefitLine } from '../../../server/contract/register.js';
import { BENEFIT_STATUSES } from '../../../server/contract/status.js';
import { compare } from '../../../server/contract/decimal.js';
import type { TableOrder } from '../../ui/data-table';
import type { BenefitSearch, Sort } from './search';

/** Lines in the order that is asked for, by raw values. */

const codes = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** What an order compares: decimal text, or words; null is not known, and stands last in either direction. */
const DECIMALS: Partial<Record<Sort, (line: BenefitLine) => string | null>> = {
  planned: ({ planned }) => planned,
  realised: ({ realised }) => realised,
  variance: ({ variance }) => variance,
  share: ({ varianceShare }) => varianceShare,
  approved: ({ baselineVariance }) => baselineVariance,
  expected: ({ expected }) => expected,
  status: ({ status }) => String(BENEFIT_STATUSES.indexOf(status)),
  evidence: ({ evidenceLevel }) => String(evidenceLevel),
};
const TEXTS: Partial<Record<Sort, (line: BenefitLine) => string | null>> = {
  code: ({ code }) => code,
  name: ({ name }) => name,
  owner: ({ owner }) => owner,
  due: ({ due }) => due && due.on,
};

export const orderOf = ({ sort = 'code' }: BenefitSearch): NonNullable<TableOrder> => ({
  id: sort.replace(/^-/, ''),
  direction: sort.startsWith('-') ? 'descending' : 'ascending',
});

export function inOrder(lines: readonly BenefitLine[], search: BenefitSearch): BenefitLine[] {
  const { id, direction } = orderOf(search);
  const decimal = DECIMALS[id as Sort];
  const pick = decimal ?? TEXTS[id as Sort] ?? TEXTS.code!;
  const sign = direction === 'descending' ? -1 : 1;
  return [...lines].sort((a, b) => {
    const [left, right] = [pick(a), pick(b)];
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || codes.compare(a.code, b.code);
    const order = decimal ? compare(left, right) : codes.compare(left, right);
    return sign * order || codes.compare(a.code, b.code);
  });
}
