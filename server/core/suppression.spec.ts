import { describe, expect, test } from '@jest/globals';
import { type Atom, exposedGroup } from '../../tests/support/told-groups.js';
import { type Telling, tellsFewer } from './retelling.js';
import {
  ENTERPRISE,
  type GroupId,
  isUnionPublishable,
  outermost,
  publishable,
  totals,
  type Unit,
} from './suppression.js';

const unit = (code: string, parent: string | null = null): Unit => ({ id: code, parent, code });
const FLAT = [unit('A'), unit('B'), unit('C'), unit('D')];
const shownOf = (units: readonly Unit[], answers: Record<string, number>, none = 0): (string | null)[] =>
  [...publishable(units, new Map<GroupId, number>([...Object.entries(answers), [ENTERPRISE, none]]))].sort();

describe('Groups of answers that may be told', () => {
  test('are those of five and more, where all are', () => {
    expect(shownOf(FLAT, { A: 5, B: 6, C: 7, D: 8 })).toEqual(['A', 'B', 'C', 'D', null]);
  });
  test('are none below five, not even the enterprise', () => {
    expect(shownOf(FLAT, { A: 4 })).toEqual([]);
    expect(shownOf(FLAT, { A: 5 })).toEqual(['A', null]);
  });
  test('leave out the next smallest where exactly one is too small', () => {
    expect(shownOf(FLAT, { A: 4, B: 6, C: 7, D: 8 })).toEqual(['C', 'D', null]);
  });
  test('leave out the first by code of two that are equally small', () => {
    expect(shownOf(FLAT, { A: 4, B: 7, C: 7, D: 8 })).toEqual(['C', 'D', null]);
  });
  test('leave out no more where the small ones are five together', () => {
    expect(shownOf(FLAT, { A: 4, B: 1, C: 7, D: 8 })).toEqual(['C', 'D', null]);
  });
  test('leave out more where the small ones together are below five still: the sum of both could be had', () => {
    expect(shownOf(FLAT, { A: 2, B: 1, C: 7, D: 8 })).toEqual(['D', null]);
  });
  test('count a unit without answers as no group', () => {
    expect(shownOf(FLAT, { A: 5, B: 0, C: 7, D: 8 })).toEqual(['A', 'C', 'D', null]);
  });
  test('count answers that name no unit as a group', () => {
    expect(shownOf(FLAT, { A: 5, B: 6, C: 7 }, 2)).toEqual(['B', 'C', null]);
    expect(shownOf(FLAT, { A: 5, B: 6, C: 7 }, 5)).toEqual(['A', 'B', 'C', null]);
  });
  test('count answers given to the parent itself as a group', () => {
    const units = [unit('P'), unit('A', 'P'), unit('B', 'P')];
    expect(shownOf(units, { P: 3, A: 6, B: 7 })).toEqual(['B', 'P', null]);
    expect(shownOf(units, { P: 5, A: 6, B: 7 })).toEqual(['A', 'B', 'P', null]);
  });
  test('leave out a unit within a hidden one, too, where the hidden one would follow from it', () => {
    const units = [unit('P'), unit('A', 'P'), unit('B', 'P'), unit('Q')];
    expect(shownOf(units, { A: 6, B: 7, Q: 3 })).toEqual(['B', null]);
  });
  test('may be as few as ten for words', () => {
    expect(
      [
        ...publishable(
          FLAT,
          new Map([
            ['A', 9],
            ['B', 10],
            ['C', 11],
          ]),
          10,
        ),
      ].sort(),
    ).toEqual(['C', null]);
  });
  test('are told together only where each is told', () => {
    const answers = new Map([
      ['A', 4],
      ['B', 6],
      ['C', 7],
      ['D', 0],
    ]);
    const shown = publishable(FLAT, answers);
    const sums = totals(FLAT, answers);
    expect(isUnionPublishable(['C', 'D'], shown, sums)).toBe(true);
    expect(isUnionPublishable(['A', 'B'], shown, sums)).toBe(false);
  });
  test('of several units are those of the outermost', () => {
    const units = [unit('P'), unit('A', 'P'), unit('B', 'A'), unit('Q')];
    expect(outermost(units, new Set(['B', 'P', 'Q']))).toEqual(['P', 'Q']);
  });
});

/** Numbers that look random and are the same each time. */
const randomOf = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

