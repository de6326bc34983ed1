/**
 * Which groups of answers may be told as figures, so that none of fewer than 5 answers can be had: not by itself, and not by taking told groups
 * from each other.
 */

/** Answers of fewer people than this are never told. */
export const FEWEST_ANSWERS = 5;
/** Words are told of more people still: they may be recognised. */
export const FEWEST_FOR_COMMENTS = 10;

export interface Unit {
  readonly id: string;
  readonly parent: string | null;
  readonly code: string;
}

/** The whole enterprise, and the answers that name no unit. */
export const ENTERPRISE = null;
export type GroupId = string | typeof ENTERPRISE;

/** A group that may be told. `rest`: those of its answers that lie in none of the told groups within it. */
interface Told {
  readonly id: GroupId;
  readonly code: string;
  readonly total: number;
  readonly rest: number;
  readonly inner: readonly Told[];
}

const byParent = (units: readonly Unit[]): ReadonlyMap<GroupId, Unit[]> => {
  const known = new Set(units.map(({ id }) => id));
  const children = new Map<GroupId, Unit[]>();
  for (const unit of units) {
    const parent = unit.parent !== null && known.has(unit.parent) ? unit.parent : ENTERPRISE;
    children.set(parent, [...(children.get(parent) ?? []), unit]);
  }
  return children;
};

const smallest = (groups: readonly Told[]): Told =>
  groups.reduce((least, each) =>
    each.total < least.total || (each.total === least.total && each.code < least.code) ? each : least,
  );

/**
 * The groups whose answers to one question of one period may be told: units (each with all below it) and the enterprise.
 *
 * Told groups lie within each other or apart, so that what can be worked out from them are unions of their rests: of each, what is left of it
 * without the told groups within. So each rest is empty or has at least `fewest` answers. Where it is smaller, the next smallest group within is
 * hidden, until it is not; the whole is hidden only where it is too small itself (`model.md` §4). What is given to a unit directly, and what names
 * no unit, is never told apart and so counts as a hidden group among its siblings.
 *
 * @param direct answers given directly to a unit (or, under `ENTERPRISE`, to none); units that are not in it have none
 */
export const publishable = (
  units: readonly Unit[],
  direct: ReadonlyMap<GroupId, number>,
  fewest = FEWEST_ANSWERS,
): ReadonlySet<GroupId> => new Set(settled(units, direct, fewest).map(({ id }) => id));

/**
 * Groups whose own answers, those given directly to them, may be told one by one under the group's name: nothing of a hidden group lies among what
 * is left of them, so that with all other answers under no name each part is empty or has at least `fewest`.
 */
export const toldApart = (
  units: readonly Unit[],
  direct: ReadonlyMap<GroupId, number>,
  fewest = FEWEST_ANSWERS,
): ReadonlySet<GroupId> =>
  new Set(settled(units, direct, fewest).flatMap(({ id, rest }) => (rest === (direct.get(id) ?? 0) ? [id] : [])));

/** All groups that may be told. */
function settled(units: readonly Unit[], direct: ReadonlyMap<GroupId, number>, fewest: number): Told[] {
  const children = byParent(units);
  /** `rest`: answers in no told group, where the group itself is not told. */
  const settle = (id: GroupId, code: string): { told: readonly Told[]; rest: number; total: number } => {
    const below = (children.get(id) ?? []).map((child) => settle(child.id, child.code));
    const own = direct.get(id) ?? 0;
    const total = below.reduce((sum, child) => sum + child.total, own);
    if (total < fewest) return { told: [], rest: total, total };
    let inner = below.flatMap(({ told }) => told);
    let rest = below.reduce((sum, child) => sum + child.rest, own);
    while (rest > 0 && rest < fewest) {
      const hidden = smallest(inner);
      inner = [...inner.filter((each) => each !== hidden), ...hidden.inner];
      rest += hidden.rest;
    }
    return { told: [{ id, code, total, rest, inner }], rest: 0, total };
  };
  const all = (groups: readonly Told[]): Told[] => groups.flatMap((group) => [group, ...all(group.inner)]);
  return all(settle(ENTERPRISE, '').told);
}

/** Answers of all units at and below each, and of the enterprise. */
export function totals(units: readonly Unit[], direct: ReadonlyMap<GroupId, number>): ReadonlyMap<GroupId, number> {
  const children = byParent(units);
  const sums = new Map<GroupId, number>();
  const add = (id: GroupId): number => {
    const sum = (children.get(id) ?? []).reduce((all, child) => all + add(child.id), direct.get(id) ?? 0);
    sums.set(id, sum);
    return sum;
  };
  add(ENTERPRISE);
  return sums;
}

/** Some units with all below them. */
export function within(units: readonly Unit[], ids: readonly string[]): ReadonlySet<string> {
  const children = byParent(units);
  const found = new Set<string>();
  const add = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    for (const child of children.get(id) ?? []) add(child.id);
  };
  ids.forEach(add);
  return found;
}

/** Those of some units that lie below none of the others: together they hold the same answers, each once. */
export function outermost(units: readonly Unit[], ids: ReadonlySet<string>): string[] {
  const parents = new Map(units.map(({ id, parent }) => [id, parent]));
  const liesBelow = (id: string): boolean => {
    for (let above = parents.get(id) ?? null; above !== null; above = parents.get(above) ?? null)
      if (ids.has(above)) return true;
    return false;
  };
  return [...ids].filter((id) => parents.has(id) && !liesBelow(id));
}

/**
 * Whether the answers of several units together may be told: only where each of them that has any may be told by itself. So a union tells nothing
 * that its parts do not.
 */
export const isUnionPublishable = (
  parts: readonly GroupId[],
  shown: ReadonlySet<GroupId>,
  answers: ReadonlyMap<GroupId, number>,
): boolean => parts.every((part) => shown.has(part) || (answers.get(part) ?? 0) === 0);
