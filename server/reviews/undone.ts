import { LAYERS } from '../contract/chain.js';
import { put } from '../contract/grouped.js';
import type { Done } from './causes.js';
import { isSame, isSilent } from './event-changes.js';

/** There is one of each. */
const SINGLE: readonly string[] = ['settings', 'sign_thresholds'];

/** A field of one record or month; null of what events tell by the record that it belongs to, which may have several. */
const fieldOf = ({ type, code, month, kind, name }: Done): string | null =>
  name !== null &&
  (month !== null || SINGLE.includes(type) || (code !== null && LAYERS.some((layer) => layer === type)))
    ? JSON.stringify([type, code?.toLowerCase(), month, kind, name])
    : null;

/** Whether each began with what the one before it ended with, and the last ended with what the first began with. */
const isBack = (done: readonly Done[]): boolean =>
  done.every(({ cause: { from } }, place) => isSame(from, done.at(place - 1)!.cause.to));

/**
 * What was done to fields that are today what they were: it moved nothing, whatever stood between. What an import wrote of a record nobody says, so
 * of that nothing is known to be undone.
 *
 * @param all the earliest first
 */
export const undoneIn = (all: readonly Done[]): ReadonlySet<Done> => {
  const fields = new Map<string, Done[]>();
  const unknown = new Set<string>();
  for (const done of all) {
    const field = fieldOf(done);
    if (field !== null) put(fields, field, done);
    if (isSilent(done)) unknown.add(done.type).add(`${done.type} ${done.code}`);
  }
  const isUnknown = ({ type, code }: Done): boolean =>
    unknown.has('import') || unknown.has(code === null ? type : `${type} ${code}`) || unknown.has(`${type} null`);
  return new Set([...fields.values()].flatMap((done) => (isBack(done) && !isUnknown(done[0]!) ? done : [])));
};
