import type { EntityManager } from 'typeorm';
import { reasonIn } from '../audit/write.js';
import { put } from '../contract/grouped.js';
import type { FrozenRecord } from '../contract/review-after.js';
import { unitOf } from './cause-units.js';
import {
  eventsAfter,
  type HolderRow,
  holdersOf,
  ownersOf,
  ratesOf,
  reasonsSince,
  unitsOf,
  type WrittenRow,
  writtenByImports,
} from './causes.queries.js';
import { changesOf, type Content, type Event, type FieldChange, inWords, itemsOf } from './event-changes.js';
import { linksOf } from './link-history.queries.js';
import { People } from './people.queries.js';
import { undoneIn } from './undone.js';
import { ChangeReasons } from './change-reasons.js';

export type { Cause, Event } from './event-changes.js';

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

/** One thing that was done, and to what. */
export interface Done extends FieldChange {
  /** As the audit calls it; of an entry or import what it wrote. */
  readonly type: string;
  /** Of the record that it belongs to, of a rate its currency; null of what has none. */
  readonly code: string | null;
  readonly month: string | null;
  /** Of a cost. */
  readonly kind: string | null;
  /** Of what an import wrote its amounts before it (`to` of its revert after it), as far as they are stored. */
  readonly stored?: { readonly side: 'from' | 'to'; readonly amounts: Readonly<Record<string, string | null>> };
  /** What it was done to, as people name it: `INV-1 2026-09`, `INV-1 → INI-2`, `USD 2026-07`. */
  readonly of: string;
}

interface Beside {
  readonly reasons: Awaited<ReturnType<typeof reasonsSince>>;
  readonly written: readonly WrittenRow[];
  readonly rates: readonly Pick<Awaited<ReturnType<typeof ratesOf>>[number], 'id' | 'currency' | 'month'>[];
  readonly owners: Awaited<ReturnType<typeof ownersOf>>;
  readonly holders: readonly HolderRow[];
  /** Currencies or units of investments and benefits. */
  readonly units: Awaited<ReturnType<typeof unitsOf>>;
  /** Links by id, with the codes of their ends. */
  readonly links: readonly { readonly id: string; readonly fromCode: string; readonly toCode: string }[];
}

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
/** A record by the type of its owner and its code: codes are unique within a type only. */
export const ownerOf = (type: string, code: string): string => JSON.stringify([ownerTypeOf(type), lower(code)]);
const placeOf = (type: string, code: string, month: string | null, kind: string | null = null): string =>
  JSON.stringify([type, lower(code), month, kind]);
/** What an entry writes are values. */
const writtenType = (type: string): string => (type === 'value_entry' ? 'benefit_value' : type);

/**
 * What was done since a review was frozen, by the records that it was done to. Source: the audit from the event after the last that the review knows
 * of; reasons of values from their revisions; what imports wrote from their lists of changes.
 */
export class Causes {
  /** By month of a record (`placeOf`), and by the record that it belongs to (`ownerOf`), whatever its month. */
  private readonly months = new Map<string, Done[]>();
  private readonly records = new Map<string, Done[]>();
  /** What was done to all months of a record together with what was done to itself. */
  private readonly owned = new Map<string, Done[]>();
  /** All that was done: every field is one. The earliest first. */
  readonly all: Done[] = [];
  /** The earliest first. */
  readonly linkCauses: LinkCause[] = [];
  private readonly linksDone = new Map<number, Done[]>();
  private readonly holdersOf = new Map<string, HolderRow[]>();
  private undone: ReadonlySet<Done> | undefined;

  private constructor(
    private readonly reasons: ChangeReasons,
    holders: readonly HolderRow[],
    /** What amounts are in, by the owner of them. */
    private readonly units: ReadonlyMap<string, string>,
  ) {
    for (const holder of holders) put(this.holdersOf, placeOf('rate', holder.currency, holder.month), holder);
  }

  static async since(manager: EntityManager, seq: number, frozenAt: string): Promise<Causes> {
    const people = await People.of(manager);
    const events = (await eventsAfter(manager, seq)).map(({ seq: own, canonical }): Event => {
      const event = JSON.parse(canonical) as Event;
      return { ...event, seq: own, actor: people.owner(event.actor) };
    });
    const idsOf = (...types: string[]): string[] =>
      events.flatMap(({ objectType, objectId }) => (types.includes(objectType) && objectId ? [objectId] : []));
    const written = await writtenByImports(manager, idsOf('import'));
    const rates = await ratesOf(manager, idsOf('exchange_rate'));
    const imported = written.flatMap(({ type, code, month }) =>
      type === 'exchange_rate' && month !== null ? [{ currency: code, month }] : [],
    );
    return Causes.told(events, {
      ...{ written, rates },
      reasons: events.length === 0 ? [] : await reasonsSince(manager, frozenAt),
      owners: await ownersOf(manager, idsOf('outcome_measurement', 'maturity_assessment')),
      holders: await holdersOf(manager, [...rates, ...imported]),
      links: await linksOf(manager, idsOf('link')),
      units: events.length === 0 ? [] : await unitsOf(manager),
    });
  }

