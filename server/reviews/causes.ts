import type { EntityManager } from 'typeorm';
import type { BridgeStep, FrozenRecord } from '../contract/review-after.js';
import { eventsAfter, ownersOf, ratesOf, reasonsSince, type WrittenRow, writtenByImports } from './causes.queries.js';

/** Who did what, with the field that changed. */
export type Cause = BridgeStep['causes'][number];

type Content = Readonly<Record<string, unknown>>;
interface Event {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | null;
  readonly objectCode: string | null;
  readonly before: Content | null;
  readonly after: Content | null;
}

/** Fields of a month that figures are made of, as people call them. */
const FIELDS: Readonly<Record<string, string>> = {
  planned: 'Planned',
  forecast: 'Forecast',
  realised: 'Realised',
  confirmed: 'Confirmed',
  evidence: 'Evidence',
  actual: 'Actual',
  rate: 'Exchange rate',
};
/** What every record has, and who is named with a value: they come with another change. */
const BESIDE = [
  'id',
  'version',
  'createdAt',
  'updatedAt',
  'archivedAt',
  'confirmedBy',
  'confirmedAt',
  'confirmedHow',
  'reportedBy',
];

const labelOf = (field: string): string => {
  const words = field.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return FIELDS[field] ?? words.charAt(0).toUpperCase() + words.slice(1);
};
const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

const itemsOf = (content: Content | null): Content[] => (content?.['items'] as Content[] | undefined) ?? [];

const lower = (text: string): string => text.toLowerCase();
const placeOf = (type: string, code: string, month: string | null, kind: string | null = null): string =>
  JSON.stringify([type, lower(code), month, kind]);

/** One cause for each field that differs; one without a field where a whole record came or went. */
const changesOf = (event: Event, before: Content | null, after: Content | null, reason: string | null): Cause[] => {
  const { seq, at, actor, action } = event;
  const of = (field: string | null, from: unknown, to: unknown): Cause => ({
    ...{ seq, at, actor, action, reason },
    field: field === null ? null : labelOf(field),
    from: textOf(from),
    to: textOf(to),
  });
  if (!before && !after) return [of(null, null, null)];
  const isMonth = [before, after].some((each) => each && 'month' in each);
  if (!isMonth && (!before || !after)) return [of(null, null, null)];
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = names.filter(
    (name) =>
      !BESIDE.includes(name) &&
      !['month', 'kind', 'benefit'].includes(name) &&
      JSON.stringify(before?.[name] ?? null) !== JSON.stringify(after?.[name] ?? null),
  );
  return changed.length === 0
    ? [of(null, null, null)]
    : changed.map((name) => of(name, before?.[name] ?? null, after?.[name] ?? null));
};

/**
 * What was done since a review was frozen, by the records that it was done to. Source: the audit from the event after the last that the review knows
 * of; reasons of values from their revisions; what imports wrote from their lists of changes.
 */
export class Causes {
  /** By month of a record (`placeOf`), and by code of a record, whatever its month. */
  private readonly months = new Map<string, Cause[]>();
  private readonly records = new Map<string, Cause[]>();
  /** Causes of all months of a record together with its own. */
  private readonly all = new Map<string, Cause[]>();
  private readonly others: { type: string; cause: Cause }[] = [];
  /** How many records an event wrote. */
  private readonly sizes = new Map<number, number>();

  private constructor(private readonly reasons: ReadonlyMap<string, string>) {}

  static async since(manager: EntityManager, seq: number, frozenAt: string): Promise<Causes> {
    const rows = await eventsAfter(manager, seq);
    if (rows.length === 0) return new Causes(new Map());
    const reasons = (await reasonsSince(manager, frozenAt)).map(
      ({ code, month, at, reason }) => [`${placeOf('', code, month)} ${instantOf(at)}`, reason] as const,
    );
    const causes = new Causes(new Map(reasons));
    const events = rows.map(({ seq: own, canonical }): Event => ({ ...(JSON.parse(canonical) as Event), seq: own }));
    const idsOf = (...types: string[]): string[] =>
      events.flatMap(({ objectType, objectId }) => (types.includes(objectType) && objectId ? [objectId] : []));
    const written = new Map<string, WrittenRow[]>();
    for (const row of await writtenByImports(manager, idsOf('import')))
      written.set(row.importId, [...(written.get(row.importId) ?? []), row]);
    const rates = new Map((await ratesOf(manager, idsOf('exchange_rate'))).map((rate) => [rate.id, rate]));
    const owners = new Map(
      (await ownersOf(manager, idsOf('outcome_measurement', 'maturity_assessment'))).map(({ id, code }) => [id, code]),
    );
    for (const event of events) {
      const rate = rates.get(event.objectId ?? '');
      const code = owners.get(event.objectId ?? '') ?? event.objectCode;
      if (event.objectType === 'import') causes.takeImport(event, written.get(event.objectId ?? '') ?? []);
      else if (rate) causes.takeAll(event, placeOf('exchange_rate', rate.currency, rate.month));
      else causes.take({ ...event, objectCode: code });
    }
    return causes;
  }

