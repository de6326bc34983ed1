import { compare } from '../contract/decimal.js';
import type { BridgeStep } from '../contract/review-after.js';

/** What an event says was done, field by field. */

/** Who did what, with the field that changed. */
export type Cause = BridgeStep['causes'][number];
export type Content = Readonly<Record<string, unknown>>;
export interface Event {
  readonly seq: number;
  readonly at: string;
  /** By name, as causes tell it. */
  readonly actor: string;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | null;
  readonly objectCode: string | null;
  readonly before: Content | null;
  readonly after: Content | null;
  /** Of the request that made it. */
  readonly reason?: string;
}
/** One field that an event changed. */
export interface FieldChange {
  /** As the record calls it; null of a record that came or went as a whole. */
  readonly name: string | null;
  readonly cause: Cause;
}

/** Whether two values of a field are the same, however they are written. */
export const isSame = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : isDecimal(a) && isDecimal(b) ? compare(a, b) === 0 : a === b;
const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** Whether an event does not say what it made of a record: an import wrote many. */
export const isSilent = ({ cause: { field, from, to } }: FieldChange): boolean =>
  field === null && from === null && to === null;

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
/** Those of them that are in the currency or unit of what they belong to. */
export const AMOUNTS: readonly string[] = ['planned', 'forecast', 'realised', 'confirmed', 'actual'];
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

/** A name of the code in words: `onTrackFrom`, `metric_target` as `On track from`, `Metric target`. */
export const inWords = (name: string): string => {
  const words = name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

/** What came or went beside the record that it is told of, by its type: what it is called, and its field that says which. */
const FACTS: Readonly<Record<string, { readonly name: string; readonly field: string }>> = {
  evidence_item: { name: 'Evidence', field: 'title' },
  maturity_assessment: { name: 'Assessed level', field: 'level' },
  outcome_measurement: { name: 'Measured value', field: 'value' },
};
const FACT_DONE: Readonly<Record<string, string>> = { created: 'added', archived: 'withdrawn' };

/** The fact that an event added or withdrew, as it is told of its record; `null` of what is a record of its own. */
const factOf = ({ objectType, action }: Event, before: Content | null, after: Content | null): string | null => {
  const fact = FACTS[objectType];
  if (fact === undefined) return null;
  const content = after ?? before;
  const which = textOf(content?.[fact.field]);
  const day = textOf(content?.['assessedOn'] ?? content?.['measuredOn']);
  const done = FACT_DONE[action] ?? action;
  return [fact.name, which && (fact.field === 'title' ? `“${which}”` : which), day && `of ${day}`, done]
    .filter(Boolean)
    .join(' ');
};

/** The months that an event names, before or after it. */
export const itemsOf = (content: Content | null): Content[] => (content?.['items'] as Content[] | undefined) ?? [];

const withoutStamps = (content: Content): Content =>
  Object.fromEntries(Object.entries(content).filter(([name]) => !['version', 'updatedAt'].includes(name)));

/** Each field that differs; one without a field where a whole record came or went. */
export const changesOf = (
  event: Event,
  before: Content | null,
  after: Content | null,
  reason: string | null,
): FieldChange[] => {
  const { seq, at, actor, action } = event;
  const of = (name: string | null, from: unknown, to: unknown): FieldChange => ({
    name,
    cause: {
      ...{ seq, at, actor, action, reason },
      field: name === null ? null : (FIELDS[name] ?? inWords(name)),
      from: textOf(from),
      to: textOf(to),
    },
  });
  if (!before && !after) return [of(null, null, null)];
  const isMonth = [before, after].some((each) => each && 'month' in each);
  if (!isMonth && (!before || !after)) {
    const fact = factOf(event, before, after);
    const whole = of(null, null, null);
    return [fact === null ? whole : { ...whole, cause: { ...whole.cause, action: fact } }];
  }
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
