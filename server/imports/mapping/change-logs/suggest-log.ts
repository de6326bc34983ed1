import { type ChangeLog, stageCodeOf } from '../../../contract/change-log.js';
import type { ColumnRef, FieldSource, MappingTarget, SourceColumn } from '../../../contract/mapping.js';
import { itemInitiatives } from './initiatives.js';
import type { Scanned } from './scan.js';
import { INTERRUPTS, placesOf } from './stage-places.js';
import { kindOf, workTypeOf, type StageKind } from './stage-words.js';
import type { KnownCodes } from '../suggest-content.js';

/** A stage that is there. */
export interface KnownStage {
  code: string;
  name: string;
  position: number | null;
  kind: string | null;
}

const SAYS: Record<ChangeLog['layout'], { name: string; says: string }> = {
  jira_changes: {
    name: 'Jira: a row for each change',
    says: 'Each change of the status becomes a move; other fields are left out.',
  },
  jira_issues: {
    name: 'Jira: a row for each issue',
    says: 'This export holds no history: the item is moved when it was created, and when it was resolved or last updated. How long it stood in each stage between is not in it.',
  },
  servicenow_metrics: {
    name: 'ServiceNow: metric instances',
    says: 'Each start of a state becomes a move; metrics of other fields are left out. Teams are not in it.',
  },
  servicenow_audit: {
    name: 'ServiceNow: history of fields',
    says: 'Each change of the state becomes a move; other fields are left out.',
  },
  servicenow_events: {
    name: 'ServiceNow: a row for each update',
    says: 'Each update becomes a move into the state and the group that it names.',
  },
  servicenow_tasks: {
    name: 'ServiceNow: a row for each task',
    says: 'This export holds no history: the item is moved when it was opened, and when it was closed or last updated. How long it stood in each state between is not in it.',
  },
};

const ref = ({ index, header }: SourceColumn): ColumnRef => ({ index, header });
const field = (to: string, column: SourceColumn | null, more: Partial<FieldSource> = {}): FieldSource => ({
  to,
  column: column === null ? null : ref(column),
  constant: null,
  format: {},
  multiplier: '1',
  values: [],
  blanks: [],
  prefix: '',
  ...more,
});
const target = (table: string, fields: FieldSource[], more: Partial<MappingTarget> = {}): MappingTarget => ({
  table,
  layout: 'long',
  once: false,
  fields,
  wide: null,
  onlyWhere: [],
  firstOf: null,
  lastOf: null,
  ...more,
});
const where = (column: SourceColumn, values: readonly string[] | null): MappingTarget['onlyWhere'][number] => ({
  column: ref(column),
  values: values === null ? null : [...values],
  blanks: [],
});

interface StageGuess {
  from: string;
  code: string;
  /** Of a new stage: two statuses that differ by a hyphen are one, under the name of the more frequent one. */
  name: string;
  isNew: boolean;
  kind: StageKind;
}

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/** Which stage each status is: one that is there by its code or name, else a new one where its name says what it is. */
const guessStages = (scanned: Scanned, stages: readonly KnownStage[], mayAdd: boolean): StageGuess[] => {
  const added = new Map<string, StageGuess>();
  return scanned.statuses.flatMap(({ value }): StageGuess[] => {
    const known = stages.find(
      ({ code, name }) => [plain(code), plain(name)].includes(plain(value)) || code === stageCodeOf(value),
    );
    if (known) {
      const kind = (known.kind as StageKind | null) ?? 'active';
      return [{ from: value, code: known.code, name: known.name, isNew: false, kind }];
    }
    const twin = added.get(stageCodeOf(value));
    const kind = twin?.kind ?? kindOf(value);
    if (kind === null || !mayAdd) return [];
    const guess = { from: value, code: stageCodeOf(value), name: twin?.name ?? value, isNew: true, kind };
    if (!twin) added.set(guess.code, guess);
    return [guess];
  });
};

/** The place of each status as the log shows that work goes; null where work only pauses. */
const statusPlaces = ({ flows }: Scanned, guesses: readonly StageGuess[]): Map<string, number | null> =>
  placesOf(
    guesses.map(({ from, kind }) => ({ status: from, kind })),
    flows,
  );

/**
 * The place of each new stage as text, blank where none is known: beside stages that are there only the end is, for which place a new one has among
 * theirs is for a person to say.
 */
const newPlaces = (
  scanned: Scanned,
  guesses: readonly StageGuess[],
  stages: readonly KnownStage[],
): ((guess: StageGuess) => string) => {
  const places = statusPlaces(scanned, guesses);
  const stored = stages.flatMap(({ position }) => position ?? []);
  return ({ code, kind }) => {
    const isEnd = kind === 'done' || kind === 'cancelled';
    if (stages.length > 0) return isEnd && stored.length > 0 ? String(Math.max(...stored)) : '';
    const first = guesses.find((guess) => guess.code === code)!;
    return String(places.get(first.from) ?? '');
  };
};

