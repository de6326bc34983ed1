import type { CellKind, ColumnFormat, FormatQuestion } from '../../contract/mapping.js';
import { cellText, type Cell } from '../reading/table.js';
import { dateReadings, monthAlone, OrderEvidence } from './foreign-dates.js';
import { numberReadings } from './foreign-numbers.js';
import { isCurrencyCode } from './header-words.js';

/** Different values of a column that are listed; a column with more has none listed. */
export const MOST_VALUES = 60;
const MOST_ODD = 200;
const LONGEST = 1000;
const EMAIL = /^[^\s@<>"(),:;]+@[^\s@<>"(),:;.]+(\.[^\s@<>"(),:;.]+)+$/;

type Seen = 'number' | 'date' | 'month' | 'email' | 'currency' | 'text';

export interface ColumnFindings {
  kind: CellKind;
  filled: number;
  samples: string[];
  values: { value: string; count: number }[] | null;
  format: ColumnFormat;
  question: FormatQuestion | null;
  odd: { value: string; count: number }[];
}

const seenAs = (text: string): Seen => {
  const { dot, comma } = numberReadings(text);
  if (dot !== null || comma !== null) return monthAlone(text) !== null && /\D/.test(text) ? 'month' : 'number';
  const { dmy, mdy } = dateReadings(text);
  if (dmy !== null || mdy !== null) return 'date';
  if (monthAlone(text) !== null) return 'month';
  if (EMAIL.test(text)) return 'email';
  return isCurrencyCode(text) ? 'currency' : 'text';
};

const counted = (values: ReadonlyMap<string, number>, most: number): { value: string; count: number }[] =>
  [...values]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, most);

/** Looks at all cells of one column: what they are, how they are written, and what cannot be told. */
export class ColumnScan {
  filled = 0;
  private readonly samples = new Set<string>();
  private readonly values = new Map<string, number>();
  private tooMany = false;
  private readonly seen: Record<Seen, number> = { number: 0, date: 0, month: 0, email: 0, currency: 0, text: 0 };
  /** Different cells of each sort, as far as they are counted: a column of numbers with three remarks is a column of numbers. */
  private readonly distinct: Record<Seen, Map<string, number>> = {
    number: new Map(),
    date: new Map(),
    month: new Map(),
    email: new Map(),
    currency: new Map(),
    text: new Map(),
  };
  private readonly dots: { count: number; first: string | null } = { count: 0, first: null };
  private readonly commas: { count: number; first: string | null } = { count: 0, first: null };
  private eitherExample: string | null = null;
  private readonly orders = new OrderEvidence();

  add(cell: Cell): void {
    const text = cellText(cell).trim().slice(0, LONGEST);
    if (text === '') return;
    this.filled += 1;
    if (this.samples.size < 5) this.samples.add(text);
    this.countValue(text);
    const sort =
      typeof cell === 'string'
        ? this.readText(text)
        : cell.kind === 'date'
          ? 'date'
          : cell.kind === 'number'
            ? 'number'
            : 'text';
    this.seen[sort] += 1;
    const distinct = this.distinct[sort];
    if (distinct.has(text) || distinct.size < MOST_ODD) distinct.set(text, (distinct.get(text) ?? 0) + 1);
  }

  private countValue(text: string): void {
    if (this.tooMany) return;
    this.values.set(text, (this.values.get(text) ?? 0) + 1);
    if (this.values.size <= MOST_VALUES) return;
    this.tooMany = true;
    this.values.clear();
  }

  private readText(text: string): Seen {
    const sort = seenAs(text);
    if (sort === 'number') this.readNumber(text);
    if (sort === 'date') this.orders.add(text);
    return sort;
  }

  private readNumber(text: string): void {
    const { dot, comma } = numberReadings(text);
    if (dot === comma) return;
    if (dot !== null && comma !== null) this.eitherExample ??= text;
    else {
      const one = comma === null ? this.dots : this.commas;
      one.count += 1;
      one.first ??= text;
    }
  }

  private get mixesDecimals(): boolean {
    return this.dots.count > 0 && this.commas.count > 0;
  }

  /** The decimal sign that the cells show; null where they show none, or both. */
  get decimal(): 'dot' | 'comma' | null {
    if (this.mixesDecimals) return null;
    return this.dots.count > 0 ? 'dot' : this.commas.count > 0 ? 'comma' : null;
  }

  get dateOrder(): 'dmy' | 'mdy' | null {
    return this.orders.order();
  }

  private get kind(): CellKind {
    if (this.filled === 0) return 'empty';
    for (const sort of ['number', 'date', 'month', 'email', 'currency'] as const) {
      const others = this.filled - this.seen[sort];
      const few = this.distinct.text.size <= 10 && this.distinct[sort].size > this.distinct.text.size;
      if (this.seen[sort] > others || (this.seen[sort] >= 3 && few && others === this.seen.text)) return sort;
    }
    return !this.tooMany && this.values.size <= 25 && this.filled >= 2 * this.values.size ? 'choice' : 'text';
  }

  /**
   * @param decimal what the other columns of the sheet agree on, where this one shows nothing itself
   * @param order the same, of dates
   */
  findings(decimal: 'dot' | 'comma' | null, order: 'dmy' | 'mdy' | null): ColumnFindings {
    const kind = this.kind;
    const format: ColumnFormat = {};
    let question: FormatQuestion | null = null;
    if (kind === 'number') {
      const shown = this.decimal ?? (this.mixesDecimals ? null : decimal);
      if (shown !== null) format.decimal = shown;
      else if (this.mixesDecimals || this.eitherExample !== null) question = this.decimalQuestion();
    }
    if (kind === 'date' || kind === 'month') {
      const { example, contradicts } = this.orders;
      const shown = this.dateOrder ?? (example === null || contradicts ? null : order);
      if (shown !== null) format.dateOrder = shown;
      else if (contradicts || example !== null) question = orderQuestion(this.orders);
    }
    const isPlain = kind === 'text' || kind === 'choice' || kind === 'empty';
    return {
      kind,
      filled: this.filled,
      samples: [...this.samples],
      values: this.tooMany || this.filled === 0 ? null : counted(this.values, MOST_VALUES),
      format,
      question,
      odd: isPlain ? [] : counted(this.distinct.text, 10),
    };
  }

  private decimalQuestion(): FormatQuestion {
    const against = this.mixesDecimals ? this.commas.first : null;
    const example = (against === null ? this.eitherExample : this.dots.first) ?? '';
    const { dot, comma } = numberReadings(example);
    const none = 'no number';
    return {
      kind: 'decimal',
      example,
      against,
      readings: [
        { format: { decimal: 'dot' }, reads: dot ?? none, refuses: this.commas.count },
        { format: { decimal: 'comma' }, reads: comma ?? none, refuses: this.dots.count },
      ],
    };
  }
}

/** Of cells that contradict each other, one of each order; else one that both orders read. */
const orderQuestion = ({ only, example: either, contradicts }: OrderEvidence): FormatQuestion => {
  const example = (contradicts ? only.dmy.first : either) ?? '';
  const { dmy, mdy } = dateReadings(example);
  return {
    kind: 'date_order',
    example,
    against: contradicts ? only.mdy.first : null,
    readings: [
      { format: { dateOrder: 'dmy' }, reads: dmy ?? 'no date', refuses: only.mdy.count },
      { format: { dateOrder: 'mdy' }, reads: mdy ?? 'no date', refuses: only.dmy.count },
    ],
  };
};