interface Case {
  readonly units: readonly Unit[];
  readonly direct: ReadonlyMap<GroupId, number>;
}
const caseOf = (seed: number): Case => {
  const random = randomOf(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const units = Array.from({ length: 1 + below(11) }, (_, at) =>
    unit(`U${at}`, at === 0 || random() < 0.3 ? null : `U${below(at)}`),
  );
  const most = [4, 7, 12][below(3)]!;
  const answers = (): number => (random() < 0.3 ? 0 : below(most));
  const direct = new Map<GroupId, number>(units.map(({ id }) => [id, answers()]));
  return { units, direct: direct.set(ENTERPRISE, random() < 0.5 ? 0 : below(6)) };
};

const NOWHERE = '(none)';
const within = (units: readonly Unit[], group: GroupId): ReadonlySet<string> => {
  if (group === ENTERPRISE) return new Set([NOWHERE, ...units.map(({ id }) => id)]);
  const found = new Set([group]);
  for (const each of units) if (each.parent !== null && found.has(each.parent)) found.add(each.id);
  return found;
};
const atomsOf = ({ direct }: Case): Atom[] => [...direct].map(([id, size]) => ({ name: id ?? NOWHERE, size }));

type Rule = (units: readonly Unit[], direct: ReadonlyMap<GroupId, number>) => ReadonlySet<GroupId>;

/** The told groups, and each union of two or three units that a person could stand for and be told. */
const toldBy = (rule: Rule, { units, direct }: Case): ReadonlySet<string>[] => {
  const shown = rule(units, direct);
  const sums = totals(units, direct);
  const told = [...shown].map((group) => within(units, group));
  for (let at = 0; at + 1 < units.length; at++) {
    const own = outermost(units, new Set(units.slice(at, at + 3).map(({ id }) => id)));
    if (isUnionPublishable(own, shown, sums)) told.push(new Set(own.flatMap((id) => [...within(units, id)])));
  }
  return told;
};

/** Hides what is too small, and the next smallest of its siblings where it is alone: the words of the model, taken literally. */
const literal: Rule = (units, direct) => {
  const sums = totals(units, direct);
  const shown = new Set<GroupId>([...sums].filter(([, sum]) => sum >= 5).map(([id]) => id));
  for (const parent of [ENTERPRISE, ...units.map(({ id }) => id)]) {
    const siblings = units.filter((each) => each.parent === parent && sums.get(each.id)! > 0);
    const hidden = siblings.filter(({ id }) => !shown.has(id));
    if (hidden.length !== 1) continue;
    const next = siblings.filter(({ id }) => shown.has(id)).sort((a, b) => sums.get(a.id)! - sums.get(b.id)!)[0];
    if (next) shown.delete(next.id);
  }
  return shown;
};

const SEEDS = Array.from({ length: 400 }, (_, seed) => seed + 1);

describe('Over 400 random trees and answers', () => {
  test('no group below five answers can be worked out from what is told', () => {
    const exposed = SEEDS.flatMap((seed) => {
      const tree = caseOf(seed);
      const found = exposedGroup(atomsOf(tree), toldBy(publishable, tree));
      return found ? [`${seed}: ${found.join('+')}`] : [];
    });
    expect(exposed).toEqual([]);
  });
  test('the enterprise is told wherever it has five, and small groups never are', () => {
    for (const seed of SEEDS) {
      const { units, direct } = caseOf(seed);
      const shown = publishable(units, direct);
      const sums = totals(units, direct);
      expect(shown.has(ENTERPRISE)).toBe(sums.get(ENTERPRISE)! >= 5);
      expect([...shown].every((group) => sums.get(group)! >= 5)).toBe(true);
    }
  });
  test('the same attack finds groups where only the literal rule holds, and where none does', () => {
    const broken = (rule: Rule): number =>
      SEEDS.filter((seed) => exposedGroup(atomsOf(caseOf(seed)), toldBy(rule, caseOf(seed)))).length;
    expect(broken(literal)).toBeGreaterThan(50);
    expect(
      broken((units, direct) => new Set([...totals(units, direct)].filter(([, sum]) => sum >= 5).map(([id]) => id))),
    ).toBeGreaterThan(100);
  });
});

describe('What is told once more', () => {
  const [P, Q] = [unit('P'), unit('Q')];
  const TREE = [P, Q, unit('A', 'P'), unit('B', 'P')];
  const MOVED = [P, Q, unit('A', 'P'), unit('B', 'Q')];
  /** Of each unit how many gave a 1, a 2 and so on. */
  const tellingOf = (units: readonly Unit[], answers: Record<string, readonly number[]>): Telling => ({
    units,
    answers: new Map<GroupId, ReadonlyMap<number, number>>(
      Object.entries(answers).map(([id, counts]) => [
        id === 'none' ? ENTERPRISE : id,
        new Map(counts.map((count, at) => [at + 1, count])),
      ]),
    ),
  });
  const TOLD = { A: [3, 3], B: [1, 2], Q: [2, 3] };
  test.each([
    ['the same answers', TREE, TOLD, false],
    ['one that came late', TREE, { ...TOLD, Q: [2, 4] }, true],
    ['one that is gone', TREE, { ...TOLD, Q: [3, 3], A: [3, 2] }, true],
    ['one that says something else', TREE, { ...TOLD, A: [2, 4] }, true],
    ['five that came', TREE, { ...TOLD, Q: [7, 3] }, false],
    ['others, all of them', TREE, { A: [0, 0, 6], B: [0, 0, 3], Q: [0, 0, 5] }, false],
    ['three that moved with their unit', MOVED, TOLD, true],
    ['none that names its unit any more', TREE, { none: [6, 8] }, false],
    ['one more, and none that names its unit', TREE, { none: [6, 9] }, true],
    ['some that name another unit of the same group', TREE, { A: [2, 3], B: [2, 2], Q: [2, 3] }, false],
    ['too few to be told', TREE, { Q: [2, 2] }, false],
  ])('tells fewer than five, or not: %s', (_what, units, answers, tells) => {
    expect(tellsFewer(tellingOf(TREE, TOLD), tellingOf(units, answers))).toBe(tells);
  });
  test('is compared with nothing where too few had answered to be told', () => {
    expect(tellsFewer(tellingOf(TREE, { Q: [2, 2] }), tellingOf(TREE, { Q: [2, 3] }))).toBe(false);
  });
});
