import type { DRIVER_KINDS } from '../contract/case.js';
import { isRate, presentValue, type Flow } from '../core/discount.js';
import type { Fraction } from '../core/exact-amounts.js';
import { formatFraction } from '../core/money.js';
import { type Entry, type Facts, flowsOf, sumOfEntries } from './case.entries.js';

/** More benefits than these move together, as one group. */
const SINGLE_BENEFITS = 8;
const POINTS: Fraction = { n: 2n, d: 100n };

/** One end of a driver. */
interface End {
  readonly setting: string;
  readonly npv: Fraction;
}

/** What moves the expected NPV, and how far: `low` is the lower NPV, whatever the setting. */
export interface Driver {
  readonly id: string;
  readonly kind: (typeof DRIVER_KINDS)[number];
  readonly label: string;
  readonly range: string;
  readonly low: End;
  readonly high: End;
}

/** The same investment with the contributions on its paths shared out otherwise; null where nothing would differ. */
export interface OtherShares {
  /** As if nobody had stated a contribution: an even split. */
  readonly even: Facts | null;
  /** As if blank contributions were none. */
  readonly statedOnly: Facts | null;
}

/**
 * What moves the expected NPV, the widest swing first; what does not move it is left out. What has happened does not vary: values and costs
 * vary in the months after the period only. Discount rate and shares bear on all months.
 */
export const driversOf = (facts: Facts, rate: Fraction, others: OtherShares): Driver[] => {
  if (sumOfEntries(facts, 'cost', 'expected').count === 0) return [];
  const ahead = facts.entries.filter((entry) => entry.isLater && entry.units.expected !== null);
  const costs = ahead.filter(({ of }) => of === 'cost');
  const values = ahead.filter(({ of }) => of === 'value');
  const change = (entries: readonly Entry[], percent: bigint): Fraction => changed(facts, rate, entries, percent);
  const scaled = (
    of: Pick<Driver, 'id' | 'kind' | 'label'>,
    entries: readonly Entry[],
    percent: bigint,
    range = `±${percent} %`,
  ): Driver =>
    ordered({ ...of, range }, [
      { setting: `−${percent} %`, npv: change(entries, -percent) },
      { setting: `+${percent} %`, npv: change(entries, percent) },
    ]);
  const base = { setting: 'as expected', npv: npvOf(facts, rate) };
  const delayed = (months: number): Driver =>
    ordered({ id: `delay_${months}`, kind: 'delay', label: 'Benefits come later', range: `${months} months later` }, [
      { setting: `${months} months later`, npv: later(facts, rate, months) },
      base,
    ]);
  const shared = (id: string, label: string, range: string, other: Facts | null): Driver[] =>
    other === null
      ? []
      : [
          ordered({ id, kind: 'shares', label, range }, [
            { setting: range, npv: npvOf(other, rate) },
            { ...base, setting: 'as they are' },
          ]),
        ];
  const drivers = [
    ofRate(facts, rate),
    ...benefitGroups(values).map(({ of, entries }) => scaled(of, entries, 20n)),
    scaled({ id: 'costs_20', kind: 'costs', label: 'Costs to come' }, costs, 20n),
    scaled({ id: 'costs_10', kind: 'costs', label: 'Costs to come' }, costs, 10n),
    delayed(6),
    delayed(3),
    ...shared('shares_even', 'Contribution shares', 'all split evenly', others.even),
    ...shared('shares_stated', 'Assumed contribution shares', 'count nothing', others.statedOnly),
  ];
  return drivers
    .map((driver) => ({ driver, swing: less(driver.high.npv, driver.low.npv) }))
    .filter(({ swing }) => swing.n !== 0n)
    .sort((a, b) => -compare(a.swing, b.swing))
    .map(({ driver }) => driver);
};

const ofRate = (facts: Facts, rate: Fraction): Driver => {
  const ends = [less(rate, POINTS), plus(rate, POINTS)].filter(isRate);
  const found = ends.map((end) => ({ setting: percentText(end), npv: npvOf(facts, end) }));
  const range = ends.length === 2 ? '±2 percentage points' : '+2 percentage points';
  const base = { setting: percentText(rate), npv: npvOf(facts, rate) };
  return ordered({ id: 'rate', kind: 'rate', label: 'Discount rate', range }, [found[0] ?? base, found[1] ?? base]);
};

/** The benefits with the most to come one by one, the others together. */
const benefitGroups = (
  values: readonly Entry[],
): { of: Pick<Driver, 'id' | 'kind' | 'label'>; entries: readonly Entry[] }[] => {
  const byBenefit = new Map<string, Entry[]>();
  for (const entry of values) byBenefit.set(entry.code, [...(byBenefit.get(entry.code) ?? []), entry]);
  const size = (entries: readonly Entry[]): bigint => {
    const sum = entries.reduce((total, { units }) => total + units.expected!, 0n);
    return sum < 0n ? -sum : sum;
  };
  const sorted = [...byBenefit.values()].sort((a, b) => (size(a) === size(b) ? 0 : size(a) > size(b) ? -1 : 1));
  // A group of one is that one.
  const single = sorted.length <= SINGLE_BENEFITS + 1 ? sorted.length : SINGLE_BENEFITS;
  const rest = sorted.slice(single);
  return [
    ...sorted.slice(0, single).map((entries) => ({
      of: {
        id: `benefit.${entries[0]!.code}`,
        kind: 'benefit' as const,
        label: `${entries[0]!.code} ${entries[0]!.name}`,
      },
      entries,
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            of: { id: 'benefits', kind: 'benefits' as const, label: `${rest.length} other benefits together` },
            entries: rest.flat(),
          },
        ]),
  ];
};

const npvOf = (facts: Facts, rate: Fraction): Fraction =>
  presentValue(flowsOf(facts.entries, 'expected'), facts.denominator, rate);

/** The expected NPV with some entries larger by so many percent. */
const changed = (facts: Facts, rate: Fraction, entries: readonly Entry[], percent: bigint): Fraction => {
  const varied = new Set(entries);
  const flows = facts.entries.flatMap((entry): Flow[] => {
    const units = entry.units.expected;
    return units === null ? [] : [{ k: entry.k, units: units * (varied.has(entry) ? 100n + percent : 100n) }];
  });
  return presentValue(flows, facts.denominator * 100n, rate);
};

/** The expected NPV with all values to come so many months later. */
const later = (facts: Facts, rate: Fraction, months: number): Fraction => {
  const flows = facts.entries.flatMap((entry): Flow[] => {
    const units = entry.units.expected;
    const delay = entry.of === 'value' && entry.isLater ? months : 0;
    return units === null ? [] : [{ k: entry.k + delay, units }];
  });
  return presentValue(flows, facts.denominator, rate);
};

const ordered = (of: Omit<Driver, 'low' | 'high'>, [a, b]: readonly [End, End]): Driver =>
  compare(a.npv, b.npv) <= 0 ? { ...of, low: a, high: b } : { ...of, low: b, high: a };

const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const less = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d });
const compare = (a: Fraction, b: Fraction): number => {
  const difference = less(a, b).n;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** `8 %`, `7.25 %`. */
export const percentText = ({ n, d }: Fraction): string => {
  const text = formatFraction(n * 100n, d, 2);
  return `${(text.includes('.') ? text.replace(/\.?0+$/, '') : text).replace('-', '−')} %`;
};
