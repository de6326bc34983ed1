import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  type DecisionBoard,
  type DecisionLine,
  type DecisionLog,
  type DecisionLogQuery,
  ENOUGH_DECIDED,
  MOST_POINTS,
} from '../contract/decision.js';
import { percentile } from '../core/percentile.js';
import { localDate, localInstant } from '../core/period.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import { asOfDay } from '../http/as-of.js';
import type { Reading } from '../http/reading.js';
import { boardLines, type Line, logPage, sinceOf } from './log.queries.js';

/** Bars that are drawn of what is open; the log holds all. */
const MOST_OPEN = 12;

/** The log of decisions, and what it shows of a year: how long they took, at what level, and what is open. */
@Injectable()
export class DecisionLogService {
  /** @throws Problem 422 for a cursor that is none of ours */
  async log(manager: EntityManager, reading: Reading, query: DecisionLogQuery): Promise<DecisionLog> {
    const offset = query.cursor === undefined ? 0 : readCursor(query.cursor, z.number().int().min(0));
    const { lines, total } = await logPage(manager, reading, query, { offset, limit: query.limit });
    const next = offset + lines.length;
    return {
      items: lines.map((line) => lineOf(line, reading)),
      total,
      nextCursor: next < total && lines.length > 0 ? writeCursor(next) : null,
    };
  }

  async board(manager: EntityManager, reading: Reading): Promise<DecisionBoard> {
    const lines = await boardLines(manager, reading);
    const decided = lines.filter(({ state }) => state === 'decided');
    const points = decided.filter(({ kind, days }) => kind === 'priority' && days !== null);
    const open = lines.filter(({ state }) => state !== 'decided').sort((a, b) => (b.days ?? 0) - (a.days ?? 0));
    return {
      period: reading.period,
      asOf: asOfDay(reading),
      isOver: reading.end <= reading.today,
      since: sinceOf(reading),
      points: points.slice(-MOST_POINTS).map(({ code, title, decidedAt, days, inPeriod }) => ({
        code,
        title,
        decidedOn: localDate(decidedAt!, reading.timeZone),
        days: days!,
        inPeriod,
      })),
      pointCount: points.length,
      levels: countsOf(decided),
      open: open.slice(0, MOST_OPEN).map((line) => lineOf(line, reading)),
      openCount: open.length,
      lateCount: open.filter(({ state }) => state === 'late').length,
      percentiles: percentilesOf(points),
    };
  }
}

/** Without what only the server needs; instants as clocks of the reporting time zone write them. */
export const lineOf = (
  { id: _id, version: _version, aboutId: _aboutId, ...line }: Line & { inPeriod?: boolean },
  { timeZone }: Pick<Reading, 'timeZone'>,
): DecisionLine => {
  const { inPeriod: _inPeriod, raisedAt, decidedAt, ...rest } = line;
  return {
    ...rest,
    raisedAt: raisedAt && localInstant(raisedAt, timeZone),
    decidedAt: decidedAt && localInstant(decidedAt, timeZone),
  };
};

/** Of all decisions that dots stand for, those too many to be drawn, too. */
const percentilesOf = (points: readonly Line[]): DecisionBoard['percentiles'] => {
  const days = points.map((point) => point.days!).sort((a, b) => a - b);
  return days.length < ENOUGH_DECIDED ? null : { p50: percentile(days, 0.5), p85: percentile(days, 0.85) };
};

const countsOf = (lines: readonly Line[]): DecisionBoard['levels'] => {
  const counts = new Map<string, DecisionBoard['levels'][number]>();
  for (const { intendedLevel: intended, decidedLevel: decided } of lines) {
    const key = `${intended}-${decided}`;
    const found = counts.get(key) ?? { intended, decided, count: 0 };
    counts.set(key, { ...found, count: found.count + 1 });
  }
  return [...counts.values()];
};