const stageTargets = (
  scanned: Scanned,
  guesses: readonly StageGuess[],
  placeOf: (guess: StageGuess) => string,
): MappingTarget[] => {
  const fresh = guesses.filter(({ isNew }) => isNew);
  if (fresh.length === 0) return [];
  const words = (to: (guess: StageGuess) => string) => fresh.map((guess) => ({ from: guess.from, to: to(guess) }));
  return [scanned.entered, scanned.left].flatMap((column) =>
    column === undefined
      ? []
      : [
          target(
            'stages',
            [
              field('code', column, { values: words(({ code }) => code) }),
              field('name', column, { values: words(({ name }) => name) }),
              field('position', column, { values: words(placeOf) }),
              field('kind', column, { values: words(({ kind }) => kind) }),
            ],
            {
              once: true,
              onlyWhere: [
                ...(scanned.field ? [where(scanned.field, scanned.fields)] : []),
                where(
                  column,
                  fresh.map(({ from }) => from),
                ),
              ],
            },
          ),
        ],
  );
};

const itemTarget = (scanned: Scanned, initiative: FieldSource | null): MappingTarget => {
  const { item, at, title, type, types } = scanned;
  const isIncident = item.samples.length > 0 && item.samples.every((code) => /^INC/i.test(code));
  const isChange = item.samples.length > 0 && item.samples.every((code) => /^CHG/i.test(code));
  const constant = isIncident ? 'incident' : isChange ? 'change' : null;
  return target(
    'work_items',
    [
      field('code', item),
      ...(title ? [field('title', title)] : []),
      ...(type
        ? [field('type', type, { values: types.flatMap((from) => ({ from, to: workTypeOf(from) ?? '' })) })]
        : constant
          ? [field('type', null, { constant })]
          : []),
      ...(initiative ? [initiative] : []),
    ],
    // What was renamed on its way has its last name: rows that say different things of one item would refuse each other.
    {
      once: true,
      lastOf: { column: ref(item), by: ref(at) },
      ...(scanned.field ? { onlyWhere: [where(scanned.field, scanned.fields)] } : {}),
    },
  );
};

const moveTargets = (scanned: Scanned, guesses: readonly StageGuess[], begins: string | null): MappingTarget[] => {
  const { item, at, entered, left, begun, resolved, team } = scanned;
  const values = guesses.map(({ from, code }) => ({ from, to: code }));
  const aboutStage = scanned.field ? [where(scanned.field, scanned.fields)] : [];
  const moves = (when: SourceColumn, stage: FieldSource, withTeam: boolean, more: Partial<MappingTarget> = {}) =>
    target(
      'work_item_transitions',
      [
        field('work_item_code', item),
        field('at', when),
        stage,
        ...(withTeam && team ? [field('team', team, { blanks: ['?'] })] : []),
      ],
      { ...more, onlyWhere: [...aboutStage, ...(more.onlyWhere ?? [])] },
    );
  const into = (column: SourceColumn): FieldSource => field('stage_code', column, { values });
  if (scanned.layout === 'jira_issues' || scanned.layout === 'servicenow_tasks')
    return [
      moves(begun!, field('stage_code', null, { constant: begins }), false, {
        firstOf: { column: ref(item), by: ref(begun!) },
      }),
      ...(resolved ? [moves(resolved, into(entered), true, { onlyWhere: [where(resolved, null)] })] : []),
      ...(at === begun ? [] : [moves(at, into(entered), true, resolved ? { onlyWhere: [where(resolved, [''])] } : {})]),
    ];
  const first = { firstOf: { column: ref(item), by: ref(at) } };
  return [...(begun ? [moves(begun, into(left ?? entered), false, first)] : []), moves(at, into(entered), true)];
};

/** Stages without a place stand last. */
const NO_PLACE = Number.MAX_SAFE_INTEGER;

/**
 * The stage in which items begin where the file does not say it: the first in which work waits and does not only pause.
 * @returns null where none is known: then a person says it
 */
const beginning = (scanned: Scanned, guesses: readonly StageGuess[], stages: readonly KnownStage[]): string | null => {
  const known = stages
    .filter(({ name, position, kind }) => kind === 'waiting' && (position !== null || !INTERRUPTS.test(name)))
    .sort((a, b) => (a.position ?? NO_PLACE) - (b.position ?? NO_PLACE) || (a.code < b.code ? -1 : 1))[0];
  if (known) return known.code;
  const places = statusPlaces(scanned, guesses);
  const waiting = guesses.filter(({ from, kind }) => kind === 'waiting' && (places.get(from) ?? null) !== null);
  return waiting.sort((a, b) => places.get(a.from)! - places.get(b.from)!)[0]?.code ?? null;
};

/**
 * How a work log would be read: its items, their moves, and the stages that are not there yet.
 * @param known records that cells of the sheet name
 * @param mayAdd whether the person may write stages; else only those that are there are named
 */
export const suggestLog = (
  scanned: Scanned,
  stages: readonly KnownStage[],
  known: KnownCodes,
  mayAdd: boolean,
): { changeLog: ChangeLog; targets: MappingTarget[] } => {
  const guesses = guessStages(scanned, stages, mayAdd);
  const { layout, statuses, items, otherFields } = scanned;
  const { name, says } = SAYS[layout];
  const left = otherFields.map((one) => `“${one}”`).join(', ');
  const initiatives = itemInitiatives(scanned.initiatives, known);
  return {
    changeLog: {
      ...{ layout, name, items, statuses: [...statuses], initiatives: initiatives.says },
      says: left === '' ? says : `${says} Left out, for it is not the item's own: ${left}.`,
    },
    targets: [
      ...stageTargets(scanned, guesses, newPlaces(scanned, guesses, stages)),
      itemTarget(scanned, initiatives.source),
      ...moveTargets(scanned, guesses, beginning(scanned, guesses, stages)),
    ],
  };
};
