import type { FieldSource, ImportMapping, MappingTarget, SourceSheet } from '../../../server/contract/mapping.js';
import { hasColumn, sourceOf } from './editing';

/** Which of our stages each status of a foreign work log is: read from a mapping, and written into all targets that need it. */

export const STAGE_KINDS = ['waiting', 'active', 'done', 'cancelled'] as const;
export type StageKind = (typeof STAGE_KINDS)[number];

/** A stage that the import adds. */
export interface NewStage {
  code: string;
  name: string;
  kind: StageKind;
  position: string;
}

export interface StatusRow {
  /** As it stands in the file. */
  status: string;
  rows: number;
  /** Null where nobody has said yet. */
  code: string | null;
  added: NewStage | null;
}

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
const isStages = ({ table, once }: MappingTarget): boolean => table === 'stages' && once;
const isMoves = ({ table }: MappingTarget): boolean => table === 'work_item_transitions';
const stageSources = (mapping: ImportMapping): FieldSource[] =>
  mapping.targets.filter(isMoves).flatMap((target) => sourceOf(target, 'stage_code') ?? []);

const pairs = (mapping: ImportMapping): Map<string, { from: string; to: string }> =>
  new Map(
    stageSources(mapping)
      .filter(({ column }) => column !== null)
      .flatMap(({ values }) => values)
      .map((pair) => [plain(pair.from), pair]),
  );

/** By status in plain letters. */
const added = (mapping: ImportMapping): Map<string, NewStage & { from: string }> => {
  const found = new Map<string, NewStage & { from: string }>();
  for (const target of mapping.targets.filter(isStages)) {
    const of = (to: string, from: string): string | undefined =>
      sourceOf(target, to)?.values.find((pair) => plain(pair.from) === plain(from))?.to;
    for (const { from, to } of sourceOf(target, 'code')?.values ?? [])
      found.set(plain(from), {
        from,
        code: to,
        name: of('name', from) ?? from,
        kind: STAGE_KINDS.find((kind) => kind === of('kind', from)) ?? 'active',
        position: of('position', from) ?? '',
      });
  }
  return found;
};

export const statusRows = (mapping: ImportMapping, log: NonNullable<SourceSheet['changeLog']>): StatusRow[] => {
  const [codes, news] = [pairs(mapping), added(mapping)];
  return log.statuses.map(({ value, count }) => {
    const stage = news.get(plain(value));
    return {
      status: value,
      rows: count,
      code: codes.get(plain(value))?.to ?? null,
      added: stage ? { code: stage.code, name: stage.name, kind: stage.kind, position: stage.position } : null,
    };
  });
};

const refKey = (source: FieldSource): number => source.column!.index;

/** The targets that add the new stages: one for each column that holds statuses. */
const stageTargets = (mapping: ImportMapping, news: readonly (NewStage & { from: string })[]): MappingTarget[] => {
  if (news.length === 0) return [];
  const columns = new Map(
    stageSources(mapping)
      .filter(({ column }) => column !== null)
      .map((source) => [refKey(source), source.column!]),
  );
  // Which rows are about the stage, the items say: their moves may have further conditions.
  const about = mapping.targets.find(({ table }) => table === 'work_items')?.onlyWhere ?? [];
  const field = (
    to: string,
    column: NonNullable<FieldSource['column']>,
    of: (stage: NewStage) => string,
  ): FieldSource => ({
    ...{ to, column, constant: null, format: {}, multiplier: '1', blanks: [], prefix: '' },
    values: news.map((stage) => ({ from: stage.from, to: of(stage) })),
  });
  return [...columns.values()].map((column) => ({
    ...{ table: 'stages', layout: 'long', once: true, wide: null, firstOf: null, lastOf: null },
    fields: [
      field('code', column, ({ code }) => code),
      field('name', column, ({ name }) => name),
      field('position', column, ({ position }) => position),
      field('kind', column, ({ kind }) => kind),
    ],
    onlyWhere: [...about, { column, values: news.map(({ from }) => from), blanks: [] }],
  }));
};

/** Says what one status is: a stage that is there, a new one, or nothing yet. */
export function putStage(mapping: ImportMapping, status: string, stage: string | NewStage | null): ImportMapping {
  const code = stage === null || typeof stage === 'string' ? stage : stage.code;
  const others = [...pairs(mapping).values()].filter(({ from }) => plain(from) !== plain(status));
  const values = code === null ? others : [...others, { from: status, to: code }];
  const news = [...added(mapping).values()].filter(({ from }) => plain(from) !== plain(status));
  // Several statuses may be one new stage: what is said of it holds for all of them.
  const said = stage === null || typeof stage === 'string' ? [] : [{ ...stage, from: status }];
  const settled = [
    ...news.map((one) => (one.code === code && said[0] ? { ...said[0], from: one.from } : one)),
    ...said,
  ];
  return {
    ...mapping,
    targets: [
      ...stageTargets(mapping, settled),
      ...mapping.targets
        .filter((target) => !isStages(target))
        .map((target) =>
          isMoves(target)
            ? {
                ...target,
                fields: target.fields.map((source) =>
                  source.to === 'stage_code' && source.column !== null ? { ...source, values } : source,
                ),
              }
            : target,
        ),
    ],
  };
}

/** The stage in which all items begin, where the file does not say it; undefined where it does. */
export const beginsIn = (mapping: ImportMapping): string | null | undefined => {
  const target = mapping.targets.find((one) => isMoves(one) && !hasColumn(sourceOf(one, 'stage_code')));
  return target && (sourceOf(target, 'stage_code')?.constant ?? null);
};

export const putBegin = (mapping: ImportMapping, code: string): ImportMapping => ({
  ...mapping,
  targets: mapping.targets.map((target) => {
    if (!isMoves(target) || hasColumn(sourceOf(target, 'stage_code'))) return target;
    const others = target.fields.filter(({ to }) => to !== 'stage_code');
    const begin: FieldSource = {
      ...{ to: 'stage_code', column: null, constant: code, format: {}, multiplier: '1' },
      ...{ values: [], blanks: [], prefix: '' },
    };
    return { ...target, fields: [...others, begin] };
  }),
});

/** New stages that are there by now are not added again: whoever changed them since would lose that. */
export const withoutKnown = (mapping: ImportMapping, known: readonly { code: string }[]): ImportMapping => {
  const codes = new Set(known.map(({ code }) => plain(code)));
  return [...added(mapping).values()]
    .filter(({ code }) => codes.has(plain(code)))
    .reduce((now, { from, code }) => putStage(now, from, code), mapping);
};

export const statusId = (place: number): string => `status-${place}`;
export const BEGIN_ID = 'begins-in';
