import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  type DecisionBoard,
  type DecisionLine,
  type DecisionLog,
  type DecisionLogQuery,
  MOST_POINTS,
} from '../contract/decision.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import type { Reading } from '../http/reading.js';
import { asOfDay, boardLines, type Line, logPage, sinceOf } from './log.queries.js';

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
      items: lines.map(lineOf),
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
      since: sinceOf(reading),
      points: points.slice(-MOST_POINTS).map(({ code, title, decidedAt, days, inPeriod }) => ({
        code,
        title,
        decidedOn: decidedAt!.slice(0, 10),
        days: days!,
        inPeriod,
      })),
      pointCount: points.length,
      levels: countsOf(decided),
      open: open.slice(0, MOST_OPEN).map(lineOf),
      openCount: open.length,
      lateCount: open.filter(({ daysLate }) => daysLate !== null && daysLate > 0).length,
    };
  }
}

/** Without what only the server needs. */
export const lineOf = ({
  id: _id,
  version: _version,
  aboutId: _aboutId,
  ...line
}: Line & { inPeriod?: boolean }): DecisionLine => {
  const { inPeriod: _inPeriod, ...rest } = line;
  return rest;
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
