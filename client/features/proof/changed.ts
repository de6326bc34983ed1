/** What fields hold, by name, as text. */
type Fields = Readonly<Record<string, string>>;

const same = (one: string | undefined, other: string | undefined): boolean =>
  (one ?? '').trim() === (other ?? '').trim();

/** The fields that were typed otherwise than they are stored: only these are sent, so that what nobody touched stays as it is. */
export const changedFrom = (typed: Fields, stored: Fields): Fields =>
  Object.fromEntries(Object.entries(typed).filter(([name, text]) => !same(text, stored[name])));

/**
 * Somebody else saved while a form was open. What was not touched here becomes theirs; what was, stays as it was typed.
 * @param base what the form began with
 * @param theirs what is stored now
 * @returns the fields as they stand then, and the names of those that were taken over
 */
export function meetTheirs(typed: Fields, base: Fields, theirs: Fields): { typed: Fields; taken: string[] } {
  const taken = Object.keys(theirs).filter((name) => same(typed[name], base[name]) && !same(theirs[name], base[name]));
  return { typed: { ...typed, ...Object.fromEntries(taken.map((name) => [name, theirs[name]!])) }, taken };
}
