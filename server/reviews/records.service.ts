import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { add } from '../contract/decimal.js';
import type { FrozenRecord, FrozenRecords, FrozenRecordsQuery } from '../contract/review-after.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import { forbidden, notFound } from '../http/problem.js';
import { FreezingService } from './freezing.service.js';
import { ReviewsService } from './reviews.service.js';
import { recordText } from './stored.queries.js';

/** Records behind the figures of a frozen review, as they were. */
@Injectable()
export class FrozenRecordsService {
  constructor(
    private readonly source: DataSource,
    private readonly reviews: ReviewsService,
    private readonly freezing: FreezingService,
  ) {}

  /**
   * One page of the records behind a figure.
   * @throws Problem 403 for a stakeholder, who reads the document alone, 404 where the review does not hold the figure, 409 for a draft, 422
   */
  async page(who: Principal, ref: string, { figure, limit, cursor }: FrozenRecordsQuery): Promise<FrozenRecords> {
    if (readsOwnUnitsOnly(who)) throw forbidden('Your role reads the review, and not the records behind it.');
    const row = await this.reviews.found(who, ref);
    const { document } = await this.freezing.document(row.id);
    const [kept, text] = [document.figures[figure], await recordText(this.source, row.id, figure)];
    if (!kept || text === null) throw notFound();
    const records = JSON.parse(text) as FrozenRecord[];
    const start = cursor === undefined ? 0 : readCursor(cursor, z.number().int().min(0));
    const items = records.slice(start, start + limit);
    const next = start + items.length;
    const amounts = records.map(({ amount }) => amount);
    return {
      title: kept.records.title,
      unit: kept.unit,
      items,
      total: {
        count: records.length,
        amount: amounts.includes(null) ? null : amounts.reduce<string>((sum, amount) => add(sum, amount!), '0'),
      },
      nextCursor: next < records.length && items.length > 0 ? writeCursor(next) : null,
    };
  }
}
