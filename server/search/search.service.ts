import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isPermitted } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { readCondition } from '../access/scope.js';
import { LAYERS } from '../contract/chain.js';
import type { SearchQuery, SearchResult } from '../contract/search.js';
import { named } from '../database/named.js';
import { type FoundRow, searchSql } from './search.queries.js';

/** Finds records of the chain by code or name; what the reader may not see is not there. */
@Injectable()
export class SearchService {
  constructor(private readonly source: DataSource) {}

  async find(who: Principal, { q, limit }: SearchQuery): Promise<SearchResult> {
    const readable = LAYERS.filter((type) => isPermitted(who, `records.read:${type}`)).map((type) => ({
      type,
      condition: readCondition(who, type),
    }));
    const { sql, values } = searchSql(readable, q, limit);
    // The text differs only by what the reader may see: all five types, or two of them by org unit.
    const rows = await named<FoundRow>(this.source, `search over ${readable.length} types`, sql, values);
    return { items: rows.map(({ type, code, name }) => ({ type, code, name })), total: rows[0]?.total ?? 0 };
  }
}
