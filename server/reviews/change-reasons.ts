import { put } from '../contract/grouped.js';
import type { ReasonRow } from './causes.queries.js';

type Place = Readonly<{ type: string; code: string; month: string }>;

const instantOf = (at: string | Date): number => new Date(at).getTime();
const keyOf = ({ code, month }: Pick<Place, 'code' | 'month'>): string => JSON.stringify([code.toLowerCase(), month]);

/** Why months of benefits were changed, by the events that changed them: an event tells what was done, its revision why. */
export class ChangeReasons {
  /** The earliest first. */
  private readonly revisions = new Map<string, { at: number; reason: string | null }[]>();
  /** When the last event was that was asked about. */
  private readonly asked = new Map<string, number>();

  constructor(rows: readonly ReasonRow[]) {
    for (const { code, month, at, reason } of rows) {
      put(this.revisions, keyOf({ code, month }), { at: instantOf(at), reason: reason || null });
    }
  }

  /**
   * The reason of the last revision of a month that is no later than an event on it and later than the event before: both have one instant, or the
   * event came milliseconds after its revision. Events of one month are asked about in their order.
   *
   * @param at of the event
   */
  of(place: Place, at: string): string | null {
    if (place.type !== 'benefit_value') return null;
    const key = keyOf(place);
    const [before, until] = [this.asked.get(key) ?? -Infinity, instantOf(at)];
    this.asked.set(key, until);
    const revision = this.revisions.get(key)?.findLast((each) => each.at <= until);
    return revision && (revision.at > before || revision.at === until) ? revision.reason : null;
  }
}
