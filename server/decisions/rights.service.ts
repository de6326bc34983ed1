import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DECISION_KINDS, type DecisionRights } from '../contract/decision.js';
import { forWhom } from '../database/for-whom.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';
import { boardLines, sinceOf } from './log.queries.js';

interface Forum {
  code: string;
  name: string;
  level: number | null;
  decides: DecisionRights['items'][number]['kind'][];
  scope: string | null;
  /** Equal where two forums decide for the same people. */
  forWhom: string;
  isArchived: boolean;
}

/** One row is one forum, one that is archived too: it is there for nothing any more. */
const FORUMS = `
  select code, name, level, scope, case when archived_at is null then coalesce(decides, '{}') else '{}' end as decides,
    ${forWhom('forums')} as "forWhom", archived_at is not null as "isArchived"
  from forums order by archived_at is not null, level desc nulls last, code collate "C"`;

type Row = DecisionRights['items'][number];
type Kind = Row['kind'];

/** Who decides what: as the forums were designed, beside what happened. */
@Injectable()
export class DecisionRightsService {
  async rights(manager: EntityManager, reading: Reading): Promise<DecisionRights> {
    const forums = await named<Forum>(manager, 'forums with their rights', FORUMS);
    const lines = (await boardLines(manager, reading)).filter(({ state }) => state === 'decided');
    const happened = new Set(lines.map(({ forum, kind }) => `${forum?.code ?? ''} ${kind ?? ''}`));
    const rows = [...forums, null].flatMap((forum) =>
      [...DECISION_KINDS, null].flatMap((kind): Row[] => {
        const designed = forum === null || kind === null ? null : forum.decides.includes(kind);
        if (designed !== true && !happened.has(`${forum?.code ?? ''} ${kind ?? ''}`)) return [];
        const own = lines.filter((line) => line.forum?.code === forum?.code && line.kind === kind);
        return [
          { ...rowOf(forum, kind, designed), ...countsOf(own), overlaps: overlapsOf(forums, forum, kind, designed) },
        ];
      }),
    );
    return { period: reading.period, since: sinceOf(reading), items: rows };
  }
}

const rowOf = (
  forum: Forum | null,
  kind: Kind,
  designed: Row['designed'],
): Pick<Row, 'forum' | 'kind' | 'designed'> => ({
  forum: forum && {
    code: forum.code,
    name: forum.name,
    level: forum.level,
    scope: forum.scope,
    isArchived: forum.isArchived,
  },
  kind,
  designed,
});

const countsOf = (
  lines: readonly { decidedLevel: number | null; intendedLevel: number | null }[],
): Pick<Row, 'decided' | 'levels' | 'above' | 'below' | 'unstated'> => {
  const levels = [1, 2, 3, 4, 5].map((level) => ({
    level,
    count: lines.filter(({ decidedLevel }) => decidedLevel === level).length,
  }));
  const both = lines.flatMap(({ decidedLevel, intendedLevel }) =>
    decidedLevel === null || intendedLevel === null ? [] : [decidedLevel - intendedLevel],
  );
  return {
    decided: lines.length,
    levels: levels.filter(({ count }) => count > 0),
    above: both.filter((difference) => difference > 0).length,
    below: both.filter((difference) => difference < 0).length,
    unstated: lines.length - both.length,
  };
};

/** Other forums that are there to decide the same kind for the same scope. */
const overlapsOf = (
  forums: readonly Forum[],
  forum: Forum | null,
  kind: Kind,
  designed: Row['designed'],
): Row['overlaps'] =>
  forum === null || kind === null || designed !== true
    ? []
    : forums
        .filter((other) => other.code !== forum.code && other.decides.includes(kind) && other.forWhom === forum.forWhom)
        .map(({ code, name }) => ({ code, name }));
