import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TraceRecords } from '../contract/trace.js';
import { fractionOf, sumOf } from '../core/benefit-status.js';
import { type Fraction, negated, ZERO } from '../core/exact-amounts.js';
import { addFractions } from '../core/exact-amounts.js';
import { ratio } from '../core/money.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import type { TraceContext } from './context.js';
import { type Records, textOf, type Unit } from './figure.js';
import { type Entries, entryPage, entryTotal, type EntryRow } from './records.queries.js';

/**
 * Pages of the records behind a figure. Their amounts are exact fractions; each is printed as the rounded sum up to it less the rounded sum
 * before it, so that the printed amounts of all pages add up to the printed total, to the minor unit. One amount may so differ from its own
 * rounding by one unit.
 */

type Page = Pick<TraceRecords, 'items' | 'total' | 'nextCursor'>;
type Item = TraceRecords['items'][number];

const entryPlace = z.tuple([z.string(), z.string().regex(/^\d{4}-\d{2}$/), z.string(), z.uuid()]);
const listPlace = z.number().int().min(0);

/** How many records there are and what they add up to, exactly. */
export const totalOf = async (
  context: TraceContext,
  records: Records,
): Promise<{ count: number; amount: Fraction }> => {
  if (records.of === 'list')
    return { count: records.items.length, amount: sumOf(records.items.map((item) => item.amount)) };
  const entries = await entriesOf(context, records);
  const read = () => entryTotal(context.manager, records.of, records.column, entries);
  const { count, amount } = await context.once(`total of ${nameOf(records, entries)}`, read);
  return { count, amount: over(amount, records) };
};

/**
 * One page of records.
 * @throws Problem 422 for a cursor that is none of ours
 */
export const pageOf = async (
  context: TraceContext,
  records: Records,
  limit: number,
  cursor: string | undefined,
): Promise<Page> => {
  const { count, amount } = await totalOf(context, records);
  const total = { count, amount: textOf(amount, records.unit) };
  if (records.of === 'list') {
    const start = cursor === undefined ? 0 : readCursor(cursor, listPlace);
    const before = sumOf(records.items.slice(0, start).map((item) => item.amount));
    const shown = records.items.slice(start, start + limit);
    const amounts = printed(
      shown.map((item) => item.amount),
      before,
      records.unit,
    );
    const items = shown.map((item, index): Item => ({
      type: item.type,
      code: item.code,
      name: item.name,
      at: item.at ?? null,
      note: item.note,
      entered: item.entered ?? null,
      enteredUnit: item.enteredUnit ?? null,
      amount: amounts[index]!,
    }));
    const next = start + shown.length;
    return { items, total, nextCursor: next < count && shown.length > 0 ? writeCursor(next) : null };
  }
  const after = cursor === undefined ? null : readCursor(cursor, entryPlace);
  const entries = await entriesOf(context, records);
  const read = () => entryPage(context.manager, records.of, records.column, entries, after, limit + 1);
  const rows = await context.once(`page of ${nameOf(records, entries)} ${JSON.stringify(after)} ${limit}`, read);
  const shown = rows.slice(0, limit);
  const first = shown[0];
  const before = first ? addFractions(over(first.upTo, records), negated(over(first.amount, records))) : ZERO;
  const amounts = printed(
    shown.map((row) => over(row.amount, records)),
    before,
    records.unit,
  );
  const parts = await partsOf(context, records);
  const items = shown.map((row, index): Item => ({
    type: row.type,
    code: row.code,
    name: row.name,
    at: row.month,
    note: noteOf(row, parts?.get(row.ownerId), context.money.name),
    entered: row.entered,
    enteredUnit: row.enteredUnit,
    amount: amounts[index]!,
  }));
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const place = last && [last.code, last.month, last.type === 'investment_cost' ? (last.kind ?? '') : '', last.id];
  return { items, total, nextCursor: place ? writeCursor(place) : null };
};

type EntryRecords = Exclude<Records, { of: 'list' }>;

/** A sum of the database over the denominator of the weights. */
const over = (text: string, { weights }: EntryRecords): Fraction => {
  const { n, d } = fractionOf(text);
  return { n, d: d * (weights?.denominator ?? 1n) };
};

/** Amounts as they are printed: differences of rounded running sums. */
const printed = (amounts: readonly Fraction[], before: Fraction, unit: Unit): string[] => {
  const digits: Unit = { ...unit, trimmed: false };
  const units = (sum: Fraction): bigint => BigInt(textOf(sum, digits).replace('.', ''));
  let sum = before;
  let so = units(before);
  return amounts.map((amount) => {
    sum = addFractions(sum, amount);
    const next = units(sum);
    const text = textOf({ n: next - so, d: 10n ** BigInt(unit.decimals) }, unit);
    so = next;
    return text;
  });
};

const entriesOf = async (context: TraceContext, records: EntryRecords): Promise<Entries> => {
  const { weights } = records;
  const { reading, query } = context;
  const { from, to } = records.months ?? context;
  const all = { reading, from, to, nature: query.nature ?? null };
  if (!weights) return { ...all, weights: null };
  const { nodes } = (await context.chain()).whole.chain;
  const counted = nodes.flatMap((node, index) =>
    weights.numerators[index] ? [{ id: node.id, n: weights.numerators[index] }] : [],
  );
  return { ...all, weights: { ids: counted.map(({ id }) => id), numerators: counted.map(({ n }) => n.toString()) } };
};

/** What tells entries apart within one reading of the data: a figure and those that are made of it share theirs. */
const nameOf = ({ of, column }: EntryRecords, { reading, from, to, nature, weights }: Entries): string => {
  const weighed = weights && createHash('sha256').update(JSON.stringify(weights)).digest('base64');
  return JSON.stringify([of, column, reading.end, from, to, nature, weighed]);
};

/** What part of each owner's amounts counts, by the owner's id; null where all of them do. */
const partsOf = async (context: TraceContext, { weights }: EntryRecords): Promise<Map<string, number> | null> => {
  if (!weights) return null;
  const { nodes } = (await context.chain()).whole.chain;
  return new Map(nodes.map((node, index) => [node.id, ratio(weights.numerators[index] ?? 0n, weights.denominator)!]));
};

const noteOf = (row: EntryRow, part: number | undefined, currency: string): string | null => {
  const notes = [
    row.type === 'investment_cost' ? row.kind : row.kind && `Evidence: ${row.kind}`,
    row.confirmedBy && `confirmed by ${row.confirmedBy}`,
    row.enteredUnit !== currency && `1 ${row.enteredUnit} = ${row.rate} ${currency}`,
    part !== undefined && part !== 1 && `${Number((part * 100).toPrecision(6))} % of it`,
  ].filter((note) => typeof note === 'string' && note !== '');
  return notes.length > 0 ? notes.join(' · ') : null;
};
