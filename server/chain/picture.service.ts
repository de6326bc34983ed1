import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type BenefitStanding, StandingService } from '../benefits/standing.service.js';
import type { ChainPath, Layer, PathQuery, Paths, Picture, PictureQuery } from '../contract/chain.js';
import { fractionOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import { formatFraction } from '../core/money.js';
import { effectiveShare, LAYERS } from '../core/shares.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import { invalidField } from '../http/problem.js';
import type { Reading } from '../http/reading.js';
import { type ChainFacts, chainFacts } from './chain.facts.js';
import { indexOfRef } from './chain.service.js';
import { gapRecords } from './gaps.queries.js';
import { GapsService } from './gaps.service.js';
import { type Path, type PathList, pathsOf, type PathPlace, placeOf, TooManyPaths } from './paths.js';
import { type Drawing, drawingOf, partOf, pictureBody } from './picture.js';
import { type Condition, type View, viewOf } from './view.js';

/** More than anyone reads, and about what can be listed in a second. */
const MOST_PATHS = 200_000;

const place = z
  .tuple([z.string().regex(/^-?\d{1,60}$/), z.number().int().min(0).max(4)])
  .rest(z.string())
  .refine((parts) => parts.length > 2 && parts.length < 8);

export type DrawnQuery = Pick<PictureQuery, 'span' | 'type' | 'ref' | 'gap' | 'min'>;

/** A view with what it was made from; `asked` are the conditions of the question, without that of the scope. */
export interface Viewed {
  readonly facts: ChainFacts;
  readonly asked: readonly Condition[];
  readonly view: View;
}

/** The chain as a picture and as a list of paths: what spend goes along the paths that are asked for. */
@Injectable()
export class PictureService {
  constructor(
    private readonly gaps: GapsService,
    private readonly standings: StandingService,
  ) {}

  /**
   * Boxes and links of the picture as JSON text.
   * @throws Problem 404 for a record in focus that is not there
   */
  async picture(manager: EntityManager, reading: Reading, query: PictureQuery): Promise<string> {
    const viewed = await this.view(manager, reading, query);
    const { facts, view } = viewed;
    const drawing = drawingIn(viewed, query);
    const part = query.through === undefined ? null : partOf(drawing, narrowed(viewed, query.through));
    const standings = await this.benefits(manager, reading);
    const amounts = new Map([...standings].map(([id, { row }]) => [id, moneyOf(row)]));
    return JSON.stringify({
      period: reading.period,
      span: query.span,
      currency: reading.currency,
      ...pictureBody(facts.rows, view, drawing, amounts, reading.decimals, part),
    } satisfies Picture);
  }

  /**
   * One page of the paths as JSON text; `cost` and `total` are of all of them.
   * @throws Problem 404 for a record in focus that is not there, 422 for too many paths and for a cursor that is none of ours
   */
  async paths(manager: EntityManager, reading: Reading, query: PathQuery): Promise<string> {
    const after: PathPlace | null = query.cursor === undefined ? null : readCursor(query.cursor, place);
    const { facts, view } = await this.view(manager, reading, query);
    const all = allPaths(facts, view, fractionOrNull(query.min ?? null), reading.decimals);
    const start = after ? all.positionAfter(after, facts.rows) : (query.offset ?? 0);
    const page = all.slice(start, start + query.limit);
    const last = start + page.length < all.total ? page.at(-1) : undefined;
    const standings = await this.benefits(manager, reading);
    const { cost } = all;
    return JSON.stringify({
      period: reading.period,
      span: query.span,
      currency: reading.currency,
      items: page.map((path) => pathBody(facts, path, standings, reading.decimals)),
      total: all.total,
      nextCursor: last ? writeCursor(placeOf(last, facts.rows)) : null,
      cost: formatFraction(cost.n, cost.d, reading.decimals),
    } satisfies Paths);
  }

  /**
   * The part of the chain that a question names, with its conditions.
   * @throws Problem 404 for a record in focus that is not there
   */
  async view(manager: EntityManager, reading: Reading, query: DrawnQuery): Promise<Viewed> {
    const facts = await chainFacts(manager, reading, query.span);
    const { indexOf } = facts.whole.chain;
    const indexes = (ids: Iterable<string>): Condition => new Set([...ids].map((id) => indexOf.get(id)!));
    const conditions: Condition[] = [];
    if (query.type !== undefined && query.ref !== undefined)
      conditions.push(new Set([indexOfRef(facts, query.type, query.ref)]));
    if (query.gap !== undefined) {
      const gaps = await this.gaps.all(manager, reading, query.span === 'to_date' ? facts : undefined);
      conditions.push(indexes(gaps.filter(({ kind }) => kind === query.gap).map(({ row }) => row.id)));
    }
    const asked = [...conditions];
    // Spend of a scope begins at its own investments; this keeps out paths without cost that none of its records is on.
    if (reading.scope.portfolioId !== null || reading.scope.unitIds !== null)
      conditions.push(indexes((await gapRecords(manager, reading)).map(({ id }) => id)));
    return { facts, asked, view: viewOf(facts.whole, conditions) };
  }

  /** Benefits by id. Of the whole enterprise: spend of a scope may end in a benefit of another. */
  private async benefits(manager: EntityManager, reading: Reading): Promise<Map<string, BenefitStanding>> {
    const scope = { portfolioId: null, unitId: null, unitIds: null, label: 'enterprise' };
    const standings = await this.standings.of(manager, { ...reading, scope });
    return new Map(standings.map((standing) => [standing.row.id, standing]));
  }
}

/** Boxes and links of a view. */
export const drawingIn = ({ facts, view }: Viewed, { min, expand }: Pick<PictureQuery, 'min' | 'expand'>): Drawing =>
  drawingOf(facts.rows, view, fractionOrNull(min ?? null), new Set((expand?.split(',') ?? []) as Layer[]));

/** Of the view's money what goes through one more record, `investment:INV-1`. */
const narrowed = ({ facts, asked }: Viewed, through: string): View => {
  const [type, ...ref] = through.split(':');
  const record = indexOfRef(facts, type as Layer, ref.join(':'));
  return viewOf(facts.whole, [...asked, new Set([record])]);
};

export const fractionOrNull = (text: string | null): Fraction | null => (text === null ? null : fractionOf(text));

const moneyOf = (row: BenefitStanding['row']): { planned: Fraction | null; realised: Fraction | null } => ({
  planned: row.money ? fractionOrNull(row.planned) : null,
  realised: row.money ? fractionOrNull(row.realised) : null,
});

/** @throws Problem 422 for more paths than a list holds */
export const allPaths = (facts: ChainFacts, view: View, min: Fraction | null, decimals: number): PathList => {
  try {
    return pathsOf(facts.whole, view, min, decimals, MOST_PATHS);
  } catch (error) {
    if (!(error instanceof TooManyPaths)) throw error;
    throw invalidField(
      'min',
      'paths.too_many',
      'There are more than 200,000 paths. Narrow them by a scope, a record, a kind of gap, or a least amount (min).',
    );
  }
};

const pathBody = (
  { rows, whole: { chain } }: ChainFacts,
  { nodes, links, cost }: Path,
  standings: ReadonlyMap<string, BenefitStanding>,
  decimals: number,
): ChainPath => {
  const last = rows[nodes.at(-1)!]!;
  const benefit = last.type === 'benefit' ? standings.get(last.id) : undefined;
  const amount = (of: Fraction | null): string | null => (of === null ? null : formatFraction(of.n, of.d, decimals));
  return {
    nodes: nodes.map((node) => {
      const { type, code, name } = rows[node]!;
      return { type, code, name };
    }),
    shares: links.map((link) => ({
      allocation: effectiveShare(chain, 'allocation', link),
      isAssumed: chain.links[link]!.allocation === null,
    })),
    cost: formatFraction(cost.n, cost.d, decimals),
    missing: LAYERS[LAYERS.indexOf(last.type) + 1] ?? null,
    planned: benefit ? amount(moneyOf(benefit.row).planned) : null,
    realised: benefit ? amount(moneyOf(benefit.row).realised) : null,
    status: benefit?.standing.status ?? null,
    evidenceLevel: benefit?.evidenceLevel ?? null,
  };
};
