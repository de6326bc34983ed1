import { groupedBy } from '../contract/grouped.js';
import type { FrozenRecord } from '../contract/review-after.js';
import { type Cause, type Done, ownerOf } from './causes.js';
import { isSame, isSilent } from './event-changes.js';
import { withEntered } from './entered-values.js';

/** What was done, as a step of a bridge tells it. */

/** Of a step that names no record of its own so many are told, as a person reads. */
export const MOST_TOLD = 20;

type Record = FrozenRecord | null;

/** The fields that went from what a record was, or to what it is. */
const fieldsOf = (done: readonly Done[], was: Record, is: Record): Set<string> =>
  new Set(
    done.flatMap(({ cause: { field, from, to } }) =>
      field !== null && ((was?.entered && isSame(from, was.entered)) || (is?.entered && isSame(to, is.entered)))
        ? field
        : [],
    ),
  );

/** Of what was done to a record the fields that went from what it was, or to what it is; all, where none did. */
export const relevant = (done: readonly Done[], was: Record, is: Record): readonly Done[] => {
  const fields = fieldsOf(done, was, is);
  const told = fields.size === 0 ? done : done.filter(({ cause: { field } }) => field === null || fields.has(field));
  // Of several fields nobody can tell which one the event wrote that does not say it.
  return fields.size === 1 || told.length === 1 || told.every(isSilent) ? withEntered(told, was, is) : told;
};

/** Whether a field that was changed ends with what the record is, or an event wrote the whole of it: then that is all that made it so. */
export const explains = (told: readonly Done[], was: Record, is: Record): boolean => {
  if (told.some(({ cause }) => cause.field === null)) return true;
  const fields = fieldsOf(told, was, is);
  const ends = [...fields].map((field) => told.findLast(({ cause }) => cause.field === field)!.cause.to);
  return ends.some((to) => isSame(to, is?.entered ?? null));
};

/** What was done, with what it was done to where that is not the record itself. */
export const asCauses = (done: readonly Done[], record: FrozenRecord | null): Cause[] => {
  const isOwn = ({ type, code, month }: Done): boolean =>
    record !== null &&
    code !== null &&
    ownerOf(type, code) === ownerOf(record.type, record.code) &&
    (month === null || month === record.at?.slice(0, 7));
  return inOrder(withoutRepeats(done).map((each) => (isOwn(each) ? each.cause : { ...each.cause, of: each.of })));
};

/** Of an event that says of many only that it wrote them: once, of its record or of how many. */
const withoutRepeats = (done: readonly Done[]): Done[] => {
  const silent = groupedBy(done.filter(isSilent), ({ cause }) => cause.seq);
  const once = [...silent.values()].map((same): Done => {
    const [first] = same;
    const codes = new Set(same.map(({ code }) => code));
    if (same.length === 1) return first!;
    return {
      ...first!,
      month: null,
      ...(codes.size === 1 ? { of: first!.code ?? first!.of } : { code: null, of: `${same.length} records` }),
    };
  });
  return [...done.filter((each) => !isSilent(each)), ...once];
};

/** Each once, the earliest first. */
export const inOrder = (causes: readonly Cause[]): Cause[] =>
  [...new Map([...new Set(causes)].map((cause) => [JSON.stringify(cause), cause])).values()].sort(
    (a, b) => a.seq - b.seq,
  );

/** What is told of what was done, and how much more there was. */
export interface ToldCauses {
  readonly causes: readonly Cause[];
  readonly more: number;
}

/** As many as a person reads: of each event one first, so that none hides behind another that changed much. */
export const mostTold = (causes: readonly Cause[]): ToldCauses => {
  if (causes.length <= MOST_TOLD) return { causes: [...causes], more: 0 };
  const first = new Set(new Map([...causes].reverse().map((cause) => [cause.seq, cause])).values());
  const others = causes.filter((cause) => !first.has(cause));
  const room = Math.max(0, MOST_TOLD - first.size);
  const told = inOrder([...[...first].sort((a, b) => a.seq - b.seq).slice(-MOST_TOLD), ...others.slice(0, room)]);
  return { causes: told, more: causes.length - told.length };
};

const LINKS = new WeakMap<readonly Cause[], ToldCauses & { readonly group: string }>();
/** What is told of links that moved a record, and what all of it goes by. All entries of one record have the same list, which is looked at once. */
export const toldLinks = (links: readonly Cause[]): ToldCauses & { readonly group: string } => {
  const known = LINKS.get(links);
  if (known) return known;
  const told = { ...mostTold(links), group: `links ${[...new Set(links.map(({ seq }) => seq))].join(' ')}` };
  LINKS.set(links, told);
  return told;
};
