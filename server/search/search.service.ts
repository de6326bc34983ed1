import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isPermitted, readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { readCondition } from '../access/scope.js';
import { FOUND_TYPES, type SearchQuery, type SearchResult } from '../contract/search.js';
import { metricsSeenBy } from '../core/metrics/catalogue.js';
import { named } from '../database/named.js';
import { type FoundRow, searchSql } from './search.queries.js';

/** Finds records and metrics by code or name; what the reader may not see is not there. */
@Injectable()
export class SearchService {
  constructor(private readonly source: DataSource) {}

  async find(who: Principal, { q, limit }: SearchQuery): Promise<SearchResult> {
    const readable = FOUND_TYPES.filter((type) => type !== 'metric')
      .filter((type) => isPermitted(who, `records.read:${type}`))
      .map((type) => ({ type, condition: readCondition(who, type) }));
    const { sql, values } = searchSql(readable, metricsSeenBy(readsOwnUnitsOnly(who)), q, limit);
    // The text differs only by what the reader may see: all types, or two of them by org unit.
    const rows = await named<FoundRow>(this.source, `search over ${readable.length} types`, sql, values);
    return { items: rows.map(({ type, code, name }) => ({ type, code, name })), total: rows[0]?.total ?? 0 };
  }
}
