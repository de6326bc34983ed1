/**
 * Whether answers that are told once more, after they were taken back, differ from what was told before by so few that the figures before and after
 * would tell them.
 */
import { ENTERPRISE, FEWEST_ANSWERS, type GroupId, publishable, totals, type Unit } from './suppression.js';

/** Answers to one question over a tree of units: by the unit that they name, how often each answer was given. */
export interface Telling {
  readonly units: readonly Unit[];
  readonly answers: ReadonlyMap<GroupId, ReadonlyMap<number, number>>;
}

/** The smallest told group that holds a unit's own answers; undefined where not even the enterprise is told. */
type GroupOf = (unit: GroupId) => GroupId | undefined;

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, each) => all + each, 0);

const toldOf = ({ units, answers }: Telling, fewest: number): { shown: ReadonlySet<GroupId>; groupOf: GroupOf } => {
  const direct = new Map([...answers].map(([unit, counts]) => [unit, sum(counts.values())]));
  const shown = publishable(units, direct, fewest);
  const parents = new Map(units.map(({ id, parent }) => [id, parent]));
  const groupOf: GroupOf = (unit) => {
    let at = unit;
    while (at !== ENTERPRISE && !shown.has(at)) at = parents.get(at) ?? ENTERPRISE;
    return shown.has(at) ? at : undefined;
  };
  return { shown, groupOf };
};

/** Numbers by pairs: of answers that lie in one group before and in one after; undefined where they are told on one side only. */
class Moves {
  private readonly cells = new Map<GroupId | undefined, Map<GroupId | undefined, number>>();

  add(from: GroupId | undefined, to: GroupId | undefined, count: number): void {
    if (count === 0 || (from === undefined && to === undefined)) return;
    const row = this.cells.get(from) ?? new Map<GroupId | undefined, number>();
    this.cells.set(from, row.set(to, (row.get(to) ?? 0) + count));
  }

  /**
   * Whether fewer than these went from one group to another, came, or are gone; or are left in a group that others left or came to from another, of
   * whom they could be told apart.
   */
  tellFewerThan(fewest: number): boolean {
    const all = [...this.cells].flatMap(([from, row]) => [...row].map(([to, count]) => ({ from, to, count })));
    const moved = all.filter(({ from, to }) => from !== to);
    const between = moved.filter(({ from, to }) => from !== undefined && to !== undefined);
    const stayed = all.filter(
      (cell) => cell.from === cell.to && between.some(({ from, to }) => from === cell.from || to === cell.to),
    );
    return [...moved, ...stayed].some(({ count }) => count < fewest);
  }
}

/** What is in the first and not in the second, and what is in both: how often each answer. */
const compared = (one: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>) =>
  [...new Set([...one.keys(), ...other.keys()])].map((value) => {
    const [a, b] = [one.get(value) ?? 0, other.get(value) ?? 0];
    const both = Math.min(a, b);
    return { value, both, gone: a - both, come: b - both };
  });

/** Fills the moves: the same answers of a unit went with it; what is left of them that is the same in one told group is no difference. */
const collect = (tellings: readonly [Telling, Telling], groups: readonly [GroupOf, GroupOf], moves: Moves): void => {
  const left = [
    new Map<GroupId | undefined, Map<number, number>>(),
    new Map<GroupId | undefined, Map<number, number>>(),
  ];
  const keep = (side: 0 | 1, group: GroupId | undefined, value: number, count: number): void => {
    const counts = left[side]!.get(group) ?? new Map<number, number>();
    left[side]!.set(group, counts.set(value, (counts.get(value) ?? 0) + count));
  };
  const [before, after] = tellings;
  for (const unit of new Set([...before.answers.keys(), ...after.answers.keys()])) {
    const [from, to] = [groups[0](unit), groups[1](unit)];
    for (const { value, both, gone, come } of compared(
      before.answers.get(unit) ?? new Map(),
      after.answers.get(unit) ?? new Map(),
    )) {
      moves.add(from, to, both);
      keep(0, from, value, gone);
      keep(1, to, value, come);
    }
  }
  for (const group of new Set([...left[0]!.keys(), ...left[1]!.keys()]))
    for (const { both, gone, come } of compared(left[0]!.get(group) ?? new Map(), left[1]!.get(group) ?? new Map())) {
      moves.add(group, group, both);
      moves.add(group, undefined, gone);
      moves.add(undefined, group, come);
    }
};

/** How often each answer was given in a group, all below it included. */
const answersIn = ({ units, answers }: Telling, group: GroupId): ReadonlyMap<number, number> => {
  const values = new Set([...answers.values()].flatMap((counts) => [...counts.keys()]));
  return new Map(
    [...values].map((value) => [
      value,
      totals(units, new Map([...answers].map(([unit, counts]) => [unit, counts.get(value) ?? 0]))).get(group) ?? 0,
    ]),
  );
};

/**
 * Whether what is told before and what is told after tell fewer than `fewest` answers together: some that moved from one told group to another with
 * their unit, that came or that are gone. Answers of one unit that are the same on both sides are taken for the same people's: nothing that is told
 * says otherwise. Where one of the two tells nothing, nothing is compared.
 */
export const tellsFewer = (before: Telling, after: Telling, fewest = FEWEST_ANSWERS): boolean => {
  const [was, is] = [toldOf(before, fewest), toldOf(after, fewest)];
  if (was.shown.size === 0 || is.shown.size === 0) return false;
  const moves = new Moves();
  collect([before, after], [was.groupOf, is.groupOf], moves);
  if (moves.tellFewerThan(fewest)) return true;
  // A whole group may differ by few though none of its parts does: their units were named anew.
  return [...was.shown].some((group) => {
    if (!is.shown.has(group)) return false;
    const differences = compared(answersIn(before, group), answersIn(after, group));
    return [sum(differences.map(({ gone }) => gone)), sum(differences.map(({ come }) => come))].some(
      (count) => count > 0 && count < fewest,
    );
  });
};
