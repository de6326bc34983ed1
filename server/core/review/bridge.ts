import { type Fraction, minus } from '../exact-amounts.js';

/** What a figure became when one record behind it changed: from what it was before to what it was after. */
export interface Step<Row> {
  readonly key: string;
  /** The record as frozen and as it is; null where it was not, or is no longer, behind the figure. */
  readonly was: Row | null;
  readonly is: Row | null;
  /** The figure without this change and with it; null where it has no value. */
  readonly before: Fraction | null;
  readonly after: Fraction | null;
  /** after − before; null where either has no value. */
  readonly effect: Fraction | null;
}

interface Rules<Row> {
  /** The figure that records give, exactly. */
  readonly fold: (records: readonly Row[]) => Fraction | null;
  readonly isSame: (was: Row, is: Row) => boolean;
  /** When a record changed; what changed earlier is told first, and of two at one time the one whose key stands first. */
  readonly changedAt: (key: string) => number;
}

/**
 * From the records of a frozen figure to those of today, one changed record at a time: each step begins where the one before ended, the first at the
 * figure as frozen, the last ends at the figure of today. So the effects add up to the whole difference, exactly, whatever the fold is: of a sum each
 * is the difference of its record, of a share or a median what the record does to it in its turn.
 *
 * @param frozen by key; a record that is not among them was not behind the figure
 */
export const bridgeOf = <Row>(
  frozen: ReadonlyMap<string, Row>,
  live: ReadonlyMap<string, Row>,
  { fold, isSame, changedAt }: Rules<Row>,
): Step<Row>[] => {
  const changed = [...new Set([...frozen.keys(), ...live.keys()])].filter((key) => {
    const [was, is] = [frozen.get(key), live.get(key)];
    return was === undefined || is === undefined || !isSame(was, is);
  });
  changed.sort((a, b) => changedAt(a) - changedAt(b) || (a < b ? -1 : 1));
  const records = new Map(frozen);
  let before = fold([...records.values()]);
  return changed.map((key) => {
    const is = live.get(key);
    if (is === undefined) records.delete(key);
    else records.set(key, is);
    const after = fold([...records.values()]);
    const effect = before === null || after === null ? null : minus(after, before);
    const step: Step<Row> = { key, was: frozen.get(key) ?? null, is: is ?? null, before, after, effect };
    before = after;
    return step;
  });
};