  /** What events tell, with what they say of other rows by their ids. */
  static told(events: readonly Event[], beside: Beside): Causes {
    const causes = new Causes(
      new ChangeReasons(beside.reasons),
      beside.holders,
      new Map(beside.units.map(({ type, code, unit }) => [ownerOf(type, code), unit])),
    );
    const rates = new Map(beside.rates.map((rate) => [rate.id, rate]));
    const owners = new Map(beside.owners.map(({ id, code }) => [id, code]));
    const links = new Map(beside.links.map(({ id, fromCode, toCode }) => [id, `${fromCode} → ${toCode}`]));
    for (const event of events) {
      const { seq, action, before, objectType, objectId } = event;
      const rate = rates.get(objectId ?? '');
      if (objectType === 'import') {
        causes.takeImport(
          event,
          beside.written.filter(({ importId }) => importId === objectId),
        );
        causes.linkCauses.push({ seq, action, before, id: null, importId: objectId });
      } else if (rate) {
        const { currency: code, month } = rate;
        causes.add({ type: objectType, code, month }, changesOf(event, before, event.after, reasonIn(event)));
      } else {
        const named = objectType === 'link' ? links.get(objectId ?? '') : owners.get(objectId ?? '');
        causes.take({ ...event, objectCode: named ?? event.objectCode });
      }
      if (objectType === 'link') causes.linkCauses.push({ seq, action, before, id: objectId, importId: null });
    }
    return causes;
  }

  /** What was done to the very record: to its month, of a record without one to any of it. The earliest first. */
  of({ type, code, at, note }: FrozenRecord): readonly Done[] {
    if (at === null) return this.owned.get(ownerOf(type, code)) ?? [];
    const kind = type === 'investment_cost' ? (note?.split(' · ')[0] ?? null) : null;
    return this.months.get(placeOf(type, code, at.slice(0, 7), kind)) ?? [];
  }

  /** What was done to the record that it belongs to, as a whole. */
  ofWhole({ type, code }: FrozenRecord): readonly Done[] {
    return this.records.get(ownerOf(type, code)) ?? [];
  }

  rate(currency: string, month: string): readonly Done[] {
    return this.months.get(placeOf('exchange_rate', currency, month)) ?? [];
  }

  /** What holds amounts that a rate converts. */
  holders(currency: string, month: string): readonly HolderRow[] {
    return this.holdersOf.get(placeOf('rate', currency, month)) ?? [];
  }

  /** Whether it was done to a field that is today what it was. */
  isUndone(done: Done): boolean {
    this.undone ??= undoneIn(this.all);
    return this.undone.has(done);
  }

  /** What one event did to links, and to which. */
  ofLinks(seq: number): readonly Done[] {
    return this.linksDone.get(seq) ?? [];
  }

  private take(event: Event): void {
    const { at, before, after, objectType, objectCode } = event;
    const [former, latter] = [itemsOf(before), itemsOf(after)];
    const given = reasonIn(event);
    if (former.length + latter.length === 0) {
      this.add({ type: objectType, code: objectCode, month: null }, changesOf(event, before, after, given));
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
      const type = writtenType(objectType);
      const reason = this.reasons.of({ type, code, month }, at) ?? given;
      this.add({ type, code, month, kind }, changesOf(event, item.before, item.after, reason));
    }
  }

  /** What an import made of each record is told of the record where it is looked at: from what was frozen of it, to what it is. */
  private takeImport(event: Event, written: readonly WrittenRow[]): void {
    const silent = (reason: string | null): FieldChange[] => changesOf(event, null, null, reason);
    if (written.length === 0) this.add({ type: 'import', code: null, month: null }, silent(reasonIn(event)));
    for (const { type, code, month, kind, before } of written) {
      const reason = month === null ? null : this.reasons.of({ type, code, month }, event.at);
      const side = event.action === 'imported' ? 'from' : 'to';
      const stored = before === null ? {} : { stored: { side, amounts: before } as const };
      this.add({ type, code: code === '' ? null : code, month, kind, ...stored }, silent(reasonIn(event) ?? reason));
    }
  }

  private add(
    {
      type,
      code,
      month,
      kind = null,
      stored,
    }: Pick<Done, 'type' | 'code' | 'month'> & Partial<Pick<Done, 'kind' | 'stored'>>,
    changes: readonly FieldChange[],
  ): void {
    const of = [code ?? inWords(type), month].filter(Boolean).join(' ');
    const ownUnit = code === null ? undefined : this.units.get(ownerOf(type, code));
    const done = changes.map(({ name, cause }): Done => {
      const unit = unitOf(type, name, ownUnit);
      return {
        name,
        cause: unit === undefined ? cause : { ...cause, unit },
        type,
        code,
        month,
        kind,
        ...(stored && { stored }),
        of,
      };
    });
    if (code !== null && month !== null) put(this.months, placeOf(type, code, month, kind), ...done);
    if (code !== null) put(this.owned, ownerOf(type, code), ...done);
    if (code !== null && month === null) put(this.records, ownerOf(type, code), ...done);
    for (const each of done) if (type === 'link') put(this.linksDone, each.cause.seq, each);
    this.all.push(...done);
  }
}
