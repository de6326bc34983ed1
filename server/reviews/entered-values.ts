import { counted } from '../contract/format.js';
import type { FrozenRecord } from '../contract/review-after.js';
import type { Done } from './causes.js';
import { isSame, isSilent } from './event-changes.js';

/** What events made of a record that do not say it: imports, which write many at once. */

type Record = FrozenRecord | null;
/** Undefined of what nobody knows. */
type Value = string | null | undefined;

/** Whether an event wrote the record itself: evidence that is withdrawn or a level that is assessed takes no value of it away. */
const isWriting = ({ type }: Done, record: Record): boolean => record !== null && type === record.type;

const storedOf = (done: Done, side: 'from' | 'to', field: string | undefined): Value =>
  done.stored?.side === side && field !== undefined ? (done.stored.amounts[field] ?? null) : undefined;
const valueOf = (done: Done, side: 'from' | 'to', field: string | undefined): Value =>
  isSilent(done) ? storedOf(done, side, field) : done.cause[side];

/** The values that a field had before the first event, between each two of them, and after the last. */
const valuesOf = (done: readonly Done[], field: string | undefined, was: Record, is: Record): Value[] => [
  was?.entered ?? null,
  ...done.slice(1).map((after, place): Value => {
    const value = valueOf(done[place]!, 'to', field);
    return value === undefined ? valueOf(after, 'from', field) : value;
  }),
  is?.entered ?? null,
];

/** The field that events on a record are of: what one of them says, else the one that stood in the record as it was before; undefined where several did. */
const fieldIn = (done: readonly Done[], was: Record): string | undefined => {
  const said = done.find(({ name }) => name !== null)?.name;
  if (said) return said;
  const [first] = done;
  if (first?.stored?.side !== 'from') return undefined;
  const names = new Set(done.flatMap(({ stored }) => Object.keys(stored?.amounts ?? {})));
  const fitting = [...names].filter((name) => isSame(storedOf(first, 'from', name) ?? null, was?.entered ?? null));
  const told = new Set(fitting.map((name) => JSON.stringify(valuesOf(done, name, was, null))));
  return told.size === 1 ? fitting[0] : undefined;
};

/**
 * Events with what the record was before each and is after it: what was frozen of it, what it is, what the event beside it says, or what the import
 * stored of it. Where nobody knows what was between two, the last of them tells what they did together. An import that left the field as it was did nothing.
 */
export const withEntered = (told: readonly Done[], was: Record, is: Record): readonly Done[] => {
  const writing = told.filter((done) => isWriting(done, was ?? is));
  const values = valuesOf(writing, fieldIn(writing, was), was, is);
  const entered = writing.flatMap((done, place): Done[] => {
    if (!isSilent(done)) return [done];
    const to = values[place + 1];
    if (to === undefined) return [];
    const start = values.findLastIndex((value, at) => at <= place && value !== undefined);
    const from = values[start]!;
    if (isSame(from, to) && writing.length > 1) return [];
    const before = place - start;
    const action =
      before === 0 ? done.cause.action : `${done.cause.action}, with ${counted(before, 'import')} before it`;
    return [{ ...done, cause: { ...done.cause, action, from, to } }];
  });
  return told.flatMap((done) =>
    !writing.includes(done)
      ? [done]
      : entered.filter(({ cause }) => cause.seq === done.cause.seq && cause.field === done.cause.field),
  );
};