  /** What was done to the very record: to its month, else to the record as a whole; of a record without month to any of it. The earliest first. */
  of({ type, code, at, note }: FrozenRecord, column: 'months' | 'record' = 'months'): readonly Cause[] {
    const kind = type === 'investment_cost' ? (note?.split(' · ')[0] ?? null) : null;
    const month = at === null ? null : at.slice(0, 7);
    const own = month === null ? this.all.get(lower(code)) : this.months.get(placeOf(type, code, month, kind));
    return (column === 'months' ? own : undefined) ?? this.records.get(lower(code)) ?? [];
  }

  rate(currency: string, month: string): readonly Cause[] {
    return this.months.get(placeOf('exchange_rate', currency, month)) ?? [];
  }

  /** What was done to records of some types, whichever they are. */
  on(...types: string[]): Cause[] {
    return this.others.flatMap(({ type, cause }) => (types.includes(type) ? cause : []));
  }

  /** All that was done: every field is one. */
  everything(): Cause[] {
    return this.others.map(({ cause }) => cause);
  }

  /** How many records the event wrote. */
  sizeOf(seq: number): number {
    return this.sizes.get(seq) ?? 1;
  }

  private take(event: Event): void {
    const { before, after, objectType, objectCode } = event;
    const [former, latter] = [itemsOf(before), itemsOf(after)];
    if (former.length + latter.length === 0) {
      const reason = typeof after?.['reason'] === 'string' ? after['reason'] : null;
      this.add(event, objectType, objectCode, null, changesOf(event, before, after, reason));
      return;
    }
    const nameOf = (item: Content): string =>
      JSON.stringify([item['benefit'] ?? objectCode, item['month'], item['kind'] ?? null]);
    const items = new Map<string, { before: Content | null; after: Content | null }>();
    for (const item of former) items.set(nameOf(item), { before: item, after: null });
    for (const item of latter)
      items.set(nameOf(item), { before: items.get(nameOf(item))?.before ?? null, after: item });
    for (const [name, item] of items) {
      const [code, month, kind] = JSON.parse(name) as [string, string, string | null];
      const type = objectType === 'value_entry' ? 'benefit_value' : objectType;
      const told = this.reasons.get(`${placeOf('', code, month)} ${instantOf(event.at)}`);
      const given = after?.['reason'];
      const reason = told ?? (typeof given === 'string' && given !== '' ? given : null);
      this.add(event, type, code, placeOf(type, code, month, kind), changesOf(event, item.before, item.after, reason));
    }
  }

  private takeImport(event: Event, written: readonly WrittenRow[]): void {
    const cause = changesOf(event, null, null, null);
    if (written.length === 0) this.add(event, 'import', null, null, cause);
    for (const { type, code, month, kind } of written) {
      const place = month === null ? null : placeOf(type, code, month, kind);
      this.add(event, type, code === '' ? null : code, place, cause);
    }
  }

  private takeAll(event: Event, place: string): void {
    this.add(event, event.objectType, null, place, changesOf(event, event.before, event.after, null));
  }

  private add(event: Event, type: string, code: string | null, place: string | null, causes: readonly Cause[]): void {
    const put = (map: Map<string, Cause[]>, key: string): void => {
      const known = map.get(key);
      if (known) known.push(...causes);
      else map.set(key, [...causes]);
    };
    if (place !== null) put(this.months, place);
    if (code !== null) put(this.all, lower(code));
    if (code !== null && place === null) put(this.records, lower(code));
    this.others.push(...causes.map((cause) => ({ type, cause })));
    this.sizes.set(event.seq, (this.sizes.get(event.seq) ?? 0) + 1);
  }
}

const instantOf = (at: string | Date): number => new Date(at).getTime();
