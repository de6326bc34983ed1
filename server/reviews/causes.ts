import type { EntityManager } from 'typeorm';
import type { BridgeStep, FrozenRecord } from '../contract/review-after.js';
import { eventsAfter, ownersOf, ratesOf, reasonsSince, type WrittenRow, writtenByImports } from './causes.queries.js';

/** Who did what, with the field that changed. */
export type Cause = BridgeStep['causes'][number];

type Content = Readonly<Record<string, unknown>>;
/** An event on a link, or an import that may have written some. */
export interface LinkCause {
  readonly seq: number;
  /** Of the link; null of an import. */
  readonly id: string | null;
  readonly importId: string | null;
  readonly action: string;
  /** Of the fields that changed; null where there was no link before. */
  readonly before: Content | null;
}
export interface Event {
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

interface Beside {
  readonly reasons: Awaited<ReturnType<typeof reasonsSince>>;
  readonly written: readonly WrittenRow[];
  readonly rates: Awaited<ReturnType<typeof ratesOf>>;
  readonly owners: Awaited<ReturnType<typeof ownersOf>>;
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
/** Events of these are told of the record that they belong to, by its code. */
const OWNERS: Readonly<Record<string, string>> = {
  benefit_value: 'benefit',
  value_entry: 'benefit',
  evidence_item: 'benefit',
  investment_cost: 'investment',
  outcome_measurement: 'outcome',
  maturity_assessment: 'capability',
  indicator_value: 'indicator',
  decision_reopening: 'decision',
};
/** The type of record whose code something of a type goes by. */
export const ownerTypeOf = (type: string): string => OWNERS[type] ?? type;
/** Codes are unique within a type only. */
const ownerOf = (type: string, code: string): string => JSON.stringify([ownerTypeOf(type), lower(code)]);
const placeOf = (type: string, code: string, month: string | null, kind: string | null = null): string =>
  JSON.stringify([type, lower(code), month, kind]);

const withoutStamps = (content: Content): Content =>
  Object.fromEntries(Object.entries(content).filter(([name]) => !['version', 'updatedAt'].includes(name)));

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
  // An entry names each month that it was sent, also as it was.
  if (isMonth && before && after && JSON.stringify(withoutStamps(before)) === JSON.stringify(withoutStamps(after)))
    return [];
  return changed.length === 0
    ? [of(null, null, null)]
    : changed.map((name) => of(name, before?.[name] ?? null, after?.[name] ?? null));
};

/**
 * What was done since a review was frozen, by the records that it was done to. Source: the audit from the event after the last that the review knows
 * of; reasons of values from their revisions; what imports wrote from their lists of changes.
 */
export class Causes {
  /** By month of a record (`placeOf`), and by the record that it belongs to (`ownerOf`), whatever its month. */
  private readonly months = new Map<string, Cause[]>();
  private readonly records = new Map<string, Cause[]>();
  /** Causes of all months of a record together with its own. */
  private readonly all = new Map<string, Cause[]>();
  private readonly others: { type: string; cause: Cause }[] = [];
  /** The earliest first. */
  readonly linkCauses: LinkCause[] = [];

  private constructor(private readonly reasons: ReadonlyMap<string, string>) {}

  static async since(manager: EntityManager, seq: number, frozenAt: string): Promise<Causes> {
    const events = (await eventsAfter(manager, seq)).map(({ seq: own, canonical }): Event => ({
      ...(JSON.parse(canonical) as Event),
      seq: own,
    }));
    const idsOf = (...types: string[]): string[] =>
      events.flatMap(({ objectType, objectId }) => (types.includes(objectType) && objectId ? [objectId] : []));
    return Causes.told(events, {
      reasons: events.length === 0 ? [] : await reasonsSince(manager, frozenAt),
      written: await writtenByImports(manager, idsOf('import')),
      rates: await ratesOf(manager, idsOf('exchange_rate')),
      owners: await ownersOf(manager, idsOf('outcome_measurement', 'maturity_assessment')),
    });
  }

  /** What events tell, with what they say of other rows by their ids. */
  static told(events: readonly Event[], beside: Beside): Causes {
    const reasons = beside.reasons.map(
      ({ code, month, at, reason }) => [`${placeOf('benefit_value', code, month)} ${instantOf(at)}`, reason] as const,
    );
    const causes = new Causes(new Map(reasons));
    const rates = new Map(beside.rates.map((rate) => [rate.id, rate]));
    const owners = new Map(beside.owners.map(({ id, code }) => [id, code]));
    for (const event of events) {
      const { seq, action, before, objectType, objectId } = event;
      const rate = rates.get(objectId ?? '');
      if (objectType === 'import') {
        causes.takeImport(
          event,
          beside.written.filter(({ importId }) => importId === objectId),
        );
        causes.linkCauses.push({ seq, action, before, id: null, importId: objectId });
      } else if (rate) causes.takeAll(event, placeOf('exchange_rate', rate.currency, rate.month));
      else causes.take({ ...event, objectCode: owners.get(objectId ?? '') ?? event.objectCode });
      if (objectType === 'link') causes.linkCauses.push({ seq, action, before, id: objectId, importId: null });
    }
    return causes;
  }

  /** What was done to the very record: to its month, of a record without one to any of it. The earliest first. */
  of({ type, code, at, note }: FrozenRecord): readonly Cause[] {
    if (at === null) return this.all.get(ownerOf(type, code)) ?? [];
    const kind = type === 'investment_cost' ? (note?.split(' · ')[0] ?? null) : null;
    return this.months.get(placeOf(type, code, at.slice(0, 7), kind)) ?? [];
  }

  /** What was done to the record that it belongs to, as a whole. */
  ofWhole({ type, code }: FrozenRecord): readonly Cause[] {
    return this.records.get(ownerOf(type, code)) ?? [];
  }

  rate(currency: string, month: string): readonly Cause[] {
    return this.months.get(placeOf('exchange_rate', currency, month)) ?? [];
  }

  /** What was done to records of some types, whichever they are. */
  on(...types: string[]): Cause[] {
    return this.others.flatMap(({ type, cause }) => (types.includes(type) ? cause : []));
  }

  /** What one event did to links. */
  ofLinks(seq: number): Cause[] {
    return this.on('link').filter((cause) => cause.seq === seq);
  }

  /** All that was done: every field is one. */
  everything(): Cause[] {
    return this.others.map(({ cause }) => cause);
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
      const told = this.reasons.get(`${placeOf(type, code, month)} ${instantOf(event.at)}`);
      const given = after?.['reason'];
      const reason = told ?? (typeof given === 'string' && given !== '' ? given : null);
      this.add(event, type, code, placeOf(type, code, month, kind), changesOf(event, item.before, item.after, reason));
    }
  }

  /** What an import made of each record is told of the record where it is looked at: from what was frozen of it, to what it is. */
  private takeImport(event: Event, written: readonly WrittenRow[]): void {
    if (written.length === 0) this.add(event, 'import', null, null, changesOf(event, null, null, null));
    for (const { type, code, month, kind } of written) {
      const place = month === null ? null : placeOf(type, code, month, kind);
      const reason = this.reasons.get(`${place} ${instantOf(event.at)}`) ?? null;
      this.add(event, type, code === '' ? null : code, place, changesOf(event, null, null, reason));
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
    if (code !== null) put(this.all, ownerOf(type, code));
    if (code !== null && place === null) put(this.records, ownerOf(type, code));
    this.others.push(...causes.map((cause) => ({ type, cause })));
  }
}

const instantOf = (at: string | Date): number => new Date(at).getTime();
